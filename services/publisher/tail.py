"""Where to go on: read from Kafka's own tail, and compared with what the register holds."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from services.log.counting import Place
from services.log.faults import TopicNotOurs
from services.log.partitions import partition_of
from services.log.reading import TopicReader
from services.log.records import Logged
from services.log.settings import LogSettings
from services.publisher.remembered import Progress
from services.store.database import Database

ROWS_AT_ONCE = 20_000


class Tail(NamedTuple):
    """How far each partition is filled, and the position up to which nothing is lacking."""

    places: dict[int, Place]
    complete: int


def read_tail(
    reader: TopicReader,
    progress: Progress,
    database: Database,
    settings: LogSettings,
    meanwhile: Callable[[], object],
) -> Tail:
    """The tail of each partition; raises TopicNotOurs where it is not of this register's events.

    `progress` spares reading what came before, wherever Kafka still holds the record it names.
    """
    known = _confirmed(reader, progress.places)
    reached = dict(known)
    last: dict[int, Logged] = {}
    for batch in reader.read(known):
        meanwhile()
        reached.update(batch.places)
        last.update((record.partition, record) for record in batch.records)
    _check_ours(last, reached, database, settings)
    kept = known == progress.places
    begin = progress.position if kept else min(each.position for each in _all(reached, reader))
    complete = _first_lacking(database, reached, reader.partitions, begin, meanwhile)
    return Tail(reached, complete)


def _confirmed(reader: TopicReader, places: Mapping[int, Place]) -> dict[int, Place]:
    """Those places of which Kafka still holds the last record."""
    ends = reader.ends().following
    there = {n: place for n, place in places.items() if 0 < place.next_offset <= ends.get(n, 0)}
    before = {n: place.next_offset - 1 for n, place in there.items()}
    until = {n: place.next_offset for n, place in there.items()}
    found: dict[int, Place] = {}
    for records in reader.raw(before, until):
        for record in records:
            place = there[record.partition]
            if (record.epoch, record.position) == (place.epoch, place.position):
                found[record.partition] = place
    return found


def _all(reached: Mapping[int, Place], reader: TopicReader) -> list[Place]:
    return [reached.get(n, Place()) for n in range(reader.partitions)]


def _check_ours(
    last: Mapping[int, Logged],
    reached: Mapping[int, Place],
    database: Database,
    settings: LogSettings,
) -> None:
    recorded = database.query("SELECT coalesce(max(position), 0) FROM events")[0][0]
    furthest = max((place.position for place in reached.values()), default=0)
    if furthest > recorded:
        raise TopicNotOurs(
            f"The {settings.where} holds events up to position {furthest}, and the register only "
            f"up to {recorded}: an older backup was put back, or it is another register's topic. "
            "Set another topic with CASEBOOK_TOPIC, and fill it with casebook publish --refill."
        )
    for record in last.values():
        row = database.one(
            "SELECT stream, sequence, body FROM events WHERE position = ?", (record.position,)
        )
        if row is None or tuple(row) != (record.stream, record.sequence, record.body):
            raise TopicNotOurs(
                f"The {settings.where} holds another event at position {record.position} than "
                "the register does. Set another topic with CASEBOOK_TOPIC, and fill it with "
                "casebook publish --refill."
            )


def _first_lacking(
    database: Database,
    reached: Mapping[int, Place],
    count: int,
    begin: int,
    meanwhile: Callable[[], object],
) -> int:
    """The position before the first event after `begin` that its partition lacks."""
    sql = "SELECT position, stream FROM events WHERE position > ? ORDER BY position LIMIT ?"
    filled = [reached.get(n, Place()).position for n in range(count)]
    while rows := database.query(sql, (begin, ROWS_AT_ONCE)):
        meanwhile()
        for position, stream in rows:
            if position > filled[partition_of(stream, count)]:
                return begin
            begin = position
    return begin
