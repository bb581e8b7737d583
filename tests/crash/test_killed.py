"""`kill -9` at any moment of a submit, and a disk that fills up in the middle of one."""

import json
import random
import sys

import pytest

from tests.crash import nursery
from tests.crash.registers import PROGRAM, answers, flag, founded, lines, note, submit, whole

pytestmark = pytest.mark.slow
KILLS = 200
A_FILE = 160

UNDER_A_LIMIT = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (1_500_000,) * 2); "


def documents(first):
    """Flags on new accounts, two events each, and notes on an account that all share."""
    made = [flag(1, "shared.heron")]
    for id in range(first, first + A_FILE):
        made.append(flag(id, f"heron.{id}") if id % 3 == 0 else note(id, "shared.heron"))
    return made


def test_a_kill_at_any_moment_keeps_what_was_answered_and_halves_nothing(tmp_path):
    folder, moments = founded(tmp_path / "register"), random.Random(20250303)
    rounds = []
    for number in range(KILLS):
        # Half of each file is new; the rest was sent before, and perhaps killed on the way.
        file = tmp_path / f"{number}.jsonl"
        file.write_bytes(lines(documents(2 + number * A_FILE // 2)))
        words = ["submit", str(file), "--register", str(folder)]
        one_by_one = bool(number % 2)
        words += ["--stop-on-error"] if one_by_one else []
        wait = moments.uniform(0.005, 0.06)
        rounds.append({"words": words, "wait": wait, "after_first_answer": one_by_one})
    given, killed = {}, 0
    for ended in nursery.killed(rounds, sys.executable):
        killed += ended["killed"]
        for answer in answers(ended["printed"].encode()):
            answer = answer.get("first", answer)
            assert answer["outcome"] == "accepted", answer
            assert given.setdefault(answer["command_id"], answer) == answer
    assert killed > KILLS * 0.6  # a fast machine is done before some of the kills
    left = whole(folder, given.values())
    assert given.keys() <= left.keys()
    expected = {d["command_id"]: d for n in range(KILLS) for d in documents(2 + n * A_FILE // 2)}
    for id, events in left.items():
        assert events == (2 if expected[id]["command"] == "flag" else 1)
    assert len(given) > 10  # a slow machine answers little before it is killed


def test_a_full_disk_is_told_in_one_line_and_halves_nothing(tmp_path):
    folder = founded(tmp_path / "register")
    limited = submit(folder, "--stop-on-error", program=UNDER_A_LIMIT + PROGRAM)
    many = [flag(id, f"heron.{id}", why="x" * 200) for id in range(1, 2000)]
    printed, errors = limited.communicate(lines(many), timeout=60)
    assert limited.returncode == 1
    [told] = errors.decode().splitlines()
    assert "disk is full" in told
    assert str(folder) in told
    given = answers(printed)
    assert len(given) > 10
    assert whole(folder, given).keys() == {answer["command_id"] for answer in given}
    rest = submit(folder)
    more, errors = rest.communicate(lines(many[: len(given) + 5]), timeout=60)
    outcomes = [json.loads(line)["outcome"] for line in more.splitlines()]
    assert outcomes == ["duplicate"] * len(given) + ["accepted"] * 5
    assert errors == b""


def test_a_full_disk_under_a_large_group_records_none_of_the_group(tmp_path):
    folder = founded(tmp_path / "register")
    limited = submit(folder, program=UNDER_A_LIMIT + PROGRAM)
    many = [flag(id, f"heron.{id}", why="x" * 200) for id in range(1, 500)]
    printed, errors = limited.communicate(lines(many), timeout=60)
    assert limited.returncode == 1
    assert len(errors.decode().splitlines()) == 1
    given = answers(printed)
    assert whole(folder, given).keys() == {answer["command_id"] for answer in given}
