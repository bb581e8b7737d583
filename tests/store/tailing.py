"""Writers at full speed, and a reader at their heels: ours, and the library's own."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit
from uuid import NAMESPACE_URL, UUID, uuid5

from eventsourcing.persistence import ApplicationRecorder, StoredEvent
from eventsourcing.postgres import PostgresFactory
from eventsourcing.utils import Environment

from services.store.postgres import PostgresDatabase
from services.store.recorder import Recorder
from tests.store.notes import cut_short

AT_ONCE = 10
BATCH = 500


def events(stream: UUID, first: int) -> list[StoredEvent]:
    """Ten events that go on from number `first`."""
    numbers = range(first, first + AT_ONCE)
    return [StoredEvent(stream, number, "NoteAdded", b"{}" * 100) for number in numbers]


class OurWriter:
    """Most by one call; of every tenth, one aborted, one slow under the lock, one in a clash."""

    def __init__(self, address: str) -> None:
        self.database = PostgresDatabase.create(address)
        self.recorder = Recorder(self.database)

    def write(self, turn: int, made: list[StoredEvent]) -> None:
        if turn % 10 == 1:
            cut_short(self.database, lambda: self.recorder.insert_events(made), self._wait)
        if turn % 10 == 2:
            with self.database.writing():
                self.recorder.insert_events(made)
                self.recorder.write_waiting()
                self._wait()
            return
        with self.database.deciding():
            self.recorder.insert_events(made)

    def _wait(self) -> None:
        self.recorder.write_waiting()
        time.sleep(0.005)


class StockWriter:
    """The library's recorder with its database functions."""

    def __init__(self, address: str) -> None:
        # They are made already: several who make them at once get in one another's way.
        self.recorder = stock_recorder(address, CREATE_TABLE="n")

    def write(self, turn: int, made: list[StoredEvent]) -> None:
        self.recorder.insert_events(made)


def stock_recorder(address: str, **more: str) -> ApplicationRecorder:
    """The library's own, its tables made."""
    parts = urlsplit(address)
    host = parts.hostname or parse_qs(parts.query)["host"][0]
    named = {
        "POSTGRES_DBNAME": parts.path[1:],
        "POSTGRES_HOST": host,
        "POSTGRES_PORT": str(parts.port or 5432),
        "POSTGRES_USER": parts.username or "postgres",
        "POSTGRES_PASSWORD": parts.password or "none",
        "POSTGRES_ENABLE_DB_FUNCTIONS": "y",
    }
    return PostgresFactory(Environment("stock", named | more)).application_recorder()


def follow(recorder: ApplicationRecorder, until: Callable[[], bool]) -> list[int]:
    """The positions that a tailing reader meets, until nobody writes and nothing is left."""
    seen: list[int] = []
    while True:
        ended = until()
        after = seen[-1] if seen else None
        found = recorder.select_notifications(after, BATCH, inclusive_of_start=False)
        seen += [each.id for each in found]
        if ended and not found:
            return seen


if __name__ == "__main__":
    kind, address, name, turns = sys.argv[1:]
    writer = {"ours": OurWriter, "stock": StockWriter}[kind](address)
    stream = uuid5(NAMESPACE_URL, name)
    print("ready", flush=True)
    sys.stdin.readline()
    for turn in range(int(turns)):
        writer.write(turn, events(stream, turn * AT_ONCE + 1))
