"""How each event changes a case, in one literal map; folding never decides anything."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from domain.account.block import Duty
from domain.account.evolve import (
    appeals,
    blocks,
    content,
    incidents,
    links,
    proposals,
    sanctions,
)
from domain.account.standing import Event, Standing

EVOLVE: dict[str, Callable[[Standing, Event], None]] = {
    "AccountOpened": incidents.opened,
    "CommentFlagged": incidents.flagged,
    "RecordCompleted": incidents.completed,
    "HandleChanged": incidents.handle_changed,
    "RecordCorrected": incidents.corrected,
    "EvidenceCaptured": incidents.captured,
    "EvidenceNotCaptured": incidents.not_captured,
    "FlagUpheld": incidents.upheld,
    "FlagDismissed": incidents.dismissed,
    "FindingOverturned": incidents.overturned,
    "IncidentClosed": incidents.closed,
    "PostHidden": content.hidden,
    "PostDeleted": content.deleted,
    "PostRestored": content.restored,
    "ContentGone": content.gone,
    "RemovalHonoured": content.honoured,
    "PostApproved": content.approved,
    "PostWithheld": content.withheld,
    "PlatformActed": content.platform_acted,
    "RemovalRequested": incidents.asked,
    "ActionNotPossible": incidents.not_possible,
    "PlatformReported": incidents.reported,
    "PoliceReferred": incidents.referred,
    "PoliceNotReferred": incidents.not_referred,
    "AuthorityReferred": incidents.to_authority,
    "LegalActionConsidered": incidents.considered_legal,
    "WarningGiven": sanctions.warned,
    "Muted": sanctions.muted,
    "MuteEnded": sanctions.mute_ended,
    "AccountsLinked": links.linked,
    "AccountsUnlinked": links.unlinked,
    "BlockProposed": proposals.proposed,
    "BlockApproved": proposals.approved,
    "BlockDeclined": proposals.declined,
    "IntentionNotified": proposals.intention_notified,
    "ResponseReceived": proposals.response_received,
    "ResponseConsidered": proposals.response_considered,
    "Blocked": blocks.blocked,
    "BlockVaried": blocks.varied,
    "BlockNoticeGiven": blocks.noticed,
    "BlockApplied": blocks.applied,
    "BlockLifted": blocks.lifted,
    "BlockReversed": blocks.reversed_,
    "BlockEnded": blocks.ran_out,
    "DirectorNotified": blocks.director_told,
    "DirectorAcknowledged": blocks.director_acknowledged,
    "AppealFiled": appeals.filed,
    "AppealReceivedEarly": appeals.received_early,
    "AppealAcknowledged": appeals.acknowledged,
    "AppealWithdrawn": appeals.withdrawn,
    "AppealDismissed": appeals.dismissed,
    "ReversalAgreed": appeals.agreed,
    "ReversalDeclined": appeals.declined,
    "ComplaintReceived": appeals.complained,
    "ComplaintAcknowledged": appeals.complaint_acknowledged,
    "ComplaintExtended": appeals.extended,
    "ComplaintAnswered": appeals.answered,
    "ComplaintEscalated": appeals.escalated,
}
SUBJECTS = ("incident", "block", "appeal", "complaint")


def evolve(case: Standing, event: Event) -> None:
    """Take one event into the case: its facts, the duties it raised and those it ended."""
    change = EVOLVE.get(event["type"])
    if change:
        change(case, event)
        _remember(case, event)
    for duty in event["duties"]:
        case.duties[duty["duty"]] = Duty(
            duty["duty"], duty["code"], duty["rule"], duty["owed_by"], duty["due"], duty["about"]
        )
    for ended in event["discharges"]:
        case.duties.pop(ended, None)
    case.version = max(case.version, event["sequence"])
    if event["type"] != "RefusalRecorded":
        case.last_occurred = max(case.last_occurred, event["occurred_at"])
    case.has_late = case.has_late or event["late"]


def in_order_of_time(events: Iterable[Event]) -> list[tuple[str, Event]]:
    """The events with the moments they count from, in the order in which they happened.

    An application of a block counts from its decision, never before it (D-3).
    """
    found = list(events)
    decided = {e["data"]["block"]: e["occurred_at"] for e in found if e["type"] == "Blocked"}
    timed = []
    for event in found:
        at: str = event["occurred_at"]
        if event["type"] == "BlockApplied":
            at = max(at, decided.get(event["data"]["block"], at))
        timed.append((at, event))
    timed.sort(key=lambda pair: (pair[0], pair[1]["sequence"]))
    return timed


def fold(events: Iterable[Event], until: str | None = None) -> Standing:
    """The case after these events, or after those that had happened by `until`."""
    case, found = Standing(), list(events)
    # What was recorded later may have happened before the case was opened, but never elsewhere.
    case.platform = next((e["data"]["platform"] for e in found if e["type"] == "AccountOpened"), "")
    for at, event in in_order_of_time(found):
        if until is None or at <= until:
            evolve(case, event)
    return case


def _remember(case: Standing, event: Event) -> None:
    data = event["data"]
    subjects = [(kind, data[kind]) for kind in SUBJECTS if kind in data]
    subjects += [("incident", number) for number in data.get("incidents", ())]
    for subject in subjects:
        note = (event["occurred_at"], event["sequence"], event["type"])
        case.about.setdefault(subject, []).append(note)
