"""A register for the rough tests: made small, fed by `casebook submit`, read when all is over."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from uuid import UUID

from services import assemble

ROOT = Path(__file__).parents[2]
Document = dict[str, Any]
Answer = dict[str, Any]
WHEN = "2025-03-03T09:40:00+00:00"
STAFF = {"jo.p": "officer", "mia.m": "communications_manager", "aud.i": "auditor"}
PROGRAM = "import sys; sys.argv[0] = 'casebook'; from services.cli.main import main; main()"


def founded(folder: Path) -> Path:
    """A register of one council with staff."""
    assemble.found(folder, ["ashfield"], "ad.min")
    with assemble.open_casework(folder) as casework:
        for staff, role in STAFF.items():
            post = {"staff": staff, "role": role, "from": "2012-01-01"}
            document = {"command": "appoint", "council": "ashfield", "actor": "ad.min"}
            assert casework.handle(document | post)["outcome"] == "accepted"
    return folder


def common(command: str, id: int, handle: str) -> Document:
    """What every command about an account says."""
    return {
        "command": command,
        "command_id": str(UUID(int=id)),
        "council": "ashfield",
        "actor": "jo.p",
        "account": {"platform": "facebook", "handle": handle, "name": "Maple Heron"},
        "occurred_at": WHEN,
    }


def flag(id: int, handle: str, **fields: Any) -> Document:
    """A complete flag; of a handle not yet known it opens a case, with two events."""
    item = {"kind": "comment", "text": "f*** off", "posted_at": WHEN}
    said = {"item": item, "source": {"kind": "officer"}, "why": "swearing"}
    return common("flag", id, handle) | said | fields


def note(id: int, handle: str) -> Document:
    """A note on a case that is there."""
    return common("note", id, handle) | {"text": f"note {id}"}


def lines(documents: Iterable[Document]) -> bytes:
    """The documents as JSON Lines."""
    return b"".join(json.dumps(document).encode() + b"\n" for document in documents)


def submit(folder: Path, *words: str, program: str = PROGRAM) -> subprocess.Popen[bytes]:
    """`casebook submit` of its own, fed from a pipe."""
    pipe = subprocess.PIPE
    command = [sys.executable, "-c", program, "submit", "-", *words, "--register", str(folder)]
    return subprocess.Popen(
        command, stdin=pipe, stdout=pipe, stderr=pipe, cwd=ROOT, env=_environment()
    )


def submit_file(folder: Path, file: Path, program: str = PROGRAM) -> subprocess.Popen[bytes]:
    """`casebook submit` of its own, of a file."""
    pipe = subprocess.PIPE
    command = [sys.executable, "-c", program, "submit", str(file), "--register", str(folder)]
    return subprocess.Popen(command, stdout=pipe, stderr=pipe, cwd=ROOT, env=_environment())


def _environment() -> dict[str, str]:
    return os.environ | {"PYTHONPATH": str(ROOT)}


def answers(printed: bytes) -> list[Answer]:
    """The answers on whole lines; a line that a kill cut off was never given."""
    return [json.loads(line) for line in printed.split(b"\n")[:-1]]


def whole(folder: Path, given: Iterable[Answer]) -> Counter[str]:
    """How many events each command left, after checking that the register is whole.

    Every answer given as accepted is there, with the events it lists; each command left all of
    its events or none; the views are those that a rebuild makes.
    """
    with assemble.open_casework(folder) as casework:
        assert casework.database.query("PRAGMA integrity_check") == [("ok",)]
        assert casework.differences() == []
        log = [event for batch in casework.register.history.batches() for event in batch]
        kept = dict(casework.database.query("SELECT command_id, answer FROM commands"))
    assert [position for position, _ in log] == list(range(1, len(log) + 1))
    bodies = [event.body for _, event in log if event.body["stream"]["kind"] == "account"]
    left = Counter(body["command_id"] for body in bodies)
    where = {(body["case"], body["sequence"]): body for body in bodies}
    assert len(where) == len(bodies)
    for answer in given:
        if answer["outcome"] == "accepted":
            for event in answer["events"]:
                body = where[answer["case"], event["sequence"]]
                assert (body["command_id"], body["type"]) == (answer["command_id"], event["type"])
            assert left[answer["command_id"]] == len(answer["events"])
    types: dict[str, list[str]] = {}
    for body in bodies:
        types.setdefault(body["command_id"], []).append(body["type"])
    halves = [found for found in types.values() if found == ["AccountOpened"]]
    assert halves == []
    assert left.keys() <= {_text(id) for id in kept}
    return left


def _text(id: object) -> str:
    return str(UUID(bytes=id)) if isinstance(id, bytes) else str(id)
