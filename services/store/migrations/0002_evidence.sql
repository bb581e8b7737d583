-- Evidence in pieces of 1 MB, so that no machine needs the whole of a file in memory. A file is
-- kept when its row in `evidence` is there: that is written after its last piece, and neither is
-- ever changed.
CREATE TABLE evidence (
    stream bytea NOT NULL,
    sha256 bytea NOT NULL,
    size bigint NOT NULL,
    upload uuid NOT NULL,
    PRIMARY KEY (stream, sha256)
);
CREATE TABLE evidence_pieces (
    upload uuid NOT NULL,
    number integer NOT NULL,
    bytes bytea NOT NULL,
    PRIMARY KEY (upload, number)
);
ALTER TABLE evidence_pieces ALTER COLUMN bytes SET STORAGE EXTERNAL;
