"""A register whose rebuild is shared out, and what its views are when one process folds them."""

from random import Random

import pytest

from services.store.log import Log
from services.store.mapper import EventMapper
from services.store.opening import create_database, open_database
from tests.projections.histories import History
from tests.views.shares.shared_out import EVENTS, rebuild, record, rows
from tests.views.test_rebuild import OF_ACCOUNTS


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The folder of a register of cases side by side, and every view as one process folds it."""
    folder = tmp_path_factory.mktemp("made")
    database, chance = create_database(folder), Random(5)
    histories = [History(f"ASH-{n:04}-M9XA") for n in range(90)]
    events = [history("AccountOpened", "2024-03-01T10:00") for history in histories]
    while len(events) < EVENTS:
        history, type = chance.choice(histories), chance.choice(OF_ACCOUNTS)
        day = f"2024-03-{chance.randrange(1, 29):02}T10:00"
        wrong = [{"rule": "R-A12", "what": "words"}] if chance.random() < 0.02 else []
        owed = [{"code": "review_flag"}]
        events.append(history(type, day, duties=owed, discharges=["1.1"], irregular=wrong))
    record(database, events)
    rebuild(database, Log(database, EventMapper()), processes=0)
    views = rows(database)
    database.close()
    return folder, views


@pytest.fixture
def register(made, tmp_path):
    (tmp_path / "casebook.sqlite").write_bytes((made[0] / "casebook.sqlite").read_bytes())
    database = open_database(tmp_path)
    yield database
    database.close()
