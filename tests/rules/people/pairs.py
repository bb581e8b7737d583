"""Two cases of one council, ready to be linked."""

from __future__ import annotations

from typing import Any

from services.views.audit import audit_case
from tests.scenarios import Answer, Scenario

OLD = {"platform": "facebook", "handle": "maple.heron", "name": "Maple Heron"}
NEW = {"platform": "facebook", "handle": "maple.heron.2", "name": "Maple Heron"}
FAR = {"platform": "x", "handle": "mapleheron", "name": "Maple Heron"}
WHY = {"reason": "the same picture, and it says so itself"}


def linking(here: str, other: str, kind: str = "same_account", **told: Any) -> dict[str, Any]:
    """What a link, or taking it back, is made of."""
    return {"case": here, "other": other, "kind": kind, **WHY, **told}


def strike(council: Scenario, account: dict[str, Any], day: str) -> str:
    """An upheld and hidden post of that account; its case."""
    incident = council.upheld(day, account=account)
    council.given("hide", day, incident=incident)
    return council.case


def block(council: Scenario, case: str, at: str, incidents: list[Any], **told: Any) -> Answer:
    """The answer to a block for continuing behaviour."""
    fields = {
        "ground": "continues",
        "incidents": incidents,
        "scope": "interacting",
        "channels": "all",
        "reason": "went on under another name",
        "proportionality": {"aim": "protect staff", "less_intrusive": "hiding did not help"},
    }
    return council.when("block", at, case=case, **(fields | told))


def history(council: Scenario, case: str) -> list[dict[str, Any]]:
    """Every event of a case, with its words."""
    found = audit_case(council.casework.database, case, council.now)
    assert found is not None
    return list(found["events"])


def shown(council: Scenario, case: str) -> dict[str, Any]:
    """What `casebook show` says of a case."""
    found: dict[str, Any] = council.casework.show(council.casework.reading.find_case(None, case))
    return found
