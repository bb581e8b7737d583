"""The events that wait, and those given up, as they are kept in the database."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from domain.calendar.london import write_moment
from services.log.records import Logged
from services.projector.parking import Waiting
from services.store.database import Database

_COLUMNS = "partition, log_offset, position, previous_position, epoch, stream, sequence, type, body"


def waiting_streams(database: Database) -> set[bytes]:
    """Every account of which an event waits."""
    return {row[0] for row in database.query("SELECT DISTINCT stream FROM parked_events")}


def keep_waiting(database: Database, waiting: Sequence[Waiting], now: datetime) -> None:
    """Keep these events until they are retried, and mark the views of their accounts."""
    moment = write_moment(now)
    database.executemany(
        f"INSERT INTO parked_events ({_COLUMNS}, problem, parked_at) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [(*each.record, each.problem, moment) for each in waiting],
    )
    database.executemany(
        "INSERT INTO incomplete_accounts VALUES (?, ?) ON CONFLICT (stream) DO NOTHING",
        [(each.record.stream, moment) for each in waiting if each.problem],
    )


def waiting_events(database: Database, stream: bytes, after: int, most: int) -> list[Logged]:
    """The events of an account that wait, in order, from the one after that sequence."""
    rows = database.query(
        f"SELECT {_COLUMNS} FROM parked_events WHERE stream = ? AND sequence > ? "
        "ORDER BY sequence LIMIT ?",
        (stream, after, most),
    )
    return [Logged(*row) for row in rows]


def keep_problem(database: Database, waiting: Waiting) -> None:
    """Keep why an event can't be folded now."""
    record = waiting.record
    database.execute(
        "UPDATE parked_events SET problem = ? WHERE stream = ? AND sequence = ?",
        (waiting.problem, record.stream, record.sequence),
    )


def waits_no_more(database: Database, stream: bytes, up_to: int) -> None:
    """Take an account's events up to that sequence away; they are folded or given up."""
    database.execute(
        "DELETE FROM parked_events WHERE stream = ? AND sequence <= ?", (stream, up_to)
    )


def given_up(database: Database) -> set[int]:
    """The events that were given up, by position."""
    if not database.has_table("dropped_events"):
        return set()
    return {row[0] for row in database.query("SELECT position FROM dropped_events")}


def problems(database: Database, streams: Sequence[bytes]) -> dict[str, str]:
    """Of accounts that wait, by case or id: why."""
    found = {}
    for stream in streams:
        row = database.one(
            "SELECT coalesce(c.case_ref, ''), p.problem FROM parked_events p "
            "LEFT JOIN cases c USING (stream) WHERE p.stream = ? AND p.problem IS NOT NULL",
            (stream,),
        )
        if row:
            found[row[0] or str(UUID(bytes=stream))] = row[1]
    return found
