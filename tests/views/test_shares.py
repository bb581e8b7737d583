"""Views folded by several processes are those that one folds, whatever ends any of them."""

import signal
import subprocess
import sys
import time
from pathlib import Path
from random import Random

import psutil
import pytest

import schemas
from services.store.log import Log
from services.store.mapper import EventMapper
from services.store.opening import create_database, open_database
from services.views import shares
from services.views.folding import stream_key
from services.views.rebuild import Rebuilding, RebuildStopped, differences, rebuild
from services.views.shares import FoldingEnded
from services.views.tables import LIVE, NAMES
from tests.projections.histories import History
from tests.views.registers import INSERT
from tests.views.test_rebuild import OF_ACCOUNTS

pytestmark = [
    pytest.mark.embedded("a register on a server is rebuilt by one process"),
    pytest.mark.slow,
]

ROOT = Path(__file__).parents[2]
FOLDING = "services.views.apart"
EVENTS = 1_200
SMALL = {"processes": 2, "batch": 60, "kept_rows": 4}


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


def record(database, events):
    last = Log(database, EventMapper()).last
    rows = [
        (position, stream_key(e["stream"]["id"]), e["sequence"], e["type"], schemas.canonical(e))
        for position, e in enumerate(events, last + 1)
    ]
    with database.writing():
        database.executemany(INSERT, rows)


def rows(database):
    return {name: database.query(f"SELECT * FROM {LIVE(name)} ORDER BY 1") for name in NAMES}


class Noting(Log):
    """A log that tells after which positions this process asked it."""

    def __init__(self, database):
        super().__init__(database, EventMapper())
        self.asked = []

    def batch(self, *, after, size):
        self.asked.append(after)
        return super().batch(after=after, size=size)


def folding(of=None):
    running = [
        each for each in psutil.Process(of).children() if each.status() != psutil.STATUS_ZOMBIE
    ]
    return [each for each in running if FOLDING in " ".join(each.cmdline())]


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

    with pytest.raises(FoldingEnded, match="ended from outside"):
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
            Rebuilding(database, Log(database, EventMapper()), batch=60, processes=0).fill()
            database.close()

    rebuild(register, history, tell=other, **SMALL)
    assert told == [60, 120]
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


def test_where_no_process_can_be_begun_this_one_folds_alone(register, made, monkeypatch):
    monkeypatch.setattr(sys, "executable", "not/there")
    history = Noting(register)
    assert rebuild(register, history, **SMALL) == EVENTS
    assert history.asked[0] == 0
    assert rows(register) == made[1]


REBUILDING = """
import sys, time
from pathlib import Path
from services.store.log import Log
from services.store.mapper import EventMapper
from services.store.opening import open_database
from services.views.rebuild import rebuild

def tell(position):
    if position == 120:
        print("begun", flush=True)
        time.sleep(60)

database = open_database(Path(sys.argv[1]))
rebuild(database, Log(database, EventMapper()), tell=tell, processes=2, batch=60)
"""


@pytest.mark.parametrize("by", [signal.SIGKILL, signal.SIGINT])
def test_nothing_is_left_of_one_that_was_killed(register, made, tmp_path, by):
    words = [sys.executable, "-c", REBUILDING, str(tmp_path)]
    pipe = subprocess.PIPE
    with subprocess.Popen(words, stdout=pipe, stderr=pipe, cwd=ROOT) as program:
        assert program.stdout.readline() == b"begun\n"
        begun = folding(program.pid)
        program.send_signal(by)
    assert len(begun) == 2
    assert psutil.wait_procs(begun, timeout=20)[1] == []
    assert rebuild(register, Noting(register), **SMALL) == EVENTS
    assert rows(register) == made[1]


CASEBOOK = (
    "import sys; sys.argv[0] = 'casebook'; from services.views import shares; "
    "shares.WORTH_SHARING = 1; from services.cli.main import main; main()"
)


def test_the_command_folds_by_several_processes_too(register, made, tmp_path):
    register.close()
    words = [sys.executable, "-c", CASEBOOK, "--register", str(tmp_path), "rebuild"]
    done = subprocess.run(words, capture_output=True, text=True, cwd=ROOT, check=False)
    assert (done.stdout, done.returncode) == (
        f"All views are made anew from {EVENTS} events.\n",
        0,
    )
    # Where it takes long it says how far it is, and nothing else.
    assert all(line.endswith(" a second") for line in done.stderr.splitlines())
