"""A file that several processes decide, when one of them ends or fails on the way."""

import os
import random
import signal
import sys
from pathlib import Path

import pytest

from tests.clerks.files import large
from tests.crash import nursery
from tests.crash.registers import (
    PROGRAM,
    answers,
    flag,
    founded,
    lines,
    note,
    submit_file,
    whole,
)

pytestmark = pytest.mark.slow
KILLS = 10
A_FILE = 1200
ACCOUNTS = 150
UNDER_A_LIMIT = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (1_500_000,) * 2); "


def documents(first, count=A_FILE):
    """Each account is flagged, then noted upon again and again."""
    made = [flag(id, f"heron.{id}") for id in range(1, ACCOUNTS + 1)]
    return made + [note(id, f"heron.{id % ACCOUNTS + 1}") for id in range(first, first + count)]


def file_of(path, made):
    path.write_bytes(large(lines(made)))
    return path


def given_in(printed, given):
    """Take the answers that were printed whole to those given before; the first answer stays."""
    for answer in answers(printed):
        answer = answer.get("first", answer)
        assert answer["outcome"] == "accepted", answer
        assert given.setdefault(answer["command_id"], answer) == answer


def test_a_kill_at_any_moment_keeps_what_was_answered_and_halves_nothing(tmp_path):
    folder, moments = founded(tmp_path / "register"), random.Random(20250303)
    rounds = []
    for number in range(KILLS):
        # Half of each file is new; the clerks of the one before may be at their last group still.
        file = file_of(tmp_path / f"{number}.jsonl", documents(1000 + number * A_FILE // 2))
        words = ["submit", str(file), "--register", str(folder)]
        first = bool(number % 2)
        wait = moments.uniform(0, 0.3 if first else 0.5)
        rounds.append({"words": words, "wait": wait, "after_first_answer": first})
    given, killed = {}, 0
    for ended in nursery.killed(rounds, sys.executable):
        killed += ended["killed"]
        given_in(ended["printed"].encode(), given)
    assert killed > KILLS / 3
    for number in range(0, KILLS, KILLS - 1):
        process = submit_file(folder, tmp_path / f"{number}.jsonl")
        printed, errors = process.communicate(timeout=120)
        assert (process.returncode, errors) == (0, b"")
        assert len(answers(printed)) == ACCOUNTS + A_FILE
        given_in(printed, given)
    left = whole(folder, given.values())
    assert given.keys() <= left.keys()


def test_a_clerk_that_is_killed_is_told_and_the_same_file_brings_the_rest(tmp_path):
    folder = founded(tmp_path / "register")
    made = documents(1000, 5000)
    file = file_of(tmp_path / "file", made)
    process = submit_file(folder, file)
    printed = process.stdout.readline()
    os.kill(random.Random(7).choice(children_of(process.pid)), signal.SIGKILL)
    printed += process.stdout.read()
    told = process.stderr.read().decode()
    assert process.wait(60) == 1
    process.stdout.close()
    process.stderr.close()
    assert len(told.splitlines()) == 1
    assert "ended from outside" in told
    given = {}
    given_in(printed, given)
    assert 0 < len(given) < len(made)
    again = submit_file(folder, file)
    printed, errors = again.communicate(timeout=120)
    assert (again.returncode, errors) == (0, b"")
    found = answers(printed)
    assert [answer["command_id"] for answer in found] == [each["command_id"] for each in made]
    known = [answer for answer in found if answer["command_id"] in given]
    assert len(known) == len(given)
    assert {answer["outcome"] for answer in known} == {"duplicate"}
    given_in(printed, given)
    assert whole(folder, given.values()).keys() == {each["command_id"] for each in made}


def test_a_full_disk_is_told_once_and_halves_nothing(tmp_path):
    folder = founded(tmp_path / "register")
    many = [flag(id, f"heron.{id}", why="x" * 200) for id in range(1, 2500)]
    file = file_of(tmp_path / "file", many)
    limited = submit_file(folder, file, UNDER_A_LIMIT + PROGRAM)
    printed, errors = limited.communicate(timeout=120)
    assert limited.returncode == 1
    [told] = errors.decode().splitlines()
    assert "disk is full" in told
    given = answers(printed)
    assert whole(folder, given).keys() >= {answer["command_id"] for answer in given}


def test_two_large_files_about_the_same_accounts_lose_nothing_and_double_nothing(tmp_path):
    folder = founded(tmp_path / "register")
    files = [file_of(tmp_path / str(n), documents(n * 10_000)) for n in (1, 2)]
    writers = [submit_file(folder, file) for file in files]
    given = {}
    for writer in writers:
        printed, errors = writer.communicate(timeout=120)
        assert (writer.returncode, errors) == (0, b"")
        assert len(answers(printed)) == ACCOUNTS + A_FILE
        given_in(printed, given)
    left = whole(folder, given.values())
    assert sum(left.values()) == 2 * ACCOUNTS + 2 * A_FILE


def children_of(pid):
    """The processes that a process has started."""
    found = Path(f"/proc/{pid}/task/{pid}/children").read_text()
    return [int(child) for child in found.split()]
