"""How a long register reads: one case of many, and every view made anew."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from statistics import median
from uuid import UUID

from bench.rounds import Measure, in_turn
from domain.account.user_account import project_account
from services.assemble import Casework, open_casework
from services.store.database import Database
from services.store.register import Register
from services.store.sqlite import SQLiteDatabase
from services.views import rebuild
from services.views.audit import audit_case
from services.views.projector import Projector
from services.views.shares import shares_for

CASES = 300
MEMORY = [sys.executable, "-m", "bench.memory"]


def replay(rounds: int, long: Path, short: Path) -> Measure:
    """Folding one case from its stored events, nothing of it in memory before."""
    with open_casework(long) as far, open_casework(short) as near:
        return in_turn(
            "replay of one case out of the long register / out of the short",
            "ms a case",
            rounds,
            lambda: _each_case(far, _replayed),
            lambda: _each_case(near, _replayed),
            at_most=2,
        )


def audit(rounds: int, long: Path, short: Path) -> Measure:
    """The audit of one case, every event of it in words."""
    with open_casework(long) as far, open_casework(short) as near:
        return in_turn(
            "audit of one case out of the long register / out of the short",
            "ms a case",
            rounds,
            lambda: _each_case(far, _audited),
            lambda: _each_case(near, _audited),
            at_most=2,
        )


def rebuilding(rounds: int, folder: Path, singly: int) -> Measure:
    """Every view made anew, against one event in each durable transaction."""

    def ours() -> float:
        start = time.perf_counter()
        with shares_for(folder) as shares:
            database = SQLiteDatabase.open(folder)
            made = rebuild.rebuild(database, Register(database).history, shares=shares)
            rate = made / (time.perf_counter() - start)
            database.close()
        return rate

    def one_by_one() -> float:
        with tempfile.TemporaryDirectory(prefix="casebook-bench-") as name:
            database = SQLiteDatabase.create(Path(name))
            _copy(folder, database, singly)
            projector, history = Projector(database), Register(database).history
            start = time.perf_counter()
            made = projector.catch_up(history, batch=1)
            rate = made / (time.perf_counter() - start)
            database.close()
        return rate

    return in_turn(
        "rebuild of all views / one event in each durable transaction",
        "events per second",
        rounds,
        ours,
        one_by_one,
        at_least=20,
    )


def memory(long: Path, short: Path) -> Measure:
    """The most memory that a rebuild takes, in a process of its own."""
    return in_turn(
        "memory of a rebuild of the long register / of the middling",
        "MB",
        1,
        lambda: _peak(long),
        lambda: _peak(short),
        at_most=1.2,
    )


def _copy(folder: Path, database: Database, events: int) -> None:
    """The first so many events of the register in a folder."""
    source = SQLiteDatabase.open(folder)
    rows = source.query("SELECT * FROM events WHERE position <= ?", (events,))
    source.close()
    with database.writing():
        marks = ", ".join("?" * len(rows[0]))
        database.executemany(f"INSERT INTO events VALUES ({marks})", rows)


def _each_case(casework: Casework, read: object) -> float:
    last = casework.projector.position
    chance = Random(last)
    rows: list[tuple[bytes, str]] = []
    while len(rows) < CASES:
        at = chance.randrange(1, last + 1)
        found = casework.database.query(
            "SELECT stream, case_ref FROM cases WHERE stream = "
            "(SELECT stream FROM events WHERE position = ?)",
            (at,),
        )
        rows += found
    taken = []
    for stream, case in rows:
        start = time.perf_counter()
        read(casework, UUID(bytes=stream), case)  # type: ignore[operator]
        taken.append(time.perf_counter() - start)
    return 1000 * median(taken)


def _replayed(casework: Casework, stream: UUID, _: str) -> None:
    account = casework.register.load(stream, project_account, version=1_000)
    if account.version < 2:
        raise RuntimeError("a case was not read whole")


def _audited(casework: Casework, _: UUID, case: str) -> None:
    found = audit_case(casework.database, case, datetime(2026, 1, 1, tzinfo=UTC))
    if found is None or len(found["events"]) < 2:
        raise RuntimeError("a case was not read whole")


def _peak(folder: Path) -> float:
    run = subprocess.run([*MEMORY, str(folder)], capture_output=True, text=True, check=True)
    return float(run.stdout)
