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
        "PostApproved",
        "PostWithheld",
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
        "PostWithheld",
        "RemovalRequested",
        "WarningGiven",
        "Muted",
        "BlockProposed",
        "Blocked",
    }
)
ACTS_ON_A_POST = frozenset(
    {
        "PostHidden",
        "PostDeleted",
        "PostRestored",
        "PostApproved",
        "PostWithheld",
        "RemovalRequested",
        "Blocked",
    }
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
    "PostApproved": frozenset({"Blocked", "PostApproved", "PostWithheld"}),
    "PostDeleted": ACTS_ON_A_POST,
    "ContentGone": ACTS_ON_A_POST,
    "RemovalHonoured": ACTS_ON_A_POST,
    "PlatformActed": ACTS_ON_A_POST,
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
    if _left_the_post(draft):
        return
    if inquiry.present.links and draft.type in TAKES_GROUND_FROM:
        _check_linked(inquiry, draft)
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


def _check_linked(inquiry: Inquiry, draft: Draft) -> None:
    """What another case of the account did later may rest on an incident of this one."""
    subject = f"{inquiry.present.case}/{draft.data.get('incident')}"
    for other in {link.other for link in inquiry.present.links}:
        there = inquiry.world.standing_of(other, None)
        for at, sequence, type_ in there.about.get(("incident", subject), ()) if there else ():
            if at > inquiry.moment and type_ in TAKES_GROUND_FROM[draft.type]:
                where = f"{type_} ({sequence}) of case {other}"
                inquiry.refuse_state(f"{where} happened after this, on {at}, and rests on it")


def _left_the_post(draft: Draft) -> bool:
    """Whether the platform did nothing to the item itself: no act rests on that."""
    return draft.type == "PlatformActed" and draft.data["action"] in ("none", "account_suspended")


def _subjects(draft: Draft) -> list[tuple[str, int]]:
    data = draft.data
    return [(kind, data[kind]) for kind in SUBJECTS if kind in data]
