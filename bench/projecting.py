"""How fast the topic becomes views in PostgreSQL, against doing it in the simplest way."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import psycopg

from bench.rounds import Measure, in_turn
from bench.servers import Servers, filled
from projections import PROJECTIONS, Projection
from services import clock
from services.log import kafka
from services.log.counting import those_that_count
from services.log.reading import TopicReader
from services.log.records import Logged
from services.log.settings import LogSettings
from services.projector.arriving import FOLDED
from services.projector.committing import Committing
from services.projector.projecting import Projecting
from services.projector.rebuilding import LogRebuilding
from services.store.postgres import PostgresDatabase

LIVE_BATCH = 500
"""What 20 ms bring at some 25,000 events a second."""


def projecting(
    at: Servers, rounds: int, register: Path, live: int, one_by_one: int
) -> Iterator[Measure]:
    """Each measure of a projector that needs the topic of a register filled."""
    with filled(at, register) as (topic, there):
        yield in_turn(
            "the appeals view alone from Kafka / a bare kafka-python consumer",
            "events a second",
            rounds,
            lambda: _rebuilt(at, topic, there, _only("appeals")),
            lambda: _consumed(topic, there),
            at_least=0.5,
        )
        yield in_turn(
            "all views rebuilt from Kafka / a bare kafka-python consumer",
            "events a second",
            rounds,
            lambda: _rebuilt(at, topic, there, PROJECTIONS),
            lambda: _consumed(topic, there),
            at_least=0.35,
        )
        records = _records(topic, live)
        yield in_turn(
            "live, what 20 ms bring in a transaction / two statements and a commit an event",
            "events a second",
            rounds,
            lambda: _live(at, records),
            lambda: _singly(at, records[:one_by_one]),
            at_least=15,
        )


def memory(at: Servers, long: Path, middling: Path) -> Measure:
    """The most memory that a projector takes for ten times the events."""
    peaks, counts = [], []
    for register in (long, middling):
        with filled(at, register) as (topic, there):
            counts.append(there)
            peaks.append(_peak(at.register(), topic))
    return Measure(
        f"memory of a projector of {counts[0]:,} events / of {counts[1]:,}",
        "MB",
        peaks[0],
        peaks[1],
        peaks[0] / peaks[1],
        at_most=1.2,
    )


def _consumed(topic: LogSettings, events: int) -> float:
    """A bare consumer, told where to begin, that looks at nothing."""
    consumer = kafka.consumer(topic)
    places = [kafka.TopicPartition(topic.topic, each) for each in range(topic.partitions)]
    began = time.perf_counter()
    consumer.assign(places)
    for place in places:
        consumer.seek(place, 0)
    left = events
    while left:
        found = consumer.poll(timeout_ms=500, max_records=10_000)
        left -= sum(map(len, found.values()))
    taken = time.perf_counter() - began
    consumer.close(autocommit=False)
    return events / taken


def _rebuilt(
    at: Servers, topic: LogSettings, events: int, projections: Sequence[Projection]
) -> float:
    views = PostgresDatabase.open_views(at.register())
    whole = len(projections) == len(PROJECTIONS)
    began = time.perf_counter()
    with TopicReader(topic, topic.partitions) as reader:
        if whole:
            made = LogRebuilding(views, reader, "topic", clock.now, of_the_topic=True).rebuild()
        else:
            alone = Projecting(views, clock.now, projections=projections, with_audit=False)
            alone.start(range(topic.partitions))
            made = 0
            with Committing(views.beside(), clock.now) as committing:
                for read in reader.read({}):
                    folded = alone.folded(*read)
                    committing.hand_over(folded)
                    made += folded.counted[FOLDED]
                committing.settle()
    taken = time.perf_counter() - began
    views.close()
    if made != events:
        raise RuntimeError(f"{made} events of {events} reached the views")
    return events / taken


def _live(at: Servers, records: list[Logged]) -> float:
    views = PostgresDatabase.open_views(at.register())
    projecting = Projecting(views, clock.now)
    projecting.start({record.partition for record in records})
    began = time.perf_counter()
    with Committing(views.beside(), clock.now) as committing:
        for start in range(0, len(records), LIVE_BATCH):
            batch, after = records[start : start + LIVE_BATCH], dict(projecting.places)
            committing.hand_over(projecting.folded(those_that_count(batch, after), after))
        committing.settle()
    taken = time.perf_counter() - began
    views.close()
    return len(records) / taken


def _singly(at: Servers, records: list[Logged]) -> float:
    """The row of the event and the offset, and a commit, for one event after another."""
    with psycopg.connect(at.register(), autocommit=True) as connection:
        connection.execute("CREATE TABLE simple (stream bytea PRIMARY KEY, body bytea NOT NULL)")
        connection.execute("CREATE TABLE place (partition int PRIMARY KEY, next bigint NOT NULL)")
        began = time.perf_counter()
        for record in records:
            with connection.transaction():
                connection.execute(
                    "INSERT INTO simple VALUES (%s, %s) "
                    "ON CONFLICT (stream) DO UPDATE SET body = excluded.body",
                    (record.stream, record.body),
                )
                connection.execute(
                    "INSERT INTO place VALUES (%s, %s) "
                    "ON CONFLICT (partition) DO UPDATE SET next = excluded.next",
                    (record.partition, record.offset + 1),
                )
        return len(records) / (time.perf_counter() - began)


def _records(topic: LogSettings, most: int) -> list[Logged]:
    """The first records of each partition, taken in turn, as they would come in live."""
    with TopicReader(topic, topic.partitions) as reader:
        ends = reader.ends().following
        share = {n: min(end, most // topic.partitions) for n, end in ends.items()}
        found = [each for read in reader.raw(dict.fromkeys(ends, 0), share) for each in read]
    return sorted(found, key=lambda record: record.position)


def _only(name: str) -> tuple[Projection, ...]:
    return tuple(projection for projection in PROJECTIONS if projection.name == name)


def _peak(address: str, topic: LogSettings) -> float:
    words = [sys.executable, "-m", "bench.projector_memory", address, topic.address, topic.topic]
    done = subprocess.run(words, capture_output=True, text=True, check=True)
    return float(done.stdout)
