"""The answer to a command: one shape, whatever came of it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import schemas

Answer = dict[str, Any]
NUMBERED = ("incident", "evidence", "block", "appeal", "complaint")
NO_VERDICT: Answer = {
    "allowed": False,
    "rules": [],
    "missing": [],
    "allowed_from": None,
    "instead": [],
    "duties": [],
    "warnings": [],
    "judged_by": [],
}


def plain(command_id: str | None, outcome: str, why: list[str]) -> Answer:
    """An answer about no case, such as not_found."""
    return {
        "command_id": command_id,
        "outcome": outcome,
        "case": None,
        "version": None,
        "events": [],
        "verdict": NO_VERDICT,
        "why": why,
    }


def invalid(command_id: Any, faults: Iterable[schemas.Fault]) -> Answer:
    """The answer to a document that is wrong, with all that is wrong."""
    found = list(faults)
    why = [f"{f.path}: {f.problem}; wanted: {f.wanted}" if f.path else f.problem for f in found]
    given = command_id if isinstance(command_id, str) else None
    answer = plain(given, "invalid", why)
    answer["errors"] = [{"path": f.path, "problem": f.problem, "wanted": f.wanted} for f in found]
    return answer


def events_in(bodies: Iterable[dict[str, Any]]) -> list[Answer]:
    """The events as an answer lists them, with the number that each made or is about."""
    listed = []
    for body in bodies:
        # A link's evidence may be words, which are personal and belong in the event alone.
        data = {key: body["data"].get(key) for key in NUMBERED}
        numbers = {key: value for key, value in data.items() if isinstance(value, int)}
        listed.append({"type": body["type"], "sequence": body["sequence"], **numbers})
    return listed


def events_elsewhere(bodies: Iterable[dict[str, Any]]) -> list[Answer]:
    """The events of a command that stand in the history of another case, with that case."""
    return [event | {"case": body["case"]} for body in bodies for event in events_in([body])]
