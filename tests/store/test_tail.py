"""Who reads the register at the heels of eight writers misses nothing."""

from __future__ import annotations

import subprocess
import sys

import pytest

from services.store.postgres import PostgresDatabase
from services.store.recorder import Recorder
from tests.store.notes import ROOT
from tests.store.tailing import AT_ONCE, follow, stock_recorder

pytestmark = pytest.mark.slow

WRITERS = 8


def writers(kind: str, address: str, turns: int) -> list[subprocess.Popen[bytes]]:
    words = [sys.executable, "-m", "tests.store.tailing", kind, address]
    started = [
        subprocess.Popen(
            [*words, f"writer {number}", str(turns)],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        for number in range(WRITERS)
    ]
    for each in started:
        assert each.stdout.readline() == b"ready\n"
    for each in started:
        each.stdin.write(b"go\n")
        each.stdin.flush()
    return started


def all_ended(started: list[subprocess.Popen[bytes]]) -> bool:
    return all(each.poll() is not None for each in started)


def close(started: list[subprocess.Popen[bytes]]) -> None:
    for each in started:
        each.communicate()
    assert [each.returncode for each in started] == [0] * WRITERS


def test_ours_meets_each_of_50_000_once_and_in_order(postgres_database):
    database = PostgresDatabase.create(postgres_database)
    turns = 50_000 // AT_ONCE // WRITERS
    started = writers("ours", postgres_database, turns)
    seen = follow(Recorder(database), lambda: all_ended(started))
    close(started)
    assert seen == list(range(1, turns * AT_ONCE * WRITERS + 1))
    database.close()


def test_the_librarys_functions_miss_some_so_this_test_can_fail(postgres_database):
    recorder = stock_recorder(postgres_database)
    turns = 300
    started = writers("stock", postgres_database, turns)
    seen = follow(recorder, lambda: all_ended(started))
    close(started)
    assert len(seen) == len(set(seen))
    assert len(seen) < turns * AT_ONCE * WRITERS
    recorder.datastore.close()
