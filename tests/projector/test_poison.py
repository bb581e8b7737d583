"""Poison parks its accounts; all others go on at once, and once mended all are whole."""

import pytest

from services.projector.tables import hand_over
from services.store.opening import create_database
from services.store.postgres import PostgresDatabase
from tests.projector.poison import check
from tests.servers import drop_database, new_database


@pytest.fixture
def empty(postgres_server):
    address = new_database(postgres_server)
    database = create_database(address)
    with database.writing():
        hand_over(database)
    database.close()
    views = PostgresDatabase.open_views(address)
    yield views
    views.close()
    drop_database(address)


@pytest.mark.slow
def test_many_poison_records_park_their_accounts_alone(empty, embedded):
    assert check(empty, embedded, accounts=25, good=5_000) == 500
