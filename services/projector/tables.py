"""The tables by which the views know how far they are in the log, and what waits."""

from __future__ import annotations

from services.store.database import Database
from services.views.tables import HANDED_OVER, LIVE, Tables

_OFFSETS = """CREATE TABLE IF NOT EXISTS projection_offsets (
    tables TEXT NOT NULL,
    partition INTEGER NOT NULL,
    next_offset BIGINT NOT NULL,
    epoch BIGINT NOT NULL,
    position BIGINT NOT NULL,
    generation INTEGER NOT NULL,
    PRIMARY KEY (tables, partition))"""
_STREAMS = """CREATE TABLE IF NOT EXISTS {streams} (
    stream BYTEA PRIMARY KEY,
    sequence INTEGER NOT NULL) {rewritten}"""
_PARKED = """CREATE TABLE IF NOT EXISTS parked_events (
    stream BYTEA NOT NULL,
    sequence INTEGER NOT NULL,
    partition INTEGER NOT NULL,
    log_offset BIGINT NOT NULL,
    position BIGINT NOT NULL,
    previous_position BIGINT NOT NULL,
    epoch BIGINT NOT NULL,
    type TEXT NOT NULL,
    body BYTEA NOT NULL,
    problem TEXT,
    parked_at TEXT NOT NULL,
    PRIMARY KEY (stream, sequence))"""
_DROPPED = """CREATE TABLE IF NOT EXISTS dropped_events (
    position BIGINT PRIMARY KEY,
    stream BYTEA NOT NULL,
    sequence INTEGER NOT NULL,
    body BYTEA NOT NULL,
    problem TEXT NOT NULL,
    reason TEXT NOT NULL,
    dropped_by TEXT NOT NULL,
    dropped_at TEXT NOT NULL)"""
_INCOMPLETE = """CREATE TABLE IF NOT EXISTS incomplete_accounts (
    stream BYTEA PRIMARY KEY,
    since TEXT NOT NULL)"""


def streams_table(tables: Tables) -> str:
    """Where it stands how many events of each stream these tables hold."""
    return f"projection_streams{tables.suffix}"


def hand_over(database: Database) -> None:
    """Have the views folded from the log from now on; inside `writing()`, under the record's lock.

    Views that were folded with the record are gone on with: what they hold is known.
    """
    LIVE.make(database)
    LIVE.index(database)
    if not database.has_table(streams_table(LIVE)):
        make_streams(database, LIVE)
    for statement in (_OFFSETS, _PARKED, _DROPPED, _INCOMPLETE):
        database.execute(statement)
    mark_handed_over(database)


def mark_handed_over(database: Database) -> None:
    """Keep whoever records from folding the views too; inside `writing()`."""
    database.execute(
        "UPDATE projection_position SET position = ? WHERE tables = ?", (HANDED_OVER, LIVE.suffix)
    )


def is_handed_over(database: Database) -> bool:
    """Whether the views are folded from the log."""
    found = LIVE.position(database)
    return found is not None and found[0] == HANDED_OVER


def make_streams(database: Database, tables: Tables) -> None:
    """Count how many events of each stream these tables hold; inside `writing()`."""
    streams = streams_table(tables)
    database.execute(_STREAMS.format(streams=streams, rewritten=database.rewritten))
    database.execute(
        f"INSERT INTO {streams} SELECT stream, max(sequence) FROM {tables('audit')} GROUP BY stream"
    )
