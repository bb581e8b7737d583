"""How soon a command is seen in the views; the bare way: commit, produce, consume, commit."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from statistics import median, quantiles
from threading import Event, Thread
from typing import NamedTuple
from uuid import uuid4

import psycopg

from bench.bare_consumer import TABLES, prepared
from bench.casework import commands
from bench.registers import fitting_council, new_register
from bench.rounds import Measure
from bench.servers import Servers
from services.log import kafka
from services.log.settings import LogSettings
from services.log.topic import make_topic

A_SECOND = 200
PATIENCE = 60.0
CASEBOOK = [sys.executable, "-c", "from services.cli.main import main; main()"]
Sent = Callable[[int], bytes | None]
"""Does the one of that number; by what it will be found, or None where nothing is to be seen."""

Seen = Callable[[list[bytes]], set[bytes]]
"""Which of these are there, and maybe others."""
STREAM = 16


class Waits(NamedTuple):
    """How long it took until each was seen, in milliseconds."""

    median: float
    p99: float


def visible(at: Servers, rounds: int, number: int) -> Iterator[Measure]:
    """At 200 commands a second, the median and the slowest of a hundred."""
    pairs = []
    for each in range(rounds):
        ways = [_ours, _bare] if each % 2 == 0 else [_bare, _ours]
        found = {way: way(at, number) for way in ways}
        pairs.append((found[_ours], found[_bare]))
    for place, name in enumerate(("median", "p99")):
        ratio = median(ours[place] / bare[place] for ours, bare in pairs)
        yield Measure(
            f"from command to view, {A_SECOND} a second, {name} / commit, produce, consume, commit",
            "ms",
            median(ours[place] for ours, _ in pairs),
            median(bare[place] for _, bare in pairs),
            ratio,
            at_most=3,
            rounds=rounds,
        )


def _ours(at: Servers, number: int) -> Waits:
    """Casework here, a publisher and a projector each in a process of its own."""
    address, topic, council = at.register(), at.topic(), fitting_council()
    make_topic(topic)
    with (
        new_register(address, council) as casework,
        _process([*CASEBOOK, "publish"], address, topic),
        _process([*CASEBOOK, "project"], address, topic),
        psycopg.connect(address, autocommit=True) as views,
    ):
        todo = commands(council, number // 5)[:number]

        def send(each: int) -> bytes | None:
            answer = casework.handle(todo[each])
            if not answer["events"]:
                return None
            case = casework.lookups.by_case(answer["case"])
            return b"%b%d" % (case.stream.bytes, answer["version"]) if case else None

        def seen(wanted: list[bytes]) -> set[bytes]:
            streams = [key[:STREAM] for key in wanted]
            asked = "SELECT stream, sequence FROM view_audit WHERE stream = ANY(%s)"
            return {b"%b%d" % row for row in views.execute(asked, (streams,)).fetchall()}

        _until(lambda: bool(views.execute("SELECT 1 FROM view_audit LIMIT 1").fetchone()))
        return _measured(number, send, seen)


def _bare(at: Servers, number: int) -> Waits:
    """A row committed, a record produced; consumed elsewhere, a row committed."""
    address, topic = at.register(), at.topic()
    make_topic(topic)
    prepared(address)
    producer = kafka.producer(topic)
    words = [sys.executable, "-m", "bench.bare_consumer", address, topic.address, topic.topic]
    body = os.urandom(320).hex().encode()
    with (
        _process(words, address, topic),
        psycopg.connect(address, autocommit=True) as store,
        psycopg.connect(address, autocommit=True) as views,
    ):

        def send(_each: int) -> bytes:
            key = uuid4().bytes
            store.execute(f"INSERT INTO {TABLES[0]} VALUES (%s, %s)", (key, body))
            producer.send(topic.topic, body, key).get(timeout=PATIENCE)
            return key

        def seen(wanted: list[bytes]) -> set[bytes]:
            asked = f"SELECT id FROM {TABLES[1]} WHERE id = ANY(%s)"
            return {row[0] for row in views.execute(asked, (wanted,)).fetchall()}

        first = send(0)
        _until(lambda: first in seen([first]))
        waits = _measured(number, send, seen)
    producer.close()
    return waits


def _measured(number: int, send: Sent, seen: Seen) -> Waits:
    """Send so many, one each 5 ms, and watch for them from another thread."""
    sent: dict[bytes, float] = {}
    waits: list[float] = []
    done = Event()

    def watch() -> None:
        end = time.perf_counter() + PATIENCE
        while (sent or not done.is_set()) and time.perf_counter() < end:
            wanted = list(sent)
            there, now = seen(wanted), time.perf_counter()
            for key in [each for each in wanted if each in there]:
                waits.append(now - sent.pop(key))
            time.sleep(0.002)

    watcher = Thread(target=watch)
    watcher.start()
    began = time.perf_counter()
    for each in range(number):
        time.sleep(max(0.0, began + each / A_SECOND - time.perf_counter()))
        start = time.perf_counter()
        key = send(each)
        if key is not None:
            sent[key] = start
    done.set()
    watcher.join()
    if sent:
        raise RuntimeError(f"{len(sent)} of {number} were never seen")
    return Waits(median(waits) * 1000, quantiles(waits, n=100)[-1] * 1000)


def _until(holds: Callable[[], bool]) -> None:
    end = time.perf_counter() + PATIENCE
    while not holds():
        if time.perf_counter() > end:
            raise RuntimeError("nothing is ever seen")
        time.sleep(0.05)


@contextmanager
def _process(words: list[str], address: str, topic: LogSettings) -> Iterator[None]:
    environment = {
        **os.environ,
        "CASEBOOK_REGISTER": address,
        "CASEBOOK_KAFKA": topic.address,
        "CASEBOOK_TOPIC": topic.topic,
        "CASEBOOK_KAFKA_PARTITIONS": str(topic.partitions),
    }
    process = subprocess.Popen(words, env=environment, stderr=subprocess.DEVNULL)
    try:
        yield
    finally:
        process.terminate()
        process.wait()
