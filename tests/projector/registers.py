"""A register on PostgreSQL, its record as it comes out of the log, and views to compare with."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from projections import PROJECTIONS
from services.log.counting import Place, those_that_count
from services.log.partitions import partition_of
from services.log.records import Logged
from services.projector.projecting import Projecting
from services.projector.tables import hand_over
from services.store.database import Database
from services.store.log import Log
from services.store.mapper import EventMapper
from services.store.opening import open_database
from services.views.projector import Projector

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
PARTITIONS = 3
NAMES = (*(projection.name for projection in PROJECTIONS), "audit", "irregular")


def handed_over(address: str) -> None:
    """Have its views folded from the log."""
    database = open_database(address)
    with database.writing():
        hand_over(database)
    database.close()


def logged(database: Database) -> list[Logged]:
    """The whole record as it comes out of the log: accounts spread over the partitions."""
    rows = database.query(
        "SELECT position, stream, sequence, type, body FROM events ORDER BY position"
    )
    ends = dict.fromkeys(range(PARTITIONS), (0, 0))
    found = []
    for position, stream, sequence, type, body in rows:
        partition = partition_of(stream, PARTITIONS)
        offset, previous = ends[partition]
        found.append(Logged(partition, offset, position, previous, 1, stream, sequence, type, body))
        ends[partition] = (offset + 1, position)
    return found


def after(records: list[Logged], before: Mapping[int, Place]) -> dict[int, Place]:
    """Where the views stand once these are in them."""
    moved = dict(before)
    those_that_count(records, moved)
    return {each: moved[each] for each in {record.partition for record in records}}


def project(projecting: Projecting, records: list[Logged], size: int = 100) -> None:
    """Fold all of it, batch by batch, from where the views stand."""
    places = dict(projecting.start(range(PARTITIONS)))
    todo = [each for each in records if each.offset >= places[each.partition].next_offset]
    for start in range(0, len(todo), size):
        batch = todo[start : start + size]
        moved = after(batch, places)
        projecting.fold(batch, moved)
        places |= moved


def rows(database: Database) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every view."""
    return {name: sorted(database.query(f"SELECT * FROM view_{name}")) for name in NAMES}


def folded_embedded(record: Database, embedded: Database) -> dict[str, list[tuple[object, ...]]]:
    """The rows of the views that an embedded register has of the same record."""
    Projector(embedded).catch_up(Log(record, EventMapper()))
    return rows(embedded)
