"""Blocks of the year before, entered when the register is new: their appeals come due in it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid5

from tests.year import days
from tests.year.councils import ASHFIELD, COUNCILS

Document = dict[str, Any]
NAMESPACE = uuid5(__import__("uuid").NAMESPACE_URL, "casebook.example")


def blocks_before(first_day: Any, rng: Any, count: int) -> list[Document]:
    """Everything that led to each of these blocks, as commands about the past."""
    made: list[Document] = []
    for council in COUNCILS.values():
        for number in range(count):
            day = first_day - timedelta(days=rng.randint(15, 360))
            at = days.london(day, 10, rng.randint(0, 59))
            ashfield = council is ASHFIELD
            made += (_in_ashfield if ashfield else _in_northants)(council.id, number, at)
    for index, document in enumerate(made):
        document["command_id"] = str(uuid5(NAMESPACE, str(index)))
    return made


def _common(council: str, number: int, at: datetime) -> Document:
    account = {"platform": "facebook", "handle": f"earlier.{number}", "name": f"Earlier {number}"}
    return {"council": council, "actor": "jo", "account": account, "occurred_at": days.written(at)}


def _incident(council: str, number: int, at: datetime, incident: int) -> list[Document]:
    item = {"kind": "comment", "posted_at": days.written(at - timedelta(hours=1)), "text": "words"}
    steps: list[Document] = [
        {"command": "flag", "item": item, "source": {"kind": "officer"}, "why": "abuse"},
        {"command": "capture", "incident": incident, "held_at": "S:/old"},
        {
            "command": "uphold",
            "incident": incident,
            "findings": [{"category": "abusive_threatening", "sub_reason": "abuse"}],
            "viewpoint_neutral": True,
        },
    ]
    later = (at + timedelta(minutes=index) for index in range(len(steps)))
    return [_common(council, number, when) | step for step, when in zip(steps, later, strict=True)]


def _block(ground: str, scope: str, incidents: list[int]) -> Document:
    return {
        "command": "block",
        "ground": ground,
        "scope": scope,
        "incidents": incidents,
        "channels": "all",
        "reason": "again and again",
        "proportionality": {"aim": "protect staff", "less_intrusive": "nothing helped"},
    }


def _in_ashfield(council: str, number: int, at: datetime) -> list[Document]:
    made = _incident(council, number, at - timedelta(days=3), 1)
    made += _incident(council, number, at - timedelta(hours=3), 2)
    for incident in (1, 2):
        hidden = at - timedelta(minutes=30 - incident)
        made.append(_common(council, number, hidden) | {"command": "hide", "incident": incident})
    made.append(_common(council, number, at) | _block("continues", "interacting", [1, 2]))
    applied = {"command": "apply-block", "block": 1, "channel": "facebook", "result": "applied"}
    # Of every third the block was on the page before it was decided: the clock starts then (D-3).
    when = at - timedelta(days=2) if number % 3 == 0 else at + timedelta(minutes=5)
    made.append(_common(council, number, when) | applied)
    return made


def _in_northants(council: str, number: int, at: datetime) -> list[Document]:
    made = _incident(council, number, at - timedelta(days=9), 1)
    for minute, via in enumerate(("public_reply", "direct_message")):
        asked = {"command": "ask-removal", "incident": 1, "via": via, "delivery": "sent"}
        made.append(
            _common(council, number, at - timedelta(days=9) + timedelta(minutes=9 + minute)) | asked
        )
    made.append(_common(council, number, at) | _block("non_compliance", "access", [1]))
    told = {"command": "notify-block", "block": 1, "via": "direct_message", "delivery": "sent"}
    made.append(_common(council, number, at + timedelta(minutes=4)) | told)
    applied = {"command": "apply-block", "block": 1, "channel": "facebook", "result": "applied"}
    made.append(_common(council, number, at + timedelta(minutes=5)) | applied)
    return made
