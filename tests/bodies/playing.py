"""Plays a body's case: its commands go in, and each answer and what stands in the end comes out."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from services import assemble
from services.faults import NotFound
from services.views.audit import audit_case
from tests.bodies.bodies import Body

MEMORY = Path("/dev/shm")  # where it is there, nothing waits for a disk
ABOUT_NOBODY = ("appoint", "end-appointment", "adopt-policy", "declare-period", "end-period")


@dataclass
class Clock:
    """Shows the time of the step that is played."""

    now: datetime

    def __call__(self) -> datetime:
        return self.now


class Played(NamedTuple):
    """The answer to each step, and for each person what `show`, the appeals and the audit say."""

    answers: list[dict[str, Any]]
    stands: dict[str, dict[str, Any]]


def play(body: Body, policy: str | None = None) -> Played:
    """Play the case under the body's policy, or another text of it."""
    clock = Clock(_moment(body.case["step"][0]["at"]))
    text = (body.policy if policy is None else policy).encode()
    with tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as folder:
        assemble.found(Path(folder) / "r", [body.id], "admin", clock, [text])
        with assemble.open_casework(Path(folder) / "r", clock) as casework:
            casework.handle_lines(_line(document) for document in _appointed(body))
            answers = []
            for step in body.case["step"]:
                clock.now = _moment(step["at"])
                answers += casework.handle_lines([_line(_document(body, step))])
            clock.now = datetime.fromisoformat(body.case["now"])
            return Played(answers, dict(_stands(body, casework, clock.now)))


def _appointed(body: Body) -> Iterator[dict[str, Any]]:
    for staff, role in body.case["staff"].items():
        said = {"staff": staff, "role": role, "from": "2012-01-01", "actor": "admin"}
        yield {"command": "appoint", "council": body.id, **said}


def _document(body: Body, step: dict[str, Any]) -> dict[str, Any]:
    said = {"command": step["do"], "council": body.id, "actor": step["by"]}
    if step["do"] not in ABOUT_NOBODY:
        said["account"] = body.case["people"][step["who"]]
    return said | {"occurred_at": _moment(step["at"]).isoformat()} | step.get("with", {})


def _moment(at: str) -> datetime:
    return datetime.fromisoformat(at).replace(tzinfo=UTC)


def _line(document: dict[str, Any]) -> bytes:
    return json.dumps(document).encode()


def _stands(
    body: Body, casework: assemble.Casework, now: datetime
) -> Iterator[tuple[str, dict[str, Any]]]:
    for name, account in body.case["people"].items():
        try:
            found = casework.reading.find_case(
                body.id, f"{account['platform']}/{account['handle']}"
            )
        except NotFound:
            yield name, {}
            continue
        audit = audit_case(casework.database, found.case_ref, now)
        yield (
            name,
            {
                **casework.reading.show(found),
                "appeals": casework.reading.appeals(found.case_ref, at=now.date()),
                "events": audit["events"] if audit else [],
            },
        )
