"""A register on PostgreSQL, with a publisher and a projector that keep its views from Kafka."""

from __future__ import annotations

import io
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from threading import Event, Thread, current_thread
from time import monotonic, sleep
from uuid import uuid4

import psycopg

from services import clock
from services.closing import Closing
from services.health.journal import Journal
from services.log import kafka
from services.log.settings import LogSettings
from services.log.topic import topic_settings
from services.projector.service import LogProjector
from services.projector.told import Telling
from services.publisher.service import Publisher
from services.publisher.told import Telling as PublisherTelling
from services.store.opening import create_database
from services.store.postgres import PostgresDatabase
from services.store.sqlite import SQLiteDatabase
from tests.projector.registers import folded_embedded, handed_over, rows
from tests.servers import drop_database, new_database

PARTITIONS = 3
AT_ONCE = 24
PATIENCE = 120.0
MEMORY = Path("/dev/shm")  # where it is there, nothing waits for a disk
_SHOWN = "SELECT (SELECT count(*) FROM events) - (SELECT count(*) FROM view_audit)"


class Servers(Closing):
    """A PostgreSQL with an empty register to copy, and a Kafka."""

    def __init__(self, postgres: str, kafka: str) -> None:
        self._kafka = kafka
        self._topics: list[str] = []
        self._postgres = postgres
        self._empty = new_database(postgres)
        create_database(self._empty).close()
        handed_over(self._empty)
        self._made: dict[object, str] = {}

    def register(self, same: object, make: Callable[[str], object]) -> str:
        """The address of a new register that was made so; its views are folded from the log."""
        if same is None:
            address = new_database(self._postgres, template=self._empty)
            make(address)
            return address
        if same not in self._made:
            self._made[same] = self.register(None, make)
        return new_database(self._postgres, template=self._made[same])

    def log(self) -> LogSettings:
        """A topic that nobody used yet; two dozen together cost little more than one."""
        if not self._topics:
            self._topics = [f"casebook.test.{uuid4().hex}" for _ in range(AT_ONCE)]
            made = {"num_partitions": PARTITIONS, "configs": topic_settings(1)}
            with kafka.admin(LogSettings(self._kafka)) as admin:
                admin.create_topics(dict.fromkeys(self._topics, made), wait_for_metadata=True)
        return LogSettings(self._kafka, self._topics.pop(), PARTITIONS)

    def close(self) -> None:
        for address in (self._empty, *self._made.values()):
            drop_database(address)


class Served:
    """One such register; its publisher and projector start when a view is first read."""

    is_comparing = False

    def __init__(self, servers: Servers, address: str) -> None:
        self.address = address
        self.is_altered = False
        self._servers = servers
        self._stop = Event()
        self._failed: list[BaseException] = []
        self._threads: list[Thread] = []
        self._asking = psycopg.connect(self.address, autocommit=True)

    def until_shown(self) -> None:
        """Wait until the views hold all that is recorded."""
        if current_thread() in self._threads:
            return
        end = monotonic() + PATIENCE
        while lacking := self._asking.execute(_SHOWN).fetchone()[0]:
            self._start()
            for error in self._failed:
                raise error
            assert monotonic() < end, f"after {PATIENCE:g} s the views lack {lacking} events"
            sleep(0.02)

    def end(self) -> None:
        """Wait once more, compare every row with an embedded fold of the record, and stop."""
        try:
            self.until_shown()
            self._stop.set()
            for thread in self._threads:
                thread.join(PATIENCE)
            for error in self._failed:
                raise error
            if not self.is_altered:
                self._compare()
        finally:
            self._stop.set()
            self._asking.close()
            drop_database(self.address)

    def _compare(self) -> None:
        folder = Path(tempfile.mkdtemp(dir=MEMORY if MEMORY.is_dir() else None))
        Served.is_comparing = True
        embedded = SQLiteDatabase.create(folder)
        register = PostgresDatabase.open_views(self.address)
        try:
            assert rows(register) == folded_embedded(register, embedded)
        finally:
            Served.is_comparing = False
            register.close()
            embedded.close()
            shutil.rmtree(folder)

    def _start(self) -> None:
        if self._threads:
            return
        self.settings = self._servers.log()
        for run in (self._publisher, self._projector):
            thread = Thread(target=self._running, args=(run,), daemon=True)
            self._threads.append(thread)
            thread.start()

    def _running(self, run: Callable[[], None]) -> None:
        try:
            run()
        except BaseException as error:
            self._failed.append(error)

    def _publisher(self) -> None:
        telling = PublisherTelling(Journal("publisher", clock.now, io.StringIO()), clock.now)
        Publisher(self.address, self.settings, telling, self._stop).run()

    def _projector(self) -> None:
        telling = Telling(Journal("projector", clock.now, io.StringIO()), clock.now)
        LogProjector(self.address, self.settings, telling, self._stop, clock.now).run()
