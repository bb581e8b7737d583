"""Plays a body's case: its commands go in, and each answer and what stands in the end comes out."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from services import assemble
from services.faults import NotFound
from services.views.audit import audit_case
from tests.bodies.bodies import Body
from tests.modes import end_of, register_at

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


def play(body: Body) -> Played:
    """Play the case under the body's policy."""
    played = play_while_alike(body, body.policy, None)
    assert played is not None
    return played


def play_while_alike(body: Body, policy: str, before: Played | None) -> Played | None:
    """Play the case under a text of the policy; None as soon as a step ends not as before."""
    with _register(body, policy) as (casework, clock):
        answers: list[dict[str, Any]] = []
        for answer in _answers(body, casework, clock):
            if before and _gist(answer) != _gist(before.answers[len(answers)]):
                return None
            answers.append(answer)
        clock.now = datetime.fromisoformat(body.case["now"])
        return Played(answers, dict(_stands(body, casework, clock.now)))


@contextmanager
def _register(body: Body, policy: str) -> Iterator[tuple[assemble.Casework, Clock]]:
    clock = Clock(_moment(body.case["step"][0]["at"]))
    with tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as folder:
        register = Path(folder) / "r"
        where = register_at(register)
        assemble.found(where, [body.id], "admin", clock, [policy.encode()])
        with assemble.open_casework(where, clock) as casework:
            casework.handle_lines(_line(document) for document in _appointed(body))
            yield casework, clock
        end_of(register)


def _answers(body: Body, casework: assemble.Casework, clock: Clock) -> Iterator[dict[str, Any]]:
    for step in body.case["step"]:
        clock.now = _moment(step["at"])
        yield from casework.handle_lines([_line(_document(body, step))])


def _gist(answer: dict[str, Any]) -> list[Any]:
    verdict = answer.get("verdict") or {}
    numbered = [rule["rule"] for rule in verdict.get("rules", ())]
    owed = [duty["code"] for duty in verdict.get("duties", ())]
    done = [event["type"] for event in answer.get("events", ())]
    return [answer["outcome"], done, numbered, verdict.get("missing"), owed]


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
