"""Views folded by several processes are those that one folds, whatever ends any of them."""

import resource
import time

import pytest

from services.beside import HelperEnded
from services.store.log import Log
from services.store.mapper import EventMapper
from services.store.opening import open_database
from services.views import shares
from services.views.projector import ViewsOutOfStep
from services.views.rebuild import Rebuilding, RebuildStopped, differences
from services.views.shares import Shares
from tests.projections.histories import History
from tests.views.shares.shared_out import EVENTS, SMALL, Noting, folding, rebuild, record, rows

pytestmark = [
    pytest.mark.embedded("a register on a server is rebuilt by one process"),
    pytest.mark.slow,
]


@pytest.mark.parametrize("few", [SMALL, {"processes": 3, "batch": 500}])
def test_every_row_is_what_one_process_folds(register, made, few, monkeypatch):
    history, told = Noting(register), []

    def tell(position):
        time.sleep(0.01)  # others may get ahead of what is written, as far as they go
        told.append(position)

    assert rebuild(register, history, tell=tell, **few) == EVENTS
    assert rows(register) == made[1]
    assert made[1]["irregular"]
    assert set(history.asked) == {EVENTS}
    assert told == [*range(few["batch"], EVENTS, few["batch"]), EVENTS]
    assert not folding()
    monkeypatch.setattr(shares, "WORTH_SHARING", 1)
    assert differences(register, history) == []


def test_one_that_was_interrupted_goes_on_where_it_stopped(register, made):
    history, told = Noting(register), []

    def interrupted(position):
        if position == 180:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rebuild(register, history, tell=interrupted, **SMALL)
    assert not folding()
    rebuild(register, history, tell=told.append, **SMALL)
    assert told[0] == 240
    assert rows(register) == made[1]


def test_where_a_process_that_folds_is_killed_the_views_are_as_they_were(register, made):
    history = Noting(register)

    def kill(position):
        if position == 120:
            folding()[0].kill()

    with pytest.raises(HelperEnded, match="ended from outside"):
        rebuild(register, history, tell=kill, **SMALL)
    assert not folding()
    assert rows(register) == made[1]
    assert rebuild(register, history, **SMALL) == EVENTS
    assert rows(register) == made[1]


def test_an_event_that_can_not_be_folded_stops_it_there(register, made):
    history = History("ASH-0000-M9XA")
    spoilt = history("FlagUpheld")
    del spoilt["data"]["findings"]
    spoilt["sequence"] = 1_000
    record(register, [spoilt])
    with pytest.raises(RebuildStopped, match=f"stopped at position {EVENTS + 1},"):
        rebuild(register, Noting(register), **SMALL)
    assert rows(register) == made[1]


def test_a_lost_event_is_found_out(register, made):
    with register.writing():
        register.execute("DELETE FROM events WHERE position = 700")
    with pytest.raises(Exception, match="The views lack event 700"):
        rebuild(register, Noting(register), **SMALL)
    assert rows(register) == made[1]


def test_another_that_fills_the_same_tables_does_no_harm(register, made, tmp_path):
    history, told = Noting(register), []

    def other(position):
        told.append(position)
        if position == 120:
            database = open_database(tmp_path)
            Rebuilding(database, Log(database, EventMapper()), batch=60, shares=Shares(0)).fill()
            database.close()

    rebuild(register, history, tell=other, **SMALL)
    assert told == [60, 120]
    assert rows(register) == made[1]


@pytest.mark.parametrize("processes", [0, 2])
def test_one_that_another_overtook_says_so(register, made, tmp_path, processes):
    def other(position):
        if position == 120:
            database = open_database(tmp_path)
            rebuild(database, Log(database, EventMapper()), processes=0)
            database.close()

    few = SMALL | {"processes": processes}
    with pytest.raises(ViewsOutOfStep, match="Another rebuild ended meanwhile"):
        rebuild(register, Noting(register), tell=other, **few)
    assert rows(register) == made[1]


def test_what_is_recorded_meanwhile_is_folded_too(register, tmp_path):
    def recording(position):
        if position == 120:
            database = open_database(tmp_path)
            record(database, History("ASH-9999-M9XA").opened())
            database.close()

    history = Noting(register)
    assert rebuild(register, history, tell=recording, **SMALL) == EVENTS + 2
    assert history.asked[0] == EVENTS
    assert "ASH-9999-M9XA" in str(rows(register)["cases"])


def test_where_no_process_can_be_begun_this_one_folds_alone(register, made):
    history, (allowed, most) = Noting(register), resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (3, most))
    try:
        assert rebuild(register, history, **SMALL) == EVENTS
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (allowed, most))
    assert history.asked[0] == 0
    assert rows(register) == made[1]
