"""Which open duties an event ends, as the contract's table of codes says."""

from __future__ import annotations

from collections.abc import Callable
from copy import copy

from domain.account.block import Duty
from domain.commands.channels import impossible_on
from domain.commands.duties import WAYS, asks_any_way
from domain.commands.earlier_steps import all_ways_tried
from domain.commands.inquiry import Inquiry
from domain.commands.verdict import Draft

Ends = Callable[[Inquiry, Duty, Draft], bool]
REMOVALS = ("PostHidden", "PostDeleted", "PostWithheld", "ContentGone", "RemovalHonoured")
LEAVES_NOTHING = ("PostDeleted", "PostWithheld", "ContentGone", "RemovalHonoured")
DELETIONS = ("PostDeleted", "PostWithheld", "ContentGone")
REMOVED_BY_PLATFORM = {
    REMOVALS: ("hidden", "deleted"),
    LEAVES_NOTHING: ("deleted",),
    DELETIONS: ("deleted",),
}


def ended_by(inquiry: Inquiry, draft: Draft) -> list[str]:
    """The ids of the open duties that this event discharges."""
    return [
        duty.id
        for duty in inquiry.present.duties.values()
        if (ends := ENDS.get(duty.code))
        and _same_subject(duty, draft)
        and ends(inquiry, duty, draft)
    ]


BY_ANY_BLOCK = ("remove_or_block", "block_account")
OF_A_PAGE = {"MuteEnded": "lift_mute"}


def _same_subject(duty: Duty, draft: Draft) -> bool:
    about, data = duty.about, draft.data
    if draft.type == "Blocked" and duty.code in BY_ANY_BLOCK:
        return True
    if OF_A_PAGE.get(draft.type) == duty.code:
        return True
    if draft.type == "BlockReversed" or "appeal" not in about:
        kind = next(k for k in ("block", "complaint", "incident") if k in about)
        return about[kind] == data.get(kind) or about[kind] in data.get(f"{kind}s", ())
    return bool(about["appeal"] == data.get("appeal"))


def _types(*types: str) -> Ends:
    return lambda inquiry, duty, draft: draft.type in types


def _impossible(action: str, inquiry: Inquiry, duty: Duty, draft: Draft) -> bool:
    data = draft.data
    return (
        draft.type == "ActionNotPossible"
        and data["action"] == action
        and data.get("channel") == duty.about.get("channel")
    )


def _types_or_impossible(action: str, *types: str) -> Ends:
    return lambda inquiry, duty, draft: (
        draft.type in types or _impossible(action, inquiry, duty, draft)
    )


def raised_under(inquiry: Inquiry, duty: Duty) -> tuple[str | None, bool]:
    """How the policy wants a removal done, and whether a reason may stand for it."""
    for policy in inquiry.policies:
        for obligation in policy.obligations.get("upheld", ()):
            if (obligation.code, obligation.rule.id) == (duty.code, duty.rule):
                return obligation.by, obligation.reason_stands
    return None, False


def _removes(inquiry: Inquiry, draft: Draft, types: tuple[str, ...]) -> bool:
    """Whether it takes the item away as these acts do, as the policy understands it."""
    if draft.type == "PlatformActed":
        return draft.data["action"] in REMOVED_BY_PLATFORM[types]
    if draft.type == "RemovalHonoured" and draft.data["how"] == "edited":
        return draft.type in types and any(policy.edit_cures for policy in inquiry.policies)
    return draft.type in types


def _removal(inquiry: Inquiry, duty: Duty, draft: Draft) -> bool:
    by, _ = raised_under(inquiry, duty)
    if by != "delete":
        return _removes(inquiry, draft, REMOVALS) or _nothing_left_to_try(inquiry, duty, draft)
    if _removes(inquiry, draft, DELETIONS):
        return True
    incident = inquiry.present.incidents[duty.about["incident"]]
    impossible = ("delete", "") in incident.not_possible or _impossible(
        "delete", inquiry, duty, draft
    )
    return impossible and (incident.reported or draft.type == "PlatformReported")


def _nothing_left_to_try(inquiry: Inquiry, duty: Duty, draft: Draft) -> bool:
    if draft.type != "ActionNotPossible" or draft.data["action"] not in ("hide", "delete"):
        return False
    incident = inquiry.present.incidents[duty.about["incident"]]
    tried = {action for action, _ in incident.not_possible} | {draft.data["action"]}
    return {"hide", "delete"} <= tried | impossible_on(inquiry.policy, inquiry.case.platform)


def _removal_or_block(inquiry: Inquiry, duty: Duty, draft: Draft) -> bool:
    removes = _removes(inquiry, draft, REMOVALS) or draft.type == "Blocked"
    return removes or _nothing_left_to_try(inquiry, duty, draft)


