"""`casebook submit`: one durable answer for each line, in order."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from uuid import UUID

import pytest

from tests.cli.conftest import PROGRAM, ROOT, everything, process

WHEN = "2025-03-03T09:40:00+00:00"


def flag(number, **fields):
    """A flag on an account of its own."""
    return {
        "command": "flag",
        "command_id": str(UUID(int=number)),
        "council": "ashfield",
        "actor": "jo.p",
        "account": {"platform": "facebook", "handle": f"heron.{number}", "name": "Heron"},
        "occurred_at": WHEN,
        "item": {"kind": "comment", "text": "f***", "posted_at": WHEN},
        "source": {"kind": "officer"},
        "why": "swearing",
        **fields,
    }


def written(path, *lines):
    """A file of these lines."""
    path.write_bytes(
        b"".join((x if isinstance(x, bytes) else json.dumps(x).encode()) + b"\n" for x in lines)
    )
    return str(path)


def outcomes(ran):
    return [json.loads(line)["outcome"] for line in ran.out.splitlines()]


def test_each_line_has_its_answer_in_order(register, casebook, tmp_path):
    file = written(tmp_path / "in", *(flag(number) for number in range(1100)))
    ran = casebook("submit", file)
    assert (ran.code, ran.err) == (0, "")
    answers = [json.loads(line) for line in ran.out.splitlines()]
    assert [UUID(answer["command_id"]).int for answer in answers] == list(range(1100))


def test_the_same_file_again_changes_nothing(register, casebook, tmp_path):
    refused = flag(2, why="")
    file = written(tmp_path / "in", flag(1), refused, b"", flag(3))
    first = casebook("submit", file)
    before = everything(register)
    again = casebook("submit", file)
    assert (first.code, again.code) == (3, 3)
    assert outcomes(first) == ["accepted", "refused", "accepted"]
    assert outcomes(again) == ["duplicate", "refused", "duplicate"]
    accepted = [json.loads(line) for line in first.out.splitlines() if "accepted" in line]
    firsts = [json.loads(line).get("first") for line in again.out.splitlines()]
    assert [firsts[0], firsts[2]] == accepted
    assert everything(register) == before


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        ([], 0),
        ([flag(1)], 0),
        ([flag(1), flag(1)], 0),
        ([flag(1), flag(2, why="")], 3),
        ([flag(1, council="nowhere"), flag(2, why="")], 4),
        ([b"not json", flag(2, why="")], 3),
        ([b"not json", flag(2)], 2),
    ],
)
def test_it_ends_with_the_highest_code_of_its_lines(register, casebook, tmp_path, lines, code):
    ran = casebook("submit", written(tmp_path / "in", *lines))
    assert ran.code == code
    assert len(outcomes(ran)) == len(lines)


def test_it_may_stop_at_the_first_line_not_accepted(register, casebook, tmp_path):
    file = written(tmp_path / "in", flag(1), flag(1), flag(2, why=""), flag(3))
    ran = casebook("submit", "--stop-on-error", file)
    assert ran.code == 3
    assert outcomes(ran) == ["accepted", "duplicate", "refused"]
    assert len(casebook("cases", "--json").json) == 1


@pytest.mark.parametrize("name", ["gone.jsonl", "."])
def test_a_file_that_is_not_there_is_wrongly_asked(register, casebook, name):
    ran = casebook("submit", name)
    assert (ran.code, ran.out) == (2, "")
    assert f"{name} can't be read" in ran.err


@pytest.mark.slow
def test_what_comes_through_a_pipe_is_answered_before_more_comes(register):
    speaking = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, "submit", "-"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=ROOT,
    )
    with speaking:
        for number in range(3):
            speaking.stdin.write(json.dumps(flag(number)).encode() + b"\n")
            speaking.stdin.flush()
            answer = json.loads(speaking.stdout.readline())
            assert (answer["outcome"], UUID(answer["command_id"]).int) == ("accepted", number)
        speaking.stdin.close()
    assert speaking.returncode == 0


@pytest.mark.slow
def test_a_reader_that_goes_away_is_no_trouble(register, tmp_path):
    file = written(tmp_path / "in", *(flag(number) for number in range(2000)))
    command = [sys.executable, "-c", PROGRAM, "submit", file]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(command, cwd=ROOT, **pipes) as speaking:
        speaking.stdout.readline()
        speaking.stdout.close()
        assert speaking.stderr.read() == b""
    assert speaking.returncode == 1


@pytest.mark.slow
def test_answers_that_can_not_be_written_are_told_in_one_line(register, tmp_path):
    file = written(tmp_path / "in", flag(1))
    with Path("/dev/full").open("wb") as full:
        command = [sys.executable, "-c", PROGRAM, "submit", file]
        ran = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, cwd=ROOT, check=False)
    assert ran.returncode == 1
    assert len(ran.stderr.splitlines()) == 1
    assert b"No space left on device" in ran.stderr


@pytest.mark.slow
def test_a_line_of_50_mb_is_answered_and_never_held(register, tmp_path):
    file = tmp_path / "in"
    with file.open("wb") as lines:
        lines.write(b'{"text": "')
        for _ in range(50):
            lines.write(b"a" * 1_000_000)
        lines.write(b'"}\n' + json.dumps(flag(1)).encode())
    least = "import resource; resource.setrlimit(resource.RLIMIT_AS, (1_000_000_000,) * 2)"
    ran = process("submit", str(file), before=least)
    long, sound = map(json.loads, ran.stdout.splitlines())
    assert ran.returncode == 2
    assert long["outcome"] == "invalid"
    assert "50,000,012 bytes long" in long["errors"][0]["problem"]
    assert sound["outcome"] == "accepted"
