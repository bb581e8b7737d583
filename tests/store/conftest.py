from collections.abc import Iterator
from pathlib import Path

import pytest

from services.store.database import Database
from services.store.register import Register


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = Database.create(tmp_path)
    yield database
    database.close()


@pytest.fixture
def register(database: Database) -> Register:
    return Register(database)
