"""Duties: what is owed, by whom, by when, and what became of it."""

from __future__ import annotations

from datetime import datetime

from projections.facts import (
    Event,
    Fold,
    Row,
    account,
    and_then,
    as_stored,
    latest,
    part,
)

OWED = "owed"
FACTS = ("code", "rule", "owed_by", "calendar", "about")


def owing(row: Row | None, event: Event) -> Row:
    """What the event raised is owed, what it discharged is not.

    A duty raised again (ComplaintExtended) keeps its beginning and gets the new due. What ended a
    duty may have happened before what raised it, so ends are kept apart.
    """
    row, at = account(row, event, "duties", "ended"), event["occurred_at"]
    if event["duties"]:
        row = {**row, "duties": {**row["duties"], **_raised(row, event, at)}}
    for number in event["discharges"]:
        row = _ended(row, number, at, "discharged")
    return row


def waived(row: Row | None, event: Event) -> Row:
    """The duty is owed no more, though what it asked for was not done."""
    row = account(row, event, "duties", "ended")
    return owing(_ended(row, event["data"]["duty"], event["occurred_at"], "waived"), event)


FOLDS: dict[str, Fold] = dict.fromkeys(
    (
        "AccountOpened",
        "CommentFlagged",
        "RecordCompleted",
        "EvidenceCaptured",
        "EvidenceNotCaptured",
        "FlagUpheld",
        "FlagDismissed",
        "FindingOverturned",
        "PostHidden",
        "PostDeleted",
        "PostRestored",
        "ContentGone",
        "ContentChanged",
        "PostApproved",
        "PostWithheld",
        "PlatformActed",
        "ActionNotPossible",
        "RemovalRequested",
        "RemovalHonoured",
        "WarningGiven",
        "Muted",
        "MuteEnded",
        "BlockProposed",
        "BlockApproved",
        "BlockDeclined",
        "IntentionNotified",
        "ResponseReceived",
        "ResponseConsidered",
        "Blocked",
        "BlockNoticeGiven",
        "BlockApplied",
        "BlockLifted",
        "BlockVaried",
        "BlockReviewed",
        "BlockEnded",
        "BlockReversed",
        "DirectorNotified",
        "DirectorAcknowledged",
        "PoliceReferred",
        "PoliceNotReferred",
        "PlatformReported",
        "AuthorityReferred",
        "InformationDisclosed",
        "LegalActionConsidered",
        "IncidentClosed",
        "DutyDischarged",
        "AppealFiled",
        "AppealReceivedEarly",
        "AppealAcknowledged",
        "AppealWithdrawn",
        "AppealDismissed",
        "ReversalAgreed",
        "ReversalDeclined",
        "ComplaintReceived",
        "ComplaintAcknowledged",
        "ComplaintExtended",
        "ComplaintAnswered",
        "ComplaintEscalated",
        "HandleChanged",
        "AccountsLinked",
        "AccountsUnlinked",
        "NoteAdded",
        "RecordCorrected",
        "RefusalRecorded",
    ),
    owing,
)
FOLDS["DutyWaived"] = waived


def concerns(event: Event) -> bool:
    """Whether the event raises or ends anything; most that could don't."""
    return bool(event["duties"] or event["discharges"]) or event["type"] == "DutyWaived"


COLUMNS = ("owed", "incomplete")


def found_by(row: Row) -> tuple[object, ...]:
    """What a table finds the row by: how much is owed now, and whether a complete record is."""
    ended = row["ended"]
    codes = [duty["code"] for number, duty in row["duties"].items() if number not in ended]
    return len(codes), int("complete_record" in codes)


def as_of(row: Row, at: datetime) -> list[Row]:
    """Every duty raised by then, as it stood then; the order is that of raising."""
    moment = as_stored(at)
    found = []
    for number, duty in sorted(row["duties"].items(), key=lambda each: _place(each[0])):
        dues = [fact for fact in duty["dues"] if fact[0] <= moment]
        if dues:
            ended, how = row["ended"].get(number, (None, None))
            if ended is not None and ended > moment:
                ended = how = None
            found.append(_duty(number, duty, dues[0][0], latest(dues), ended, how, at))
    return found


def _raised(row: Row, event: Event, at: str) -> Row:
    found = {}
    for duty in event["duties"]:
        number = duty["duty"]
        dues = and_then(part(row, "duties", number).get("dues", []), at, duty["due"])
        found[number] = {**{word: duty.get(word) for word in FACTS}, "dues": dues}
    return found


def _duty(
    number: str,
    duty: Row,
    raised_at: str,
    due: str | None,
    ended_at: str | None,
    how: str | None,
    at: datetime,
) -> Row:
    status = how or OWED
    if how == "discharged" and ended_at and _after(ended_at, due):
        status = "discharged_late"
    return {
        "duty": number,
        "code": duty["code"],
        "rule": duty["rule"],
        "owed_by": duty["owed_by"],
        "due": due,
        "overdue": status == OWED and due is not None and at > datetime.fromisoformat(due),
        "raised_at": raised_at,
        "calendar": duty["calendar"],
        "about": duty["about"],
        "status": status,
        "ended_at": ended_at,
    }


def _ended(row: Row, number: str, at: str, how: str) -> Row:
    known = row["ended"].get(number)
    if known and known[0] <= at:
        return row
    return {**row, "ended": {**row["ended"], number: [at, how]}}


def _after(moment: str, due: str | None) -> bool:
    return due is not None and datetime.fromisoformat(moment) > datetime.fromisoformat(due)


def _place(duty: str) -> tuple[int, ...]:
    return tuple(int(number) for number in duty.split("."))