def _asking(inquiry: Inquiry, duty: Duty, draft: Draft) -> bool:
    way = WAYS[duty.code]
    if _removes(inquiry, draft, LEAVES_NOTHING):
        return True
    if draft.type == "RemovalRequested" and asks_any_way(inquiry):
        return True
    impossible = _impossible("ask-removal", inquiry, duty, draft)
    return (draft.type == "RemovalRequested" or impossible) and draft.data.get("via") == way


def _channel(wanted: str, result: str, action: str, *also: str) -> Ends:
    def ends(inquiry: Inquiry, duty: Duty, draft: Draft) -> bool:
        data = draft.data
        done = draft.type == wanted and data["result"] == result
        same = data.get("channel") == duty.about["channel"]
        return (done and same) or draft.type in also or _impossible(action, inquiry, duty, draft)

    return ends


def _police(inquiry: Inquiry, duty: Duty, draft: Draft) -> bool:
    if draft.type == "PoliceReferred":
        return True
    deciders = inquiry.policy.at("police", "unsent", "decided_by") or ()
    return draft.type == "PoliceNotReferred" and inquiry.may_as(deciders)


def _authority(inquiry: Inquiry, duty: Duty, draft: Draft) -> bool:
    """Whether it went to the authority that the duty's rule names."""
    return draft.type == "AuthorityReferred" and any(
        obligation.authority == draft.data["authority"]
        for policy in inquiry.policies
        for raised in policy.obligations.values()
        for obligation in raised
        if (obligation.code, obligation.rule.id) == (duty.code, duty.rule)
    )


def _told(inquiry: Inquiry, duty: Duty, draft: Draft) -> bool:
    """Aware means delivered, unless the policy says that sending is enough (D-10)."""
    enough = ("delivered", inquiry.policy.at("director", "aware"))
    return draft.type == "DirectorNotified" and draft.data["delivery"] in enough


def _warned(inquiry: Inquiry, duty: Duty, draft: Draft) -> bool:
    """A warning, by every way where the policy asks for each; sent, failed or not possible."""
    number = duty.about["incident"]
    tried = {w.via for w in inquiry.present.warnings if number in w.incidents}
    if draft.type == "WarningGiven":
        tried.add(draft.data["via"])
    elif not _impossible("warn", inquiry, duty, draft) or not tried:
        return False
    incident = copy(inquiry.present.incidents[number])
    if draft.type == "ActionNotPossible":
        impossible = {("warn", draft.data.get("via", ""))}
        incident.not_possible = incident.not_possible | impossible
    return all_ways_tried([incident], inquiry.policy, tried)


def _unmuted(inquiry: Inquiry, duty: Duty, draft: Draft) -> bool:
    """The end of the last mute that rests on the incident."""
    if draft.type != "MuteEnded":
        return False
    ended = draft.data["channels"]
    left = inquiry.present.muted_on().items()
    return not any(
        duty.about["incident"] in mute.incidents and channel not in ended for channel, mute in left
    )


ENDS: dict[str, Ends] = {
    "complete_record": lambda inquiry, duty, draft: (
        draft.type == "RecordCompleted" and inquiry.record_complete
    ),
    "review_flag": _types("FlagUpheld", "FlagDismissed"),
    "capture_evidence": _types("EvidenceCaptured", "EvidenceNotCaptured"),
    "remove_content": _removal,
    "remove_or_block": _removal_or_block,
    "block_account": _types_or_impossible("block", "Blocked"),
    "restore_post": _types_or_impossible("restore", "PostRestored", "PostApproved", "ContentGone"),
    "ask_removal_public": _asking,
    "ask_removal_direct": _asking,
    "warn": _warned,
    "lift_mute": _unmuted,
    "decide_proposal": lambda inquiry, duty, draft: (
        draft.type in ("BlockApproved", "BlockDeclined")
        or (draft.type == "Blocked" and len(inquiry.drafts) == 1)
    ),
    "consider_response": _types("ResponseConsidered"),
    "notify_block": _types("BlockNoticeGiven", "BlockReversed", "BlockEnded"),
    "notify_reversal": _types("BlockNoticeGiven"),
    "apply_block": _channel(
        "BlockApplied", "applied", "apply-block", "BlockReversed", "BlockEnded"
    ),
    "lift_block": _channel("BlockLifted", "lifted", "lift-block"),
    "tell_service_director": _told,
    "refer_police": _police,
    "refer_authority": _authority,
    "consider_police": _types("PoliceReferred", "PoliceNotReferred"),
    "consider_legal": _types("LegalActionConsidered"),
    "report_platform": _types_or_impossible("report-platform", "PlatformReported"),
    "acknowledge_appeal": _types("AppealAcknowledged"),
    "acknowledge_complaint": _types("ComplaintAcknowledged"),
    "review_block": _types("BlockReviewed", "BlockReversed", "BlockEnded"),
    "decide_appeal": _types("AppealDismissed", "AppealWithdrawn", "BlockReversed"),
    "answer_complaint": _types("ComplaintAnswered"),
}
