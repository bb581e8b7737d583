from collections.abc import Iterator
from pathlib import Path

import pytest

from services.store.database import Database
from services.store.opening import create_database
from services.store.register import Register
from tests.servers import drop_database, new_database, postgres


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    with postgres() as address:
        yield address


@pytest.fixture(params=["sqlite", "postgres"])
def where(request, tmp_path: Path) -> Iterator[Path | str]:
    """Where a register may be: in a folder, and on a server."""
    if request.param == "sqlite":
        yield tmp_path
        return
    address = new_database(request.getfixturevalue("server"))
    yield address
    drop_database(address)


@pytest.fixture
def database(where: Path | str) -> Iterator[Database]:
    database = create_database(where)
    yield database
    database.close()


@pytest.fixture
def register(database: Database) -> Register:
    return Register(database)
