from collections.abc import Iterator
from pathlib import Path

import pytest

from services.store.database import Database
from services.store.sqlite import SQLiteDatabase
from tests.views.registers import Recording


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = SQLiteDatabase.create(tmp_path)
    yield database
    database.close()


@pytest.fixture
def recording(database: Database) -> Recording:
    return Recording(database)
