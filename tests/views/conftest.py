from collections.abc import Iterator
from pathlib import Path

import pytest

from services.store.database import Database
from services.store.opening import create_database
from tests.modes import ON_SERVERS, register_at
from tests.views.registers import Recording, Sending


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = create_database(register_at(tmp_path))
    yield database
    database.close()


@pytest.fixture
def recording(database: Database) -> Recording:
    return Sending(database) if ON_SERVERS else Recording(database)
