-- every statement commits by itself, and a process may be killed after each; so all of them can be run once more

-- what kind of store this is: format, and an id of its own
CREATE TABLE IF NOT EXISTS fleche_store (
  name VARCHAR(40) NOT NULL PRIMARY KEY,
  value VARCHAR(200) NOT NULL
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- call records: their stored form, in parts if it is long, and what ranges select by
CREATE TABLE IF NOT EXISTS fleche_call (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  call_key VARBINARY(32) NOT NULL UNIQUE,
  function_name VARCHAR(400) NOT NULL,
  started BIGINT NOT NULL,
  wall_nanos BIGINT NOT NULL,
  parts INTEGER NOT NULL,
  bytes MEDIUMBLOB NOT NULL,
  INDEX fleche_call_started (started, id),
  INDEX fleche_call_wall (wall_nanos, id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE IF NOT EXISTS fleche_call_part (
  owner_id BIGINT NOT NULL,
  part INTEGER NOT NULL,
  bytes MEDIUMBLOB NOT NULL,
  PRIMARY KEY (owner_id, part)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- function, version, result, arguments and tags of call records, each as 64 bits of a digest
CREATE TABLE IF NOT EXISTS fleche_term (
  term BIGINT NOT NULL,
  call_id BIGINT NOT NULL,
  PRIMARY KEY (term, call_id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- values: their stored encoding, in parts if it is long
CREATE TABLE IF NOT EXISTS fleche_value (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  address VARBINARY(32) NOT NULL UNIQUE,
  stored BIGINT NOT NULL,
  parts INTEGER NOT NULL,
  bytes MEDIUMBLOB NOT NULL
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE IF NOT EXISTS fleche_value_part (
  owner_id BIGINT NOT NULL,
  part INTEGER NOT NULL,
  bytes MEDIUMBLOB NOT NULL,
  PRIMARY KEY (owner_id, part)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- processes that prepare calls, by the server's clock in milliseconds, and the values that they need meanwhile
CREATE TABLE IF NOT EXISTS fleche_owner (
  owner VARCHAR(40) NOT NULL PRIMARY KEY,
  seen BIGINT NOT NULL
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
CREATE TABLE IF NOT EXISTS fleche_admission (
  owner VARCHAR(40) NOT NULL,
  number BIGINT NOT NULL,
  address VARBINARY(32) NOT NULL,
  call_key VARBINARY(32) NOT NULL,
  PRIMARY KEY (owner, number, address)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- locks on keys, where the sessions of connections cannot hold them; by the server's clock in microseconds
CREATE TABLE IF NOT EXISTS fleche_lease (
  call_key VARBINARY(32) NOT NULL PRIMARY KEY,
  owner VARCHAR(40) NOT NULL,
  token BIGINT NOT NULL,
  expires BIGINT NOT NULL
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

INSERT INTO fleche_store (name, value) VALUES ('format', '1') ON DUPLICATE KEY UPDATE value = value;
