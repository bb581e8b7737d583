"""The tables of a register, as numbered steps that only go forward."""

from __future__ import annotations

APPLICATION_ID = 0x43415345
"""Written in the file's header ("CASE"), so that a register is told from any other database."""

MIGRATIONS: tuple[tuple[str, ...], ...] = (
    (
        "CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
        # Positions have no gaps: they are given out under the write lock, as the last plus one.
        """CREATE TABLE events (
            position INTEGER PRIMARY KEY,
            stream BLOB NOT NULL,
            sequence INTEGER NOT NULL,
            type TEXT NOT NULL,
            body BLOB NOT NULL,
            UNIQUE (stream, sequence))""",
        # No WITHOUT ROWID: answers of over 1 kB would each spill into a page of their own.
        """CREATE TABLE commands (
            council TEXT NOT NULL,
            command_id TEXT NOT NULL,
            document_sha256 BLOB NOT NULL,
            answer BLOB NOT NULL,
            PRIMARY KEY (council, command_id))""",
        """CREATE TABLE cases (
            case_ref TEXT PRIMARY KEY,
            council TEXT NOT NULL,
            stream BLOB NOT NULL UNIQUE) WITHOUT ROWID""",
        """CREATE TABLE known_as (
            council TEXT NOT NULL,
            platform TEXT NOT NULL,
            kind TEXT NOT NULL CHECK (kind IN ('id', 'handle')),
            value TEXT NOT NULL,
            stream BLOB NOT NULL,
            case_ref TEXT NOT NULL,
            given_up INTEGER NOT NULL DEFAULT 0 CHECK (given_up IN (0, 1)),
            from_position INTEGER NOT NULL)""",
        """CREATE UNIQUE INDEX known_as_now ON known_as (council, platform, kind, value)
            WHERE given_up = 0""",
        """CREATE INDEX known_as_once ON known_as (council, platform, kind, value)
            WHERE given_up = 1""",
        "CREATE INDEX known_as_stream ON known_as (stream)",
        """CREATE TABLE other_streams (
            council TEXT NOT NULL,
            kind TEXT NOT NULL CHECK (kind IN ('staff', 'council')),
            name TEXT NOT NULL,
            stream BLOB NOT NULL UNIQUE,
            PRIMARY KEY (council, kind, name)) WITHOUT ROWID""",
        "CREATE TABLE policy_files (sha256 BLOB PRIMARY KEY, bytes BLOB NOT NULL)",
    ),
    (
        # 64 hashes a row, as `services.proof.tiles` reads them.
        """CREATE TABLE integrity_tiles (
            level INTEGER NOT NULL,
            number INTEGER NOT NULL,
            hashes BLOB NOT NULL,
            PRIMARY KEY (level, number))""",
        # One checkpoint of a size, for ever.
        """CREATE TABLE integrity_checkpoints (
            size INTEGER PRIMARY KEY,
            note TEXT NOT NULL)""",
        """CREATE TABLE integrity_cosignatures (
            size INTEGER NOT NULL,
            line TEXT NOT NULL,
            PRIMARY KEY (size, line))""",
        # A key signs what is larger than `after_size`; `hand_over` is the note that says so.
        """CREATE TABLE integrity_keys (
            number INTEGER PRIMARY KEY,
            verifier TEXT NOT NULL,
            after_size INTEGER NOT NULL,
            hand_over TEXT)""",
    ),
)

FORMAT = len(MIGRATIONS)
"""The format this code writes; a register of a higher one is refused."""
