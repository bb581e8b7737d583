-- The Merkle tree over the events, and what is signed of it, with the same meaning as in SQLite.
CREATE TABLE integrity_tiles (
    level integer NOT NULL,
    number bigint NOT NULL,
    hashes bytea NOT NULL,
    PRIMARY KEY (level, number)
);

-- One checkpoint of a size, for ever.
CREATE TABLE integrity_checkpoints (size bigint PRIMARY KEY, note text NOT NULL);

CREATE TABLE integrity_cosignatures (
    size bigint NOT NULL,
    line text NOT NULL,
    PRIMARY KEY (size, line)
);

-- A key signs what is larger than `after_size`; `hand_over` is the note that says so.
CREATE TABLE integrity_keys (
    number integer PRIMARY KEY,
    verifier text NOT NULL,
    after_size bigint NOT NULL,
    hand_over text
);
