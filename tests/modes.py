"""Where the registers of tests are: in folders, or on PostgreSQL with their views from Kafka.

CASEBOOK_TEST_REGISTER=servers says the second, for every test that asks `register_at` for one.
Tests of what only a folder has are marked `embedded`, with why; they are left out there.
CASEBOOK_TEST_PART=8 runs one test of eight, the same ones each time.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from zlib import crc32

import pytest

from services.store.postgres import PostgresDatabase
from services.store.sqlite import SQLiteDatabase
from services.store.transactions import Kind
from services.views_kept import ViewsKept
from tests.served import Served, Servers

# Read before the settings of whoever runs the tests are taken away.
ON_SERVERS = os.environ.get("CASEBOOK_TEST_REGISTER", "") == "servers"
Where = Path | str
PART = int(os.environ.get("CASEBOOK_TEST_PART", "") or 1)
_servers: list[Servers] = []
_served: dict[Path, Served] = {}
_in_folders: list[Path] = []


def register_at(
    folder: Path, same: object = None, make: Callable[[Where], object] = lambda where: None
) -> Where:
    """Where a test has its register: that folder, or a database of its own that stands for it.

    `make` founds the register there; on servers, those of which `same` is the same are copies.
    """
    if ON_SERVERS:
        if folder not in _served:
            _served[folder] = Served(_servers[-1], _servers[-1].register(same, make))
        return _served[folder].address
    make(folder)
    return folder


def until_shown(where: Where) -> None:
    """Wait until the views of that register hold all that is recorded."""
    for served in _served.values():
        if served.address == where:
            served.until_shown()


def altered(where: Where) -> None:
    """Let the views of that register differ from its record: a test changed what is stored."""
    for served in _served.values():
        if served.address == where:
            served.is_altered = True


def end_of(folder: Path) -> None:
    """Have the views of that register compared with its record, and take it away."""
    if folder in _served:
        _served.pop(folder).end()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out on servers what only a folder has, and what is not in the part asked for."""
    embedded = [item for item in items if item.get_closest_marker("embedded")]
    for item in embedded:
        assert item.get_closest_marker("embedded").args, f"{item.nodeid} does not say why"
    apart = {item for item in items if crc32(item.nodeid.encode()) % PART}
    apart |= set(embedded) if ON_SERVERS else set()
    config.hook.pytest_deselected(items=list(apart))
    items[:] = [item for item in items if item not in apart]


def pytest_report_header() -> str:
    """Where they are, and how much of the tests that is."""
    where = "on PostgreSQL, their views from Kafka" if ON_SERVERS else "in folders"
    return f"registers: {where}" + (f"; one test of {PART}" if PART > 1 else "")


@pytest.fixture(scope="session", autouse=ON_SERVERS)
def _registers_on_servers(request: pytest.FixtureRequest) -> Iterator[None]:
    """Servers for all tests of this process, and readers that wait until the views are there."""
    postgres = request.getfixturevalue("postgres_server")
    kafka = request.getfixturevalue("kafka_server")
    with Servers(postgres, kafka) as servers, pytest.MonkeyPatch.context() as patch:
        _servers.append(servers)
        for reading in ("query", "one", "each"):
            patch.setattr(PostgresDatabase, reading, _patient(reading))
        patch.setattr(PostgresDatabase, "begin", _patient_beginning(PostgresDatabase.begin))
        patch.setattr(ViewsKept, "differences", _patient_comparison(ViewsKept.differences))
        patch.setattr(SQLiteDatabase, "create", _noted(SQLiteDatabase.create))
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
    _in_folders.clear()
    yield
    _end_those_since(before)
    assert _in_folders == [], "a register in a folder: ask register_at, or mark it `embedded`"


def _end_those_since(before: frozenset[Path]) -> None:
    for folder in [each for each in _served if each not in before]:
        end_of(folder)


def _patient(reading: str):
    """Reads of a view wait until it holds what is recorded, as people do with `--wait`."""
    at_once = getattr(PostgresDatabase, reading)

    def patiently(database: PostgresDatabase, sql: str, parameters=()):
        if "view_" in sql and not database.is_in_transaction:
            until_shown(database.address)
        return at_once(database, sql, parameters)

    return patiently


def _patient_beginning(begin):
    """What is read together is read once the views hold all that is recorded."""

    def patiently(database: PostgresDatabase, kind: Kind):
        if kind is Kind.READING:
            until_shown(database.address)
        begin(database, kind)

    return patiently


def _patient_comparison(differences):
    """Views are compared once they hold what is recorded."""

    def patiently(views: ViewsKept, *told):
        until_shown(views._database.address)
        return differences(views, *told)

    return patiently


def _noted(create: Callable[..., SQLiteDatabase]):
    """Notes each register that a test makes in a folder."""

    def noting(folder: Path, **more) -> SQLiteDatabase:
        if not Served.is_comparing:
            _in_folders.append(folder)
        return create(folder, **more)

    return noting
