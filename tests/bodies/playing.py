"""Plays a body's case: its commands go in, and each answer and what stands in the end comes out."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from services import assemble
from services.views.audit import audit_case
from tests.bodies.bodies import Body

MEMORY = Path("/dev/shm")  # where it is there, nothing waits for a disk
ABOUT_NOBODY = ("appoint", "end-appointment", "adopt-policy", "declare-period", "end-period")


class Played(NamedTuple):
    """The answer to each step, and for each person what `show`, the appeals and the audit say."""

    answers: list[dict[str, Any]]
    stands: dict[str, dict[str, Any]]


def play(body: Body, policy: str | None = None) -> Played:
    """Play the case under the body's policy, or another text of it."""
    now = datetime.fromisoformat(body.case["now"])
    text = (body.policy if policy is None else policy).encode()
    with tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as folder:
        assemble.found(Path(folder) / "r", [body.id], "admin", lambda: now, [text])
        with assemble.open_casework(Path(folder) / "r", lambda: now) as casework:
            sent = [_line(document) for document in _documents(body)]
            answers = list(casework.handle_lines(sent))
            return Played(answers[-len(body.case["step"]) :], dict(_stands(body, casework, now)))


def _documents(body: Body) -> Iterator[dict[str, Any]]:
    for staff, role in body.case["staff"].items():
        said = {"staff": staff, "role": role, "from": "2012-01-01", "actor": "admin"}
        yield {"command": "appoint", "council": body.id, **said}
    for step in body.case["step"]:
        said = {"command": step["do"], "council": body.id, "actor": step["by"]}
        if step["do"] not in ABOUT_NOBODY:
            said["account"] = body.case["people"][step["who"]]
        yield said | {"occurred_at": _moment(step["at"])} | step.get("with", {})


def _moment(at: str) -> str:
    return datetime.fromisoformat(at).replace(tzinfo=UTC).isoformat()


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
        except LookupError:
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
