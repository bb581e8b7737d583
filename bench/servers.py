"""PostgreSQL and Kafka of their own for the measures, and a topic filled from a register."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from typing import NamedTuple
from uuid import uuid4

from services import clock
from services.health.journal import Journal
from services.local.cluster import Cluster
from services.local.postgres import Postgres
from services.log.reading import TopicReader
from services.log.settings import LogSettings
from services.projector.tables import hand_over
from services.publisher.service import Publisher
from services.publisher.told import Telling
from services.settings import cache_folder
from services.store.opening import create_database
from services.store.postgres import PostgresDatabase

PARTITIONS = 6


class Servers(NamedTuple):
    """A database server and a broker."""

    postgres: Postgres
    kafka: Cluster

    def register(self) -> str:
        """The address of a new, empty register whose views projectors keep."""
        server = PostgresDatabase(self.postgres.address)
        name = f"bench_{uuid4().hex}"
        server.at_once(f"CREATE DATABASE {name}")
        server.close()
        address = self.postgres.address_of(name)
        database = create_database(address)
        with database.writing():
            hand_over(database)
        database.close()
        return address

    def topic(self, register: Path | None = None) -> LogSettings:
        """A new topic, filled from a register in a folder if one is given."""
        settings = LogSettings(self.kafka.address, f"bench.{uuid4().hex}", partitions=PARTITIONS)
        if register:
            telling = Telling(Journal("publisher", clock.now, io.StringIO()), clock.now)
            Publisher(register, settings, telling, Event()).run(once=True, refill=True)
        return settings


@contextmanager
def servers() -> Iterator[Servers]:
    """Both, in a folder that goes away with them."""
    with tempfile.TemporaryDirectory(prefix="casebook-bench-", ignore_cleanup_errors=True) as name:
        made = Servers(
            Postgres(Path(name) / "postgresql"), Cluster.new(Path(name), cache_folder() / "kafka")
        )
        try:
            made.postgres.start()
            made.kafka.start()
            yield made
        finally:
            for process in (made.postgres.process, made.kafka.nodes[0].process):
                if process:
                    process.kill()


@contextmanager
def filled(at: Servers, register: Path) -> Iterator[tuple[LogSettings, int]]:
    """A topic filled from a register in a folder, and how many events it holds."""
    settings = at.topic(register)
    with TopicReader(settings, settings.partitions) as reader:
        there = sum(reader.ends().following.values())
    yield settings, there
