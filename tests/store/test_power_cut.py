"""PostgreSQL killed with `kill -9`, and connections cut: nothing that was told is lost."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from uuid import UUID

import psycopg
import pytest

from services import assemble
from services.faults import AnswerLost, ServerUnreachable
from services.store.postgres import PostgresDatabase
from services.store.register import Register
from tests.crash.registers import flag, founded, note
from tests.servers import new_database
from tests.store.cutting import Cutting
from tests.store.notes import ROOT, Pad

pytestmark = pytest.mark.slow

WRITERS, KILLS = 3, 4
WRITER = """
import json, sys
from services import assemble
from services.faults import Fault
from tests.crash.registers import note

with assemble.open_casework(sys.argv[1], views=assemble.Views.ELSEWHERE) as casework:
    for number in range(int(sys.argv[2]), int(sys.argv[2]) + 100_000):
        try:
            answer = casework.handle(note(number, f"heron.{number % 3}"))
        except Fault as fault:
            print(type(fault).__name__, flush=True)
            break
        print(json.dumps([answer["command_id"], answer["outcome"]]), flush=True)
"""
READER = """
import sys
from services import assemble
from services.faults import Fault

with assemble.open_casework(sys.argv[1], views=assemble.Views.ELSEWHERE) as casework:
    position = int(sys.argv[2])
    while True:
        try:
            batch = casework.register.history.batch(after=position, size=500)
        except Fault:
            break
        if batch:
            position = batch[-1][0]
            print(position, batch[-1][1].body["command_id"], flush=True)
"""


def started(script: str, *words: object) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", script, *map(str, words)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )


def test_what_was_answered_or_passed_on_outlasts_the_server(own_postgres):
    address = new_database(own_postgres.address)
    founded(address)
    with assemble.open_casework(address) as casework:
        for number in range(3):
            assert casework.handle(flag(number, f"heron.{number}"))["outcome"] == "accepted"
    moments = random.Random(20250303)
    answered: set[str] = set()
    passed_on: list[tuple[int, str]] = []
    for kill in range(KILLS):
        writers = [started(WRITER, address, 10**6 * (kill * 10 + n + 1)) for n in range(WRITERS)]
        reader = started(READER, address, passed_on[-1][0] if passed_on else 0)
        first = [writer.stdout.readline() for writer in writers]
        time.sleep(moments.uniform(0.3, 1.2))
        own_postgres.process.kill()
        for line, writer in zip(first, writers, strict=True):
            # Not by `communicate`: it would lose what was read along with the first line.
            said = (line + writer.stdout.read()).splitlines()
            writer.stdout.close()
            writer.wait(timeout=60)
            assert said[-1] in ("AnswerLost", "ServerUnreachable")
            told = [json.loads(each) for each in said[:-1]]
            assert {outcome for _, outcome in told} <= {"accepted"}
            answered |= {command_id for command_id, _ in told}
        for line in reader.communicate(timeout=60)[0].splitlines():
            position, command_id = line.split()
            passed_on.append((int(position), command_id))
        own_postgres.start()
    with assemble.open_casework(address) as casework:
        events = [each for batch in casework.register.history.batches() for each in batch]
        assert [position for position, _ in events] == list(range(1, len(events) + 1))
        by_command: dict[str, list[int]] = {}
        for position, event in events:
            by_command.setdefault(event.body["command_id"], []).append(position)
        assert answered <= set(by_command)
        assert all(len(by_command[command_id]) == 1 for command_id in answered)
        for position, command_id in passed_on:
            assert position in by_command[command_id]
        assert casework.differences() == []
    assert len(answered) > 10 * KILLS
    assert passed_on


@pytest.fixture
def between(own_postgres) -> Iterator[Register]:
    """A register whose last writer has committed, and is killed before it has flushed."""
    address = new_database(own_postgres.address)
    database = PostgresDatabase.create(address)
    with psycopg.connect(own_postgres.address, autocommit=True) as connection:
        connection.execute("ALTER SYSTEM SET wal_writer_delay = '10s'")
        connection.execute("SELECT pg_reload_conf()")
    time.sleep(0.5)
    register = Register(database)
    pad = Pad(UUID(int=1))
    pad.write("first")
    register.save(pad)
    with psycopg.connect(address) as writer:
        writer.execute("SET LOCAL synchronous_commit = off")
        writer.execute("INSERT INTO events SELECT 2, stream, 2, type, body FROM events")
    yield register
    database.close()


def left(own_postgres, register: Register) -> int | None:
    own_postgres.process.kill()
    own_postgres.start()
    database = PostgresDatabase.open(register.database.address)
    try:
        return Register(database).recorder.max_notification_id()
    finally:
        database.close()


def test_the_tail_is_safe_before_it_is_passed_on(own_postgres, between):
    assert between.history.batch(after=0, size=10)[-1][0] == 2
    assert left(own_postgres, between) == 2


def test_without_that_it_would_be_lost_so_the_test_above_can_fail(own_postgres, between):
    assert between.database.query("SELECT max(position) FROM events") == [(2,)]
    assert left(own_postgres, between) == 1


def test_a_reply_that_is_lost_is_told_so_and_comes_at_the_next_try(own_postgres):
    address = new_database(own_postgres.address)
    founded(address)
    with (
        Cutting(own_postgres.folder, address) as cutting,
        assemble.open_casework(cutting.address) as casework,
    ):
        assert casework.handle(flag(1, "maple.heron"))["outcome"] == "accepted"
        cutting.cut_the_reply_to(b"casebook_append")
        with pytest.raises(AnswerLost, match="same command_id") as raised:
            casework.handle(note(2, "maple.heron"))
        assert "\n" not in raised.value.message
        again = casework.handle(note(2, "maple.heron"))
        assert again["outcome"] == "duplicate"
        assert [event["sequence"] for event in again["first"]["events"]] == [3]
        cutting.cut_the_reply_to(b"casebook_append")
        unnamed = note(0, "maple.heron")
        del unnamed["command_id"]
        answer = casework.handle(unnamed)
        assert (answer["outcome"], answer["version"]) == ("accepted", 4)
        cutting.cut_the_reply_to(b"COMMIT")
        appoint = {"command": "appoint", "staff": "new", "role": "officer", "from": "2026-01-01"}
        office = {"command_id": str(UUID(int=3)), "council": "ashfield", "actor": "ad.min"}
        with pytest.raises(AnswerLost):
            casework.handle(appoint | office)
        assert casework.handle(appoint | office)["outcome"] == "duplicate"
        assert casework.handle(note(4, "maple.heron"))["version"] == 5
        assert casework.differences() == []


def test_a_server_that_is_away_for_a_while_is_found_again(own_postgres):
    address = new_database(own_postgres.address)
    founded(address)
    with assemble.open_casework(address) as casework:
        assert casework.handle(flag(1, "maple.heron"))["outcome"] == "accepted"
        own_postgres.process.kill()
        with pytest.raises(ServerUnreachable):
            casework.handle(note(2, "maple.heron"))
        with pytest.raises(ServerUnreachable):
            casework.handle(note(2, "maple.heron"))
        own_postgres.start()
        assert casework.handle(note(2, "maple.heron"))["outcome"] == "accepted"
