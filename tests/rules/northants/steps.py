"""Steps that the scenarios of North Northamptonshire share, and its record read in order."""

from __future__ import annotations

from typing import Any

from services.views.audit import audit_case
from tests.scenarios import PROPORTIONATE, Answer, Scenario

WAYS = ("public_reply", "direct_message")


def events(council: Scenario, type_: str | None = None) -> list[dict[str, Any]]:
    """The events of the present case as the audit shows them, in order."""
    audit = audit_case(council.casework.database, council.case, council.now)
    assert audit is not None
    return [event for event in audit["events"] if type_ in (None, event["type"])]


def asked_both_ways(council: Scenario, incident: int, at: str) -> None:
    """Ask the author, in public and by direct message, to take the item down."""
    for way in WAYS:
        council.given("ask-removal", at, incident=incident, via=way, delivery="sent")


def block(
    council: Scenario, at: str, ground: str, *incidents: int, scope: str = "access", **fields: Any
) -> Answer:
    """The answer to a decision to block on Facebook."""
    told = {"channels": ["facebook"], "reason": "the words recorded"}
    told |= {"proportionality": PROPORTIONATE, "adjustments_considered": "none known"}
    return council.when(
        "block", at, ground=ground, incidents=list(incidents), scope=scope, **(told | fields)
    )


def blocked(council: Scenario, at: str = "2026-03-03", **fields: Any) -> int:
    """A block of an account for one explicit post; its number."""
    incident = council.upheld(at, explicit=True)
    answer = block(council, at, "explicit", incident, **fields)
    assert answer["outcome"] == "accepted", answer
    number: int = answer["events"][0]["block"]
    return number
