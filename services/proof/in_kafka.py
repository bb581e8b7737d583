"""The copy of the events that other systems read in Kafka, held against the store."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from itertools import islice
from typing import TYPE_CHECKING

import orjson

from services.log.counting import Place, Standing, judged
from services.log.partitions import partition_of
from services.log.reading import TopicReader
from services.log.records import Logged
from services.log.settings import LogSettings
from services.log.topic import Topic, find_topic
from services.proof.reconciling import MOST, Finding, case_of
from services.publisher.remembered import Remembered
from services.store.log import Stored

if TYPE_CHECKING:
    from services.assemble import Casework
    from services.store.database import Database

LATE_SECONDS = 10.0
ROWS_AT_ONCE = 20_000
LARGEST_POSITION = 2**63 - 1
REFILL = "Set another topic with CASEBOOK_TOPIC, and fill it with casebook publish --refill."
OTHERS_WRITE = f"Find out who else may write there. {REFILL}"
WHICH = f"Ask casebook verify whether the record is as it was signed. If it is: {REFILL}"

Tell = Callable[[int], object]


class KafkaCopy:
    """The topic that a register is published to, read once from its beginning to its present end.

    `tell` hears how many events were compared, `waiting` how many are not published yet. Memory
    holds a batch, and two bits for each event.
    """

    def __init__(self, settings: LogSettings, tell: Tell, waiting: Tell) -> None:
        self._settings = settings
        self._tell = tell
        self._waiting = waiting

    def findings(self, casework: Casework) -> Iterator[Finding]:
        """Where it differs from the store; raises LogAway and LogRefuses."""
        database, remembered = casework.database, Remembered(casework.database)
        # What is asked first is surely older than what is then found in Kafka.
        now, last = casework.clock(), casework.register.recorder.max_notification_id() or 0
        published, known = remembered.progress().position, remembered.topic_id()
        topic = find_topic(self._settings)
        if known and (topic is None or topic.id != known):
            what = "is gone" if topic is None else "was deleted and made again, or is another"
            yield _finding(f"the topic this register publishes to {what}", self._where, REFILL)
            return
        comparing = _Comparing(database, last, topic.partitions if topic else 1)
        if topic:
            yield from self._at_most(self._read(comparing, topic))
        yield from self._at_most(comparing.lacking(published))
        if comparing.waiting:
            self._waiting(comparing.waiting)
            yield from comparing.late(now)

    @property
    def _where(self) -> str:
        return self._settings.where

    def _read(self, comparing: _Comparing, topic: Topic) -> Iterator[Finding]:
        strange: list[tuple[int, int]] = []

        def found_strange(partition: int, offset: int) -> None:
            if len(strange) <= MOST:
                strange.append((partition, offset))

        with TopicReader(self._settings, topic.partitions, found_strange) as reader:
            ends = reader.ends()
            for records in reader.raw(ends.first, ends.following):
                yield from comparing.compare(records)
                self._tell(comparing.compared)
        for partition, offset in strange:
            what = "a record is in Kafka that Casebook did not write"
            yield _finding(what, f"partition {partition}, offset {offset}", OTHERS_WRITE)

    def _at_most(self, findings: Iterator[Finding]) -> Iterator[Finding]:
        """The first of them; the rest are gone through and counted."""
        yield from islice(findings, MOST)
        if more := sum(1 for _ in findings):
            yield _finding(f"{more} more differ", self._where, REFILL)


class _Comparing:
    """What was found so far; events up to position `last` are looked for in the topic."""

    def __init__(self, database: Database, last: int, partitions: int) -> None:
        self.compared = 0
        self.waiting = 0
        self._first_waiting = 0
        self._database = database
        self._last = last
        self._partitions = partitions
        self._places: dict[int, Place] = {}
        self._there, self._counts = bytearray(last // 8 + 1), bytearray(last // 8 + 1)

    def compare(self, records: Sequence[Logged]) -> Iterator[Finding]:
        """Hold each record against the stored event of its position, whether it counts or not."""
        stored = self._stored({record.position for record in records})
        for record in records:
            place = self._places.get(record.partition, Place())
            standing, self._places[record.partition] = judged(place, record)
            counts = standing is Standing.COUNTS
            event = stored.get(record.position)
            if event is None:
                where = f"{_of(self._database, record.position, record.stream)}, {_place(record)}"
                yield _finding("an event is in Kafka that the store lacks", where, OTHERS_WRITE)
                continue
            if differing := self._differing(record, event):
                what = f"{differing} in Kafka than in the store"
                if not counts:
                    what = f"an event is in Kafka once more, with {differing} than in the store"
                where = f"{_of(self._database, event.position, event.stream)}, {_place(record)}"
                yield _finding(what, where, WHICH if counts else OTHERS_WRITE)
            self._mark(record, counts)

    def lacking(self, published: int) -> Iterator[Finding]:
        """The events that no reader finds, though later ones of the partition are published."""
        sql = (
            "SELECT position, stream FROM events WHERE position > ? AND position <= ? "
            "ORDER BY position LIMIT ?"
        )
        after = 0
        while rows := self._database.query(sql, (after, self._last, ROWS_AT_ONCE)):
            after = rows[-1][0]
            for position, stream in rows:
                if _is_marked(self._counts, position):
                    continue
                partition = partition_of(bytes(stream), self._partitions)
                if position > max(published, self._places.get(partition, Place()).position):
                    self.waiting += 1
                    self._first_waiting = self._first_waiting or position
                    continue
                what = "an event is missing in Kafka"
                if _is_marked(self._there, position):
                    what = "an event in Kafka is passed over by readers: what is before it is wrong"
                yield _finding(what, _of(self._database, position, bytes(stream)), REFILL)

    def late(self, now: datetime) -> Iterator[Finding]:
        """That what waits to be published has waited for too long."""
        [(stream, body)] = self._database.query(
            "SELECT stream, body FROM events WHERE position = ?", (self._first_waiting,)
        )
        recorded = datetime.fromisoformat(orjson.loads(body)["recorded_at"])
        age = (now - recorded).total_seconds()
        if age > LATE_SECONDS:
            what = f"{self.waiting} events are not in Kafka yet, the first for {age:.0f} s"
            where = _of(self._database, self._first_waiting, bytes(stream))
            yield _finding(what, where, "See that casebook publish runs, and what it says.")

    def _stored(self, positions: set[int]) -> dict[int, Stored]:
        asked = tuple(each for each in positions if 0 < each <= LARGEST_POSITION)
        if not asked:
            return {}
        rows = self._database.query(
            "SELECT position, stream, sequence, type, body FROM events "
            f"WHERE position IN ({', '.join('?' * len(asked))})",
            asked,
        )
        return {row[0]: Stored(*row) for row in rows}

    def _differing(self, record: Logged, event: Stored) -> str:
        """In words, what of a record is other than it was stored; empty where nothing is."""
        belongs = partition_of(event.stream, self._partitions)
        pairs = {
            "another key": record.stream == event.stream,
            "another sequence": record.sequence == event.sequence,
            "another type": record.type == event.type,
            "other bytes": record.body == event.body,
            f"a partition other than {belongs}": record.partition == belongs,
        }
        return ", ".join(what for what, same in pairs.items() if not same)

    def _mark(self, record: Logged, counts: bool) -> None:
        position = record.position
        if position > self._last:
            return  # recorded after we began
        if not _is_marked(self._there, position):
            self.compared += 1
            self._there[position // 8] |= 1 << position % 8
        if counts:
            self._counts[position // 8] |= 1 << position % 8


def _is_marked(marks: bytearray, position: int) -> bool:
    return bool(marks[position // 8] >> position % 8 & 1)


def _of(database: Database, position: int, stream: bytes) -> str:
    return f"position {position}, {case_of(database, stream)}"


def _place(record: Logged) -> str:
    return f"partition {record.partition}, offset {record.offset}"


def _finding(what: str, where: str, do: str) -> Finding:
    return {"finding": what, "where": where, "do": do}
