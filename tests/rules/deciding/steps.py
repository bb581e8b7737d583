"""Steps that the tests of proposals, lengths and hearings share."""

from __future__ import annotations

from typing import Any

from services.views.audit import audit_case
from tests.scenarios import PROPORTIONATE, Scenario

ABUSE = [{"category": "abuse"}]


def terms(*incidents: int, **fields: Any) -> dict[str, Any]:
    """What a block, or a proposal of one, is made of."""
    return {
        "ground": "breach",
        "incidents": list(incidents),
        "scope": "commenting",
        "channels": ["facebook"],
        "reason": "abuse that went on",
        "proportionality": PROPORTIONATE,
        "adjustments_considered": "none known",
    } | fields


def found_abusive(council: Scenario, day: str = "2026-03-02") -> int:
    """One upheld incident of an account; its number."""
    return council.upheld(day, ABUSE)


def proposed(council: Scenario, day: str = "2026-03-03", **fields: Any) -> int:
    """A block proposed by jo.p for one upheld incident; its number."""
    incident = found_abusive(council)
    answer = council.given("propose-block", day, **terms(incident, **fields))
    number: int = answer["events"][0]["block"]
    return number


def events(council: Scenario, type_: str | None = None) -> list[dict[str, Any]]:
    """The events of the present case as the audit shows them, in order."""
    audit = audit_case(council.casework.database, council.case, council.now)
    assert audit is not None
    return [event for event in audit["events"] if type_ in (None, event["type"])]


def next_commands(council: Scenario) -> dict[str, list[str]]:
    """What `show` says may be done next, each with the roles that it is left to."""
    found = council.casework.reading.show(council.casework.reading.find_case(None, council.case))
    return {step["command"]: step["by"] for step in found["next"]}
