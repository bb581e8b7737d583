"""Registers of notes, publishers of them, and what the topic holds then."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from uuid import UUID

import schemas
from services import clock
from services.health.journal import Journal
from services.log.counting import Place, those_that_count
from services.log.reading import TopicReader
from services.log.records import Logged
from services.log.settings import LogSettings
from services.publisher.service import Publisher
from services.publisher.told import Telling
from services.store.database import Database
from services.store.log import Log, Stored
from services.store.mapper import EventMapper
from services.store.opening import create_database, open_database
from tests.store.notes import note

ROOT = Path(__file__).parents[2]
PARTITIONS = 4
PATIENCE = 180.0
"""As long as a very busy machine may take; on a quiet one nothing here takes ten seconds."""
_INSERT = "INSERT INTO events (position, stream, sequence, type, body) VALUES (?, ?, ?, ?, ?)"
PROGRAM = """
import sys
from services.log.settings import LogSettings
from services import clock
from services.health.journal import Journal
from services.health.stopping import stop_asked
from services.publisher.service import Publisher
from services.publisher.told import Telling
from pathlib import Path

where, kafka, topic, partitions, standstill = sys.argv[1:]
where = where if "://" in where else Path(where)
settings = LogSettings(kafka, topic, int(partitions))
with stop_asked() as stop:
    telling = Telling(Journal("publisher", clock.now), clock.now)
    Publisher(where, settings, telling, stop, standstill=float(standstill)).run()
"""


def settings_of(kafka: str, topic: str, partitions: int = PARTITIONS) -> LogSettings:
    return LogSettings(kafka, topic, partitions)


def new_pads(where: Path | str, count: int = 0, pads: int = 20) -> Path | str:
    """A register with so many notes, on so many accounts in turn."""
    with_database(where, count, pads)
    return where


def with_database(where: Path | str, count: int, pads: int = 20, text: str = "seen") -> None:
    """Write more notes into a register, in one transaction."""
    database = create_database(where)
    write_notes(database, count, pads, text)
    database.close()


def write_notes(database: Database, count: int, pads: int = 20, text: str = "seen") -> None:
    with database.writing():
        [(last,)] = database.query("SELECT coalesce(max(position), 0) FROM events")
        rows = database.query("SELECT stream, max(sequence) FROM events GROUP BY stream")
        reached = dict(rows)
        new = []
        for position in range(last + 1, last + count + 1):
            stream = UUID(int=1 + position % pads)
            sequence = reached.get(stream.bytes, 0) + 1
            reached[stream.bytes] = sequence
            body = schemas.canonical(note(stream, sequence, f"{text} {position}").body)
            new.append((position, stream.bytes, sequence, "NoteAdded", body))
        database.executemany(_INSERT, new)


def stored(where: Path | str) -> list[Stored]:
    database = open_database(where)
    try:
        return Log(database, EventMapper()).stored(after=0, size=10_000_000)
    finally:
        database.close()


def publish(where: Path | str, settings: LogSettings, *, refill: bool = False) -> list[dict]:
    """Publish all that is there, in this process; what the publisher told."""
    out = io.StringIO()
    telling = Telling(Journal("publisher", clock.now, out), clock.now)
    try:
        Publisher(where, settings, telling, Event()).run(once=True, refill=refill)
    finally:
        told = [json.loads(line) for line in out.getvalue().splitlines()]
    return told


def raw(settings: LogSettings) -> list[Logged]:
    """Every record of the topic, those too that count for nobody."""
    with TopicReader(settings, settings.partitions) as reader:
        start = dict.fromkeys(range(settings.partitions), 0)
        return [each for batch in reader.raw(start, reader.ends().following) for each in batch]


def counting(settings: LogSettings) -> list[Logged]:
    """What counts in the topic, by position."""
    places: dict[int, Place] = {}
    return sorted(those_that_count(raw(settings), places), key=lambda record: record.position)


def check_all_is_there(where: Path | str, settings: LogSettings) -> list[Logged]:
    """Each stored event counts once, in order, with its own bytes; whatever way one reads."""
    records = raw(settings)
    found = sorted(those_that_count(records, {}), key=lambda record: record.position)
    there = [(each.position, each.stream, each.sequence, each.type, each.body) for each in found]
    assert there == [tuple(each) for each in stored(where)]
    # A reader that knows nothing of epochs, and takes of each account the next number only.
    taken: dict[bytes, int] = {}
    for record in records:
        if record.sequence == taken.get(record.stream, 0) + 1:
            taken[record.stream] = record.sequence
    assert sum(taken.values()) == len(there)
    return records


@contextmanager
def publisher(
    where: Path | str, settings: LogSettings, folder: Path, standstill: float = 30.0
) -> Iterator[Running]:
    """A publisher in a process of its own."""
    running = Running(where, settings, folder, standstill)
    try:
        yield running
    finally:
        running.process.kill()
        running.process.wait()
        running.file.close()


class Running:
    """A publisher's process and what it told."""

    number = 0

    def __init__(
        self, where: Path | str, settings: LogSettings, folder: Path, standstill: float
    ) -> None:
        Running.number += 1
        self.journal = folder / f"publisher-{Running.number}.jsonl"
        self.file = self.journal.open("w")
        given = (where, settings.address, settings.topic, settings.partitions, standstill)
        self.process = subprocess.Popen(
            [sys.executable, "-c", PROGRAM, *map(str, given)], stderr=self.file, cwd=ROOT
        )

    @property
    def told(self) -> list[dict]:
        lines = self.journal.read_text().splitlines()
        return [json.loads(line) for line in lines if line.startswith("{") and line.endswith("}")]

    def wait_for(self, event: str, seconds: float = PATIENCE, **facts: object) -> dict:
        """The first line about `event` with those facts; fails when it does not come."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            for line in self.told:
                if line["event"] == event and facts.items() <= line.items():
                    return line
            time.sleep(0.02)
        raise AssertionError(f"no {event} {facts} within {seconds} s: {self.journal.read_text()}")

    def wait_until_at(self, position: int, seconds: float = PATIENCE) -> None:
        """Return when Kafka has everything up to a position."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            reached = [line.get("position", line.get("after", 0)) for line in self.told]
            if reached and max(reached) >= position:
                return
            time.sleep(0.02)
        raise AssertionError(f"{position} not reached in {seconds} s: {self.journal.read_text()}")


def who_is_active(first: Running, second: Running) -> tuple[Running, Running]:
    """Of two publishers the one whose turn it is, and the other."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        for one, other in ((first, second), (second, first)):
            if any(line["event"] == "publishing" for line in one.told):
                return one, other
        time.sleep(0.05)
    raise AssertionError("neither publishes")
