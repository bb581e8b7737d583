"""Real servers for tests: shared ones, started once in each test process, and ones to be killed.

CASEBOOK_TEST_POSTGRES and CASEBOOK_TEST_KAFKA name servers that are there already; the servers
to be killed are always our own, from the extra `services`.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import psycopg
import pytest

from services.faults import Fault
from services.local.cluster import Cluster
from services.local.postgres import Postgres
from services.settings import cache_folder

# Read before the settings of whoever runs the tests are taken away.
POSTGRES_THERE = os.environ.get("CASEBOOK_TEST_POSTGRES", "")
KAFKA_THERE = os.environ.get("CASEBOOK_TEST_KAFKA", "")
_CACHE = cache_folder() / "kafka"


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The address of a PostgreSQL server that all tests of this process share."""
    with postgres() as address:
        yield address


@pytest.fixture
def postgres_database(postgres_server: str) -> Iterator[str]:
    """The address of an empty database of the test's own, on the shared server."""
    address = new_database(postgres_server)
    yield address
    drop_database(address)


@pytest.fixture(scope="session")
def kafka_server() -> Iterator[str]:
    """Host and port of a Kafka that all tests of this process share: a topic for each test."""
    if KAFKA_THERE:
        yield KAFKA_THERE
        return
    with running_kafka(1) as cluster:
        yield cluster.address


@pytest.fixture
def topic() -> str:
    """The name of a topic that no other test uses; it is not made yet."""
    return f"casebook.test.{uuid4().hex}"


@pytest.fixture
def own_postgres() -> Iterator[Postgres]:
    """A PostgreSQL server of the test's own: `process.kill()`, `freeze()`, `start()` again."""
    with running_postgres() as server:
        yield server


@pytest.fixture
def own_kafka() -> Iterator[Cluster]:
    """A Kafka of the test's own: `nodes[0].process.kill()`, `freeze()`, `start()` again."""
    with running_kafka(1) as cluster:
        yield cluster


@pytest.fixture
def three_brokers() -> Iterator[Cluster]:
    """Three brokers of the test's own, each killed, wiped and started again by itself."""
    with running_kafka(3) as cluster:
        yield cluster


@contextmanager
def postgres() -> Iterator[str]:
    """The address of a running server: the one that is there already, or one of our own."""
    if POSTGRES_THERE:
        yield POSTGRES_THERE
        return
    with running_postgres() as server:
        yield server.address


@contextmanager
def running_postgres() -> Iterator[Postgres]:
    """A PostgreSQL server in a folder that goes away with it."""
    with _folder() as folder:
        server = Postgres(folder / "postgresql")
        try:
            _started(server.start)
            yield server
        finally:
            if server.process:
                server.process.kill()


@contextmanager
def running_kafka(nodes: int, more: Mapping[str, str] | None = None) -> Iterator[Cluster]:
    """A cluster in a folder that goes away with it; `more` are settings of its brokers."""
    with _folder() as folder:
        cluster = Cluster.new(folder, _CACHE, nodes)
        for node in cluster.nodes:
            node.more.update(more or {})
        try:
            _started(cluster.start)
            yield cluster
        finally:
            for node in cluster.nodes:
                if node.process:
                    node.process.kill()


def new_database(server: str, template: str = "") -> str:
    """The address of a new database on a server: empty, or a copy of the one at an address."""
    name = f"casebook_{uuid4().hex}"
    with psycopg.connect(server, autocommit=True) as connection:
        copied = f" TEMPLATE {urlsplit(template).path[1:]}" if template else ""
        connection.execute(f"CREATE DATABASE {name}{copied}")
    return urlsplit(server)._replace(path=f"/{name}").geturl()


def drop_database(address: str) -> None:
    """Take a database away, whoever is still connected."""
    parts = urlsplit(address)
    with psycopg.connect(parts._replace(path="/postgres").geturl(), autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {parts.path[1:]} WITH (FORCE)")


def _started(start: Callable[[], None]) -> None:
    try:
        start()
    except Fault as fault:
        pytest.fail(fault.message, pytrace=False)


@contextmanager
def _folder() -> Iterator[Path]:
    # Not pytest's own folders: it closes those to other users, and as root PostgreSQL is another.
    folder = Path(tempfile.mkdtemp(prefix="casebook-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
