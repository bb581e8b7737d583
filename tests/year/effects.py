"""What an accepted command leaves behind, as facts."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from tests.year import days
from tests.year.cases import Case
from tests.year.councils import ASHFIELD
from tests.year.facts import Then

Made = tuple[str, datetime, dict[str, Any]]
PLAIN = {
    "do-not-capture": "EvidenceNotCaptured",
    "uphold": "FlagUpheld",
    "dismiss": "FlagDismissed",
    "overturn": "FindingOverturned",
    "hide": "PostHidden",
    "delete": "PostDeleted",
    "restore": "PostRestored",
    "content-gone": "ContentGone",
    "removal-honoured": "RemovalHonoured",
    "not-possible": "ActionNotPossible",
    "ask-removal": "RemovalRequested",
    "notify-block": "BlockNoticeGiven",
    "lift-block": "BlockLifted",
    "tell-director": "DirectorNotified",
    "refer-police": "PoliceReferred",
    "not-referred": "PoliceNotReferred",
    "report-platform": "PlatformReported",
    "consider-legal": "LegalActionConsidered",
    "acknowledge-appeal": "AppealAcknowledged",
    "withdraw-appeal": "AppealWithdrawn",
    "dismiss-appeal": "AppealDismissed",
    "agree-reversal": "ReversalAgreed",
    "decline-reversal": "ReversalDeclined",
    "reverse-block": "BlockReversed",
    "acknowledge-complaint": "ComplaintAcknowledged",
    "answer-complaint": "ComplaintAnswered",
    "change-handle": "HandleChanged",
    "note": "NoteAdded",
    "close-incident": "IncidentClosed",
    "review-block": "BlockReviewed",
}
COMMON = {"command", "command_id", "council", "actor", "account", "case", "on_behalf_of"}


def facts_of(document: dict[str, Any], case: Case, at: datetime) -> list[Made]:
    """The facts of an accepted command, with the moment each counts from."""
    command = document["command"]
    data = {k: v for k, v in document.items() if k not in COMMON}
    names = document if command == "change-handle" else document.get("account", {})
    if command in ("flag", "complete-record", "change-handle"):
        data["names"] = {k: names[k] for k in ("name", "handle", "account_id") if k in names}
    if command in PLAIN:
        return [(PLAIN[command], at, data)]
    return NUMBERED[command](document, case, at, data)


def _flag(document: dict[str, Any], case: Case, at: datetime, data: dict[str, Any]) -> list[Made]:
    data["lacks"] = lacking(document, Then(case, at))
    return [("CommentFlagged", at, data | {"incident": case.count("incident") + 1})]


def lacking(document: dict[str, Any], then: Then) -> list[str]:
    """The five record fields that are not there (R-A24); only Ashfield asks for them."""
    if document["council"] != ASHFIELD.id:
        return []
    account, item = document.get("account", {}), document["item"]
    post = item.get("text") or item.get("url") or item.get("platform_item_id")
    there = {
        "account.name": account.get("name") or then.named("name"),
        "account.handle": account.get("handle") or then.named("handle"),
        "item.posted_at": item.get("posted_at"),
        "item.post": post,
        "why": document.get("why"),
    }
    return [name for name, value in there.items() if not value]


def _complete(
    document: dict[str, Any], case: Case, at: datetime, data: dict[str, Any]
) -> list[Made]:
    item = document.get("item", {})
    gives = [f"item.{name}" for name in item if name == "posted_at"]
    gives += ["item.post"] if {"text", "url", "platform_item_id"} & item.keys() else []
    gives += ["why"] if "why" in document else []
    gives += [f"account.{name}" for name in document.get("account", {})]
    return [("RecordCompleted", at, data | {"gives": gives})]


def _capture(
    document: dict[str, Any], case: Case, at: datetime, data: dict[str, Any]
) -> list[Made]:
    return [("EvidenceCaptured", at, data | {"evidence": case.count("evidence") + 1})]


def _block(document: dict[str, Any], case: Case, at: datetime, data: dict[str, Any]) -> list[Made]:
    channels = document["channels"]
    data["channels"] = list(case.council.channels) if channels == "all" else channels
    return [("Blocked", at, data | {"block": case.count("block") + 1})]


def _apply(document: dict[str, Any], case: Case, at: datetime, data: dict[str, Any]) -> list[Made]:
    decided = Then(case, None).block(document["block"]).at
    return [("BlockApplied", max(at, decided), data | {"really": at})]


def _appeal(document: dict[str, Any], case: Case, at: datetime, data: dict[str, Any]) -> list[Made]:
    opens = opening(case, document["block"], at)
    early = document["received_on"] < opens.isoformat()
    number = case.count("appeal") + 1
    type_ = "AppealReceivedEarly" if early else "AppealFiled"
    return [(type_, at, data | {"appeal": number})]


def opening(case: Case, block: int, at: datetime) -> Any:
    """The day on which the owner of the account can appeal: after 12 months (R-A27, D-1, D-2)."""
    return days.months_after(Then(case, at).clock(block), 12)


def _complain(
    document: dict[str, Any], case: Case, at: datetime, data: dict[str, Any]
) -> list[Made]:
    return [("ComplaintReceived", at, data | {"complaint": case.count("complaint") + 1})]


NUMBERED = {
    "flag": _flag,
    "complete-record": _complete,
    "capture": _capture,
    "block": _block,
    "apply-block": _apply,
    "file-appeal": _appeal,
    "complain": _complain,
}
