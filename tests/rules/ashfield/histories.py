"""Histories that many of Ashfield's tests start from."""

from __future__ import annotations

from typing import Any

from services.views.audit import audit_case
from tests.scenarios import PROPORTIONATE, Answer, Scenario, rules_of

HATE = [{"category": "hate", "characteristics": ["age"]}]
OWNER = {"kind": "owner", "checked": "a code shown on the profile"}


def block_of(incidents: list[int], **fields: Any) -> dict[str, Any]:
    """What a block for continuing behaviour on every channel is made of."""
    return {
        "ground": "continues",
        "incidents": incidents,
        "scope": "interacting",
        "channels": "all",
        "reason": "went on after the first post was hidden",
        "proportionality": PROPORTIONATE,
    } | fields


def twice_upheld_and_hidden(scenario: Scenario, day: str) -> list[int]:
    """Two incidents of one account, both upheld and hidden on that day."""
    incidents = [scenario.upheld(day), scenario.upheld(day)]
    for incident in incidents:
        scenario.given("hide", day, incident=incident)
    return incidents


def blocked(scenario: Scenario, at: str, **fields: Any) -> Answer:
    """A block for continuing behaviour, decided by jo.p at that moment; the answer to it."""
    incidents = twice_upheld_and_hidden(scenario, "2020-06-01")
    return scenario.given("block", at, **block_of(incidents, **fields))


def appeal(received_on: str, **fields: Any) -> dict[str, Any]:
    """What an appeal of the owner against block 1, by e-mail, is made of."""
    made = {"block": 1, "received_on": received_on, "via": "email", "appellant": OWNER}
    return made | fields


def reversal(because: str = "error", **fields: Any) -> dict[str, Any]:
    """What the reversal of block 1, or the agreement to it, is made of."""
    return {"block": 1, "because": because, "reasons": "the block was a mistake"} | fields


def events(scenario: Scenario) -> list[dict[str, Any]]:
    """Every event of the present case, as its audit shows them."""
    found = audit_case(scenario.casework.database, scenario.case, scenario.now)
    assert found is not None
    return list(found["events"])


def recorded_refusals(scenario: Scenario) -> list[tuple[str, str, list[str]]]:
    """The refusals in the audit: the command, the outcome, the rules against it."""
    return [
        (e["data"]["command"], e["data"]["outcome"], e["rules"])
        for e in events(scenario)
        if e["type"] == "RefusalRecorded"
    ]


def owed(scenario: Scenario) -> list[str]:
    """The codes of what the present case owes, in order of the alphabet."""
    return sorted(duty["code"] for duty in scenario.duties())


def upholding(scenario: Scenario, *findings: dict[str, Any], **fields: Any) -> Answer:
    """The answer to upholding an item that was flagged and captured on 3 March 2025."""
    incident = scenario.flagged("2025-03-03")
    scenario.given("capture", "2025-03-03", incident=incident, held_at="S:/evidence")
    asked = {"viewpoint_neutral": True, "findings": list(findings)} | fields
    return scenario.when("uphold", "2025-03-03", incident=incident, **asked)


def refused(answer: Answer, rules: list[str], missing: list[str]) -> bool:
    """Whether the answer is a refusal under just these rules, for want of just these fields."""
    assert (answer["outcome"], rules_of(answer)) == ("refused", rules)
    assert answer["verdict"]["missing"] == missing
    return True
