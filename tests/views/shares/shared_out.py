"""A rebuild that is shared out, and who folds for it."""

import psutil

import schemas
from services.store.log import Log
from services.store.mapper import EventMapper
from services.views import rebuild as rebuilds
from services.views.folding import stream_key
from services.views.shares import Shares
from services.views.tables import LIVE, NAMES
from tests.views.registers import INSERT

EVENTS = 1_200
SMALL = {"processes": 2, "batch": 60, "kept_rows": 4}


def rebuild(database, history, *, processes, **few):
    return rebuilds.rebuild(database, history, shares=Shares(processes), **few)


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
    return [each for each in running if "spawn_main" in " ".join(each.cmdline())]
