"""What a late entry may not do: repeat, or take the ground from, something that came after."""

from __future__ import annotations

from domain.account.evolve import SUBJECTS
from domain.commands.inquiry import Inquiry
from domain.commands.verdict import Draft

ONCE = frozenset(
    {
        "FlagUpheld",
        "FlagDismissed",
        "FindingOverturned",
        "PostHidden",
        "PostDeleted",
        "PostRestored",
        "ContentGone",
        "RemovalHonoured",
        "IncidentClosed",
        "BlockApproved",
        "BlockDeclined",
        "BlockReversed",
        "AppealAcknowledged",
        "AppealWithdrawn",
        "AppealDismissed",
        "ComplaintAcknowledged",
        "ComplaintAnswered",
    }
)
ACTS_ON_A_FINDING = frozenset(
    {
        "FlagUpheld",
        "FlagDismissed",
        "FindingOverturned",
        "PostHidden",
        "PostDeleted",
        "RemovalRequested",
        "WarningGiven",
        "Muted",
        "BlockProposed",
        "Blocked",
    }
)
ACTS_ON_A_POST = frozenset(
    {"PostHidden", "PostDeleted", "PostRestored", "RemovalRequested", "Blocked"}
)
ACTS_ON_A_BLOCK = frozenset(
    {
        "BlockNoticeGiven",
        "BlockApplied",
        "BlockVaried",
        "BlockReviewed",
        "BlockReversed",
        "AppealFiled",
        "AppealReceivedEarly",
        "ReversalAgreed",
        "ReversalDeclined",
    }
)
ENDS_AN_APPEAL = frozenset(
    {"AppealDismissed", "AppealWithdrawn", "BlockReversed", "ReversalAgreed"}
)
TAKES_GROUND_FROM: dict[str, frozenset[str]] = {
    "FlagUpheld": frozenset({"FlagDismissed"}),
    "FlagDismissed": ACTS_ON_A_FINDING,
    "FindingOverturned": ACTS_ON_A_FINDING,
    "EvidenceNotCaptured": frozenset({"EvidenceCaptured"}),
    "PostRestored": frozenset({"Blocked", "PostRestored"}),
    "PostDeleted": ACTS_ON_A_POST,
    "ContentGone": ACTS_ON_A_POST,
    "RemovalHonoured": ACTS_ON_A_POST,
    "BlockApproved": frozenset({"BlockDeclined", "Blocked"}),
    "BlockDeclined": frozenset({"BlockApproved", "Blocked"}),
    "BlockVaried": frozenset({"BlockVaried", "BlockEnded"}),
    "BlockReversed": ACTS_ON_A_BLOCK,
    "AppealWithdrawn": ENDS_AN_APPEAL,
    "AppealDismissed": ENDS_AN_APPEAL,
    "ReversalDeclined": frozenset({"BlockReversed"}),
    "ComplaintAnswered": frozenset({"BlockReversed", "ReversalAgreed", "ComplaintEscalated"}),
}


def check_what_came_after(inquiry: Inquiry, draft: Draft) -> None:
    """Refuse a late act that repeats or undoes the ground of one that happened after it."""
    if inquiry.moment >= inquiry.present.last_occurred:
        return
    against = TAKES_GROUND_FROM.get(draft.type, frozenset())
    if draft.type in ONCE:
        against |= {draft.type}
    named = set()
    for subject in _subjects(draft):
        for at, sequence, type_ in inquiry.present.about.get(subject, ()):
            if at > inquiry.moment and type_ in against and sequence not in named:
                named.add(sequence)
                what = f"{type_} ({sequence}) happened after this, on {at}, and rests on it"
                inquiry.refuse_state(what)


def _subjects(draft: Draft) -> list[tuple[str, int]]:
    data = draft.data
    return [(kind, data[kind]) for kind in SUBJECTS if kind in data]
