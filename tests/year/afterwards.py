"""A late act: what happened after it, and was recorded before, may stand against it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.year.effects import PLAIN

if TYPE_CHECKING:
    from tests.year.guards import Asking

ONCE = {
    "uphold",
    "dismiss",
    "overturn",
    "hide",
    "delete",
    "restore",
    "content-gone",
    "removal-honoured",
    "reverse-block",
    "acknowledge-appeal",
    "withdraw-appeal",
    "dismiss-appeal",
}
RESTS_ON_A_FINDING = {"PostHidden", "PostDeleted", "RemovalRequested", "Blocked"}
UNDOES = {
    "uphold": {"FlagDismissed"},
    "dismiss": {"FlagUpheld", "FindingOverturned"} | RESTS_ON_A_FINDING,
    "overturn": RESTS_ON_A_FINDING,
    "restore": {"Blocked"},
    "reverse-block": {
        "BlockNoticeGiven",
        "BlockApplied",
        "AppealFiled",
        "AppealReceivedEarly",
        "ReversalAgreed",
    },
    "delete": {"PostHidden", "PostRestored", "RemovalRequested"},
    "content-gone": {"PostHidden", "PostDeleted", "PostRestored", "RemovalRequested"},
    "removal-honoured": {"PostHidden", "PostDeleted", "PostRestored", "RemovalRequested"},
    "dismiss-appeal": {"AppealWithdrawn", "BlockReversed", "ReversalAgreed"},
    "withdraw-appeal": {"AppealDismissed", "BlockReversed", "ReversalAgreed"},
    "decline-reversal": {"BlockReversed"},
}


def late(asking: Asking) -> None:
    """Refuse what repeats, or takes the ground from, something that came after it."""
    command = asking.document["command"]
    after = [f for f in asking.case.facts if f.at > asking.at and _same_subject(asking, f.data)]
    types = {fact.type for fact in after}
    repeats = command in ONCE and PLAIN[command] in types
    if repeats or types & UNDOES.get(command, set()):
        asking.no("STATE")
    elif after and command in UNDOES.keys() | {"do-not-capture", "agree-reversal", "not-possible"}:
        # The contract does not say of each pair whether one is the ground of the other.
        asking.unsure = True


def _same_subject(asking: Asking, data: dict) -> bool:
    document = asking.document
    if "incident" in document:
        number = document["incident"]
        return data.get("incident") == number or number in data.get("incidents", ())
    if "appeal" in document and "block" not in document:
        filed = asking.then.appeal(document["appeal"])
        block = filed.data["block"] if filed else None
        return data.get("appeal") == document["appeal"] or data.get("block") == block
    return "block" in document and data.get("block") == document["block"]
