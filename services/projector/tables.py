"""The tables by which the views know how far they are in the log, and what waits."""

from __future__ import annotations

from services.store.database import Database
from services.views.tables import LIVE, Tables

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
    sequence INTEGER NOT NULL)"""
_PARKED = """CREATE TABLE IF NOT EXISTS parked_events (
    stream BYTEA NOT NULL,
    sequence INTEGER NOT NULL,
    position BIGINT NOT NULL,
    partition INTEGER NOT NULL,
    log_offset BIGINT NOT NULL,
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


def make_tables(database: Database, tables: Tables = LIVE) -> None:
    """Make the views and what goes with them, where they don't exist; inside `writing()`.

    Views that were filled from the store before are gone on with: what they hold is known.
    """
    tables.make(database)
    tables.index(database)
    if not database.has_table(streams_table(tables)):
        make_streams(database, tables)
    for statement in (_OFFSETS, _PARKED, _DROPPED, _INCOMPLETE):
        database.execute(statement)


def make_streams(database: Database, tables: Tables) -> None:
    """Count how many events of each stream these tables hold; inside `writing()`."""
    streams = streams_table(tables)
    database.execute(_STREAMS.format(streams=streams))
    database.execute(
        f"INSERT INTO {streams} SELECT stream, max(sequence) FROM {tables('audit')} GROUP BY stream"
    )
