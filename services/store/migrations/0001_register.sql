-- The tables of a register, with the same meaning as in SQLite.
CREATE TABLE meta (key text PRIMARY KEY, value text NOT NULL);

-- Positions have no gaps: they are given out under the register's lock, as the last plus one.
-- The body's bytes are the published bytes.
CREATE TABLE events (
    position bigint PRIMARY KEY,
    stream bytea NOT NULL,
    sequence integer NOT NULL,
    type text NOT NULL,
    body bytea NOT NULL,
    partition smallint,
    UNIQUE (stream, sequence)
);
ALTER TABLE events ALTER COLUMN body SET STORAGE EXTERNAL;

CREATE TABLE commands (
    council text NOT NULL,
    command_id text NOT NULL,
    document_sha256 bytea NOT NULL,
    answer bytea NOT NULL,
    PRIMARY KEY (council, command_id)
);

CREATE TABLE cases (
    case_ref text PRIMARY KEY,
    council text NOT NULL,
    stream bytea NOT NULL UNIQUE
);

CREATE TABLE known_as (
    council text NOT NULL,
    platform text NOT NULL,
    kind text NOT NULL CHECK (kind IN ('id', 'handle')),
    value text NOT NULL,
    stream bytea NOT NULL,
    case_ref text NOT NULL,
    given_up integer NOT NULL DEFAULT 0 CHECK (given_up IN (0, 1)),
    from_position bigint NOT NULL
);
CREATE UNIQUE INDEX known_as_now ON known_as (council, platform, kind, value) WHERE given_up = 0;
CREATE INDEX known_as_once ON known_as (council, platform, kind, value) WHERE given_up = 1;
CREATE INDEX known_as_stream ON known_as (stream);

CREATE TABLE other_streams (
    council text NOT NULL,
    kind text NOT NULL CHECK (kind IN ('staff', 'council')),
    name text NOT NULL,
    stream bytea NOT NULL UNIQUE,
    PRIMARY KEY (council, kind, name)
);

CREATE TABLE policy_files (sha256 bytea PRIMARY KEY, bytes bytea NOT NULL);
