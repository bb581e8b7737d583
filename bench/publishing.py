"""How fast a register goes on to Kafka, against a producer that is handed finished records."""

from __future__ import annotations

import io
import subprocess
import sys
import time
from pathlib import Path
from threading import Event

from bench.rounds import Measure, in_turn
from bench.servers import Servers
from services import clock
from services.health.journal import Journal
from services.log import kafka
from services.log.partitions import partition_of
from services.log.records import Outgoing, outgoing
from services.log.settings import LogSettings
from services.log.topic import make_topic
from services.publisher.service import Publisher
from services.publisher.told import Telling
from services.store.log import Log, Stored
from services.store.mapper import EventMapper
from services.store.opening import open_database

AT_ONCE = 20_000


def publishing(at: Servers, rounds: int, register: Path) -> Measure:
    """From the start of the publisher to its end, everything answered; a new topic each time."""
    records = _records(register, at.topic().partitions)
    return in_turn(
        f"{len(records):,} events published / a bare kafka-python producer, the same records",
        "events a second",
        rounds,
        lambda: _published(register, at.topic(), len(records)),
        lambda: _produced(at.topic(), records),
        at_least=0.8,
    )


def memory(at: Servers, long: Path, middling: Path) -> Measure:
    """The most memory that a publisher takes, from PostgreSQL, for ten times the events."""
    (events, ours), (fewer, against) = (_peak(at, register) for register in (long, middling))
    return Measure(
        f"memory of a publisher of {events:,} events / of {fewer:,}",
        "MB",
        ours,
        against,
        ours / against,
        at_most=1.2,
    )


def _peak(at: Servers, register: Path) -> tuple[int, float]:
    """How many events were published in a process of its own, and the MB that it took."""
    address, topic = at.register(), at.topic()
    _moved(register, address)
    words = [sys.executable, "-m", "bench.publisher_memory", address, topic.address, topic.topic]
    done = subprocess.run(words, capture_output=True, text=True, check=True)
    events, most = done.stdout.split()
    return int(float(events)), float(most)


def _moved(register: Path, address: str) -> None:
    """Write the events of a register in a folder into another, as they are."""
    source, target = open_database(register), open_database(address)
    log, after = Log(source, EventMapper()), 0
    try:
        with target.writing():
            while events := log.stored(after=after, size=AT_ONCE):
                target.append("events", Stored._fields, events)
                after = events[-1].position
    finally:
        source.close()
        target.close()


def _published(register: Path, topic: LogSettings, events: int) -> float:
    make_topic(topic)
    telling = Telling(Journal("publisher", clock.now, io.StringIO()), clock.now)
    publisher = Publisher(register, topic, telling, Event())
    start = time.perf_counter()
    publisher.run(once=True, refill=True)
    taken = time.perf_counter() - start
    if telling.gauges.value("casebook_published_position") != events:
        raise RuntimeError("not every event was published")
    return events / taken


def _produced(topic: LogSettings, records: list[Outgoing]) -> float:
    """As it comes, with the publisher's settings: it finds each key's partition by itself."""
    make_topic(topic)
    start = time.perf_counter()
    producer = kafka.producer(topic)
    futures = [producer.send(topic.topic, each.value, each.key, each.headers) for each in records]
    producer.flush()
    failed = [future.exception for future in futures if future.exception]
    taken = time.perf_counter() - start
    producer.close()
    if failed:
        raise RuntimeError(f"{len(failed)} records were not taken: {failed[0]}")
    return len(records) / taken


def _records(register: Path, partitions: int) -> list[Outgoing]:
    database = open_database(register)
    try:
        last: dict[int, int] = {}
        found = []
        for event in Log(database, EventMapper()).stored(after=0, size=10_000_000):
            partition = partition_of(event.stream, partitions)
            found.append(outgoing(event, partition, last.get(partition, 0), 1))
            last[partition] = event.position
    finally:
        database.close()
    return found
