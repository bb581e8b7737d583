"""What the integrity log costs who writes, and how fast a register is checked and proved."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from random import Random

import orjson

from bench.casework import commands
from bench.registers import fitting_council, new_register
from bench.rounds import Measure, in_turn
from services.proof import merkle
from services.proof.checking import AT_ONCE, Checking
from services.proof.integrity import IntegrityLog
from services.proof.tiles import Tiles
from services.store.database import Database
from services.store.log import Log
from services.store.mapper import EventMapper
from services.store.sqlite import SQLiteDatabase

GROUP = 500
PROOFS = 300
MEMORY = [sys.executable, "-m", "bench.proving"]


def writing(rounds: int, singly_accounts: int, accounts: int) -> Iterator[Measure]:
    """Commands with the integrity log and without it; the last building is counted in."""
    for name, count, size in (
        ("one at a time", singly_accounts, 1),
        (f"in groups of {GROUP}", accounts, GROUP),
    ):
        yield in_turn(
            f"commands {name}, with the integrity log / without it",
            "per second",
            rounds,
            lambda count=count, size=size: _commands(count, size, signed=True),
            lambda count=count, size=size: _commands(count, size, signed=False),
            at_least=0.95,
        )


def checking(rounds: int, long: Path, middling: Path) -> Iterator[Measure]:
    """`casebook verify` of the long register, against reading and hashing its rows."""
    with _opened(long) as (database, log, events):
        log.build()
        for name, whole, target in (
            ("the root alone", False, 0.5),
            ("with schema and canonical form", True, 0.1),
        ):
            yield in_turn(
                f"verify of {log.tiles.size():,} events, {name} / a bare read and SHA-256",
                "per second",
                rounds,
                lambda whole=whole: _checked(log, events, whole),
                lambda: _bare(database),
                at_least=target,
            )
    yield in_turn(
        "memory of verify of the long register / of the middling",
        "MB",
        1,
        lambda: _memory(long),
        lambda: _memory(middling),
        at_most=1.2,
    )


def inclusion(rounds: int, many: int, few: int) -> Measure:
    """One proof, nothing of the tree in memory before."""
    with tempfile.TemporaryDirectory(prefix="casebook-bench-") as name:
        folders = {size: Path(name) / str(size) for size in (many, few)}
        databases = {size: _tree(folder, size) for size, folder in folders.items()}
        measure = in_turn(
            f"inclusion proof in a log of {many:,} / of {few:,}",
            "microseconds",
            rounds,
            lambda: _proofs(databases[many], many),
            lambda: _proofs(databases[few], few),
            at_most=3,
        )
        for database in databases.values():
            database.close()
        return measure


def _commands(accounts: int, size: int, *, signed: bool) -> float:
    council = fitting_council()
    lines = [orjson.dumps(command) for command in commands(council, accounts)]
    with tempfile.TemporaryDirectory(prefix="casebook-bench-") as name:
        casework = new_register(Path(name), council)
        if not signed:
            casework.behind.recorded = _nothing  # type: ignore[method-assign]
            casework.behind.ended = _nothing  # type: ignore[method-assign]
        start = time.perf_counter()
        for first in range(0, len(lines), size):
            answers = casework.handle_lines(lines[first : first + size])
            if any(answer["outcome"] not in ("accepted", "refused") for answer in answers):
                raise RuntimeError("the timed casework was not accepted")
        casework.close()
        return len(lines) / (time.perf_counter() - start)


def _nothing(*_: object, **__: object) -> None:
    """Stand in for the integrity log where commands are timed without it."""


@contextmanager
def _opened(folder: Path) -> Iterator[tuple[Database, IntegrityLog, Log]]:
    """The log of a register, whose views need not be there."""
    database = SQLiteDatabase.open(folder)
    database.cache_at_most(8)
    events = Log(database, EventMapper())
    yield database, IntegrityLog(database, events), events
    database.close()


def _checked(log: IntegrityLog, events: Log, whole: bool) -> float:
    start = time.perf_counter()
    check = Checking(log, events, whole=whole)
    if found := check.run(lambda _: None):
        raise RuntimeError(f"the register that was checked is not sound: {found[:3]}")
    return check.reached.position / (time.perf_counter() - start)


def _bare(database: Database) -> float:
    start, after = time.perf_counter(), 0
    sql = "SELECT position, body FROM events WHERE position > ? ORDER BY position LIMIT ?"
    while rows := database.query(sql, (after, AT_ONCE)):
        for _, body in rows:
            sha256(body).digest()
        after = rows[-1][0]
    return after / (time.perf_counter() - start)


def _memory(folder: Path) -> float:
    done = subprocess.run([*MEMORY, str(folder)], capture_output=True, text=True, check=True)
    return float(done.stdout)


def _tree(folder: Path, size: int) -> Database:
    database = SQLiteDatabase.create(folder)
    tiles, piece = Tiles(database), 1 << 16
    for first in range(0, size, piece):
        numbers = range(first, min(first + piece, size))
        with database.writing():
            tiles.append(first, [merkle.leaf_hash(number.to_bytes(8)) for number in numbers])
    return database


def _proofs(database: Database, size: int) -> float:
    chance, each = Random(7), []
    for _ in range(PROOFS):
        index, tiles = chance.randrange(size), Tiles(database)
        start = time.perf_counter()
        merkle.inclusion(index, size, tiles.subtree)
        each.append(time.perf_counter() - start)
    return sum(each) / len(each) * 1e6


def _print_memory(folder: Path, peak: Callable[[], float]) -> None:
    with _opened(folder) as (_, log, events):
        log.build()
        _checked(log, events, True)
    print(peak())


if __name__ == "__main__":
    from bench.peak import peak

    _print_memory(Path(sys.argv[1]), peak)
