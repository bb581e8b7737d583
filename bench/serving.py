"""How fast a register on PostgreSQL records commands, against `eventsourcing` as it comes there."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import psycopg

from bench.callers import stock_on_postgres
from bench.casework import STEPS
from bench.registers import fitting_council, new_register
from bench.rounds import Measure, in_turn
from services.local.postgres import Postgres

PROCESSES = 8
_NUMBERS = count(1)


def serving(rounds: int, accounts: int) -> Iterator[Measure]:
    """Eight writers; one with eight callers; one with 64 who wait: all against eight stock ones."""
    with _server() as server:
        for name, processes, threads, at_least in (
            (f"PostgreSQL: {PROCESSES} writers, one command at a time", PROCESSES, 1, 3),
            ("PostgreSQL: one writer, 8 callers who wait", 1, 8, 4),
            ("PostgreSQL: one writer, 64 callers who wait", 1, 64, 8),
        ):
            yield in_turn(
                f"{name} / {PROCESSES} stock writers",
                "per second",
                rounds,
                lambda p=processes, t=threads: _ours(server, accounts, p, t),  # type: ignore[misc]
                lambda: _stock(server, accounts),
                at_least=at_least,
            )


def _ours(server: Postgres, accounts: int, processes: int, threads: int) -> float:
    address = _new_database(server)
    new_register(address, fitting_council()).close()
    return _rate("ours", address, accounts, processes, threads)


def _stock(server: Postgres, accounts: int) -> float:
    address = _new_database(server)
    stock_on_postgres(address, tables=True).close()
    return _rate("stock", address, accounts, PROCESSES, 1)


def _rate(kind: str, address: str, accounts: int, processes: int, threads: int) -> float:
    words = [sys.executable, "-m", "bench.callers", kind, address, str(accounts), str(processes)]
    callers = [
        subprocess.Popen(
            [*words, str(mine), str(threads)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for mine in range(processes)
    ]
    for caller in callers:
        if caller.stdout is None or caller.stdout.readline() != "ready\n":
            raise RuntimeError("a caller did not get ready")
    for caller in callers:
        if caller.stdin:
            caller.stdin.write("go\n")
            caller.stdin.flush()
    told = [caller.communicate()[0].split() for caller in callers]
    accepted, done = (sum(int(each[place]) for each in told) for place in (1, 2))
    if done != accounts * STEPS or accepted < 0.9 * done:
        raise RuntimeError(f"the timed casework was not accepted: {accepted} of {done}")
    return done / max(float(each[0]) for each in told)


def _new_database(server: Postgres) -> str:
    name = f"bench_{next(_NUMBERS)}"
    with psycopg.connect(server.address, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        connection.execute("CHECKPOINT")
    return server.address_of(name)


@contextmanager
def _server() -> Iterator[Postgres]:
    with tempfile.TemporaryDirectory(prefix="casebook-bench-") as name:
        server = Postgres(Path(name) / "postgresql")
        server.start()
        try:
            yield server
        finally:
            server.stop()
