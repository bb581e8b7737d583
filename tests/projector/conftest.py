from collections.abc import Iterator

import pytest

from services import demo
from services.store.opening import create_database
from services.store.postgres import PostgresDatabase
from services.store.sqlite import SQLiteDatabase
from tests.projector.registers import NOW, handed_over
from tests.servers import drop_database, new_database


@pytest.fixture(scope="session")
def told_stories(postgres_server: str) -> Iterator[str]:
    """A register whose views nobody has folded yet, with the demo's stories in its record."""
    address = new_database(postgres_server)
    create_database(address).close()
    handed_over(address)
    demo.fill(address, NOW)
    yield address
    drop_database(address)


@pytest.fixture
def stories(postgres_server: str, told_stories: str) -> Iterator[str]:
    """A copy of it for one test."""
    address = new_database(postgres_server, template=told_stories)
    yield address
    drop_database(address)


@pytest.fixture
def views(stories: str) -> Iterator[PostgresDatabase]:
    """Its database, open as a projector opens it."""
    database = PostgresDatabase.open_views(stories)
    yield database
    database.close()


@pytest.fixture
def embedded(tmp_path) -> Iterator[SQLiteDatabase]:
    """An empty embedded register, for views to compare with."""
    database = SQLiteDatabase.create(tmp_path / "embedded")
    yield database
    database.close()
