-- what kind of store this is: format, and an id of its own
CREATE TABLE fleche_store (
  name VARCHAR(40) NOT NULL PRIMARY KEY,
  value VARCHAR(200) NOT NULL
);

-- call records: their stored form, in parts if it is long, and what ranges select by
CREATE TABLE fleche_call (
  id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  call_key BYTEA NOT NULL UNIQUE,
  function_name TEXT NOT NULL,
  started BIGINT NOT NULL,
  wall_nanos BIGINT NOT NULL,
  parts INTEGER NOT NULL,
  bytes BYTEA NOT NULL
);
CREATE INDEX fleche_call_started ON fleche_call (started, id);
CREATE INDEX fleche_call_wall ON fleche_call (wall_nanos, id);

CREATE TABLE fleche_call_part (
  owner_id BIGINT NOT NULL,
  part INTEGER NOT NULL,
  bytes BYTEA NOT NULL,
  PRIMARY KEY (owner_id, part)
);

-- function, version, result, arguments and tags of call records, each as 64 bits of a digest
CREATE TABLE fleche_term (
  term BIGINT NOT NULL,
  call_id BIGINT NOT NULL,
  PRIMARY KEY (term, call_id)
);

-- values: their stored encoding, in parts if it is long
CREATE TABLE fleche_value (
  id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  address BYTEA NOT NULL UNIQUE,
  stored BIGINT NOT NULL,
  parts INTEGER NOT NULL,
  bytes BYTEA NOT NULL
);

CREATE TABLE fleche_value_part (
  owner_id BIGINT NOT NULL,
  part INTEGER NOT NULL,
  bytes BYTEA NOT NULL,
  PRIMARY KEY (owner_id, part)
);

-- processes that prepare calls, by the server's clock in milliseconds, and the values that they need meanwhile
CREATE TABLE fleche_owner (
  owner VARCHAR(40) NOT NULL PRIMARY KEY,
  seen BIGINT NOT NULL
);
CREATE TABLE fleche_admission (
  owner VARCHAR(40) NOT NULL,
  number BIGINT NOT NULL,
  address BYTEA NOT NULL,
  call_key BYTEA NOT NULL,
  PRIMARY KEY (owner, number, address)
);

-- locks on keys, where the sessions of connections cannot hold them; by the server's clock in microseconds
CREATE TABLE fleche_lease (
  call_key BYTEA NOT NULL PRIMARY KEY,
  owner VARCHAR(40) NOT NULL,
  token BIGINT NOT NULL,
  expires BIGINT NOT NULL
);

INSERT INTO fleche_store (name, value) VALUES ('format', '1');
