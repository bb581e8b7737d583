"""`python -m tests.soak.writer`: one person at work, who sends again whatever got no answer."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from time import sleep
from typing import Any
from uuid import NAMESPACE_OID, uuid5

from services import assemble
from services.faults import Fault

COUNCIL = "ashfield"
PAUSE = 0.02
Answer = dict[str, Any]


class Journal:
    """What was answered, a line each, written only once the answer is there."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.answers = answers_in(path)
        self._file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT)

    def note(self, answer: Answer) -> None:
        """Keep an answer, in one write, so that a kill leaves a whole line or none."""
        os.write(self._file, json.dumps(answer).encode() + b"\n")
        self.answers.append(answer)


def answers_in(path: Path) -> list[Answer]:
    """The answers that a person was given, in order."""
    if not path.exists():
        return []
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def document(name: str, number: int, answers: list[Answer]) -> dict[str, Any]:
    """The command of that number: the same each time it is sent."""
    named = str(uuid5(NAMESPACE_OID, f"{name}-{number}"))
    command = {"command_id": named, "council": COUNCIL, "actor": "jo.p"}
    if number % 6 == 0:
        return {**command, **flag(f"{name}.{number}")}
    if number % 6 == 1:  # an account that all of them write to
        return {**command, **flag(f"everybodys.{number % 5}")}
    return {
        **command,
        "command": "note",
        "case": answers[-1]["case"],
        "text": f"call {number}",
    }


def flag(handle: str) -> dict[str, Any]:
    """Something was posted by that account."""
    return {
        "command": "flag",
        "account": {"platform": "facebook", "handle": handle, "name": "Maple Heron"},
        "item": {"kind": "comment", "posted_at": "2026-01-05T09:00:00+00:00", "text": "f*** you"},
        "source": {"kind": "officer"},
        "why": "abusive words",
    }


def work(address: str, name: str, journal: Journal, stop: Path) -> None:
    """Send command after command until the file `stop` is there."""
    with assemble.open_casework(address) as casework:
        while not stop.exists():
            answer = casework.handle(document(name, len(journal.answers), journal.answers))
            first = answer.get("first", answer)
            if first["outcome"] == "conflict":
                continue  # send it again
            journal.note({**first, "again": answer["outcome"] == "duplicate"})
            sleep(PAUSE)


def main() -> None:
    """Work on, whatever happens to the register."""
    address, name, journal, stop = sys.argv[1:]
    while not Path(stop).exists():
        try:
            work(address, name, Journal(Path(journal)), Path(stop))
        except Fault as fault:
            print(fault.message, file=sys.stderr, flush=True)
            sleep(0.2)


if __name__ == "__main__":
    main()
