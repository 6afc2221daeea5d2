-- what kind of store this is: format, and an id of its own
CREATE TABLE fleche_store (
  name TEXT NOT NULL PRIMARY KEY,
  value TEXT NOT NULL
) WITHOUT ROWID;

-- call records: their stored form, in parts if it is long, and what ranges select by
CREATE TABLE fleche_call (
  id INTEGER PRIMARY KEY,
  call_key BLOB NOT NULL UNIQUE,
  function_name TEXT NOT NULL,
  started BIGINT NOT NULL,
  wall_nanos BIGINT NOT NULL,
  parts INTEGER NOT NULL,
  bytes BLOB NOT NULL
);
CREATE INDEX fleche_call_started ON fleche_call (started);
CREATE INDEX fleche_call_wall ON fleche_call (wall_nanos);

CREATE TABLE fleche_call_part (
  owner_id BIGINT NOT NULL,
  part INTEGER NOT NULL,
  bytes BLOB NOT NULL,
  PRIMARY KEY (owner_id, part)
);

-- function, version, result, arguments and tags of call records, each as 64 bits of a digest
CREATE TABLE fleche_term (
  term BIGINT NOT NULL,
  call_id BIGINT NOT NULL,
  PRIMARY KEY (term, call_id)
) WITHOUT ROWID;

-- values: their stored encoding, in parts if it is long
CREATE TABLE fleche_value (
  id INTEGER PRIMARY KEY,
  address BLOB NOT NULL UNIQUE,
  stored BIGINT NOT NULL,
  parts INTEGER NOT NULL,
  bytes BLOB NOT NULL
);

CREATE TABLE fleche_value_part (
  owner_id BIGINT NOT NULL,
  part INTEGER NOT NULL,
  bytes BLOB NOT NULL,
  PRIMARY KEY (owner_id, part)
);

INSERT INTO fleche_store (name, value) VALUES ('format', '1');
