"""Where the registers of tests are: in folders, or on PostgreSQL with their views from Kafka.

CASEBOOK_TEST_REGISTER=servers says the second, for every test that asks `register_at` for one.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from services.store.postgres import PostgresDatabase
from tests.served import Served, Servers

# Read before the settings of whoever runs the tests are taken away.
ON_SERVERS = os.environ.get("CASEBOOK_TEST_REGISTER", "") == "servers"
_servers: list[Servers] = []
_served: dict[Path | str, Served] = {}


def register_at(folder: Path) -> Path | str:
    """Where a test has its register: that folder, or a database of its own that stands for it."""
    if not ON_SERVERS:
        return folder
    if folder not in _served:
        _served[folder] = Served(_servers[-1])
    return _served[folder].address


def end_of(folder: Path) -> None:
    """Have the views of that register compared with its record, and take it away."""
    if folder in _served:
        _served.pop(folder).end()


@pytest.fixture(scope="session", autouse=ON_SERVERS)
def _registers_on_servers(request: pytest.FixtureRequest) -> Iterator[None]:
    """Servers for all tests of this process, and readers that wait until the views are there."""
    postgres = request.getfixturevalue("postgres_server")
    kafka = request.getfixturevalue("kafka_server")
    with Servers(postgres, kafka) as servers, pytest.MonkeyPatch.context() as patch:
        _servers.append(servers)
        for reading in ("query", "one", "each"):
            patch.setattr(PostgresDatabase, reading, _patient(reading))
        yield
        _end_those_since(frozenset())
        _servers.clear()


@pytest.fixture(scope="module", autouse=ON_SERVERS)
def _registers_of_the_module(_registers_on_servers: None) -> Iterator[None]:
    before = frozenset(_served)
    yield
    _end_those_since(before)


@pytest.fixture(autouse=ON_SERVERS)
def _registers_of_the_test(_registers_of_the_module: None) -> Iterator[None]:
    before = frozenset(_served)
    yield
    _end_those_since(before)


def _end_those_since(before: frozenset[Path | str]) -> None:
    for folder in [each for each in _served if each not in before]:
        end_of(folder)


def _patient(reading: str):
    """Reads of a view wait until it holds what is recorded, as people do with `--wait`."""
    at_once = getattr(PostgresDatabase, reading)

    def patiently(database: PostgresDatabase, sql: str, parameters=()):
        if "view_" in sql and not database.is_in_transaction:
            for served in _served.values():
                if served.address == database.address:
                    served.until_shown()
        return at_once(database, sql, parameters)

    return patiently
