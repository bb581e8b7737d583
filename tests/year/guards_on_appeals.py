"""What stands against an appeal, against deciding it, and against reversing a block."""

from __future__ import annotations

from tests.year.effects import opening
from tests.year.guards import GUARDS, Asking, deciders_of_block


def file_appeal(asking: Asking) -> None:
    document, then = asking.document, asking.then
    if not asking.ashfield:
        asking.no("SILENT")
        asking.instead |= {"complain", "reverse-block"}
        return
    number = document["block"]
    if not then.stands(number):
        asking.no("STATE")
    over = document.get("stands_over")
    if over:
        early = then.appeal(over)
        same = early and early.data["block"] == number
        used = any(f.data.get("stands_over") == over for f in then.all("AppealFiled"))
        if not same or then.appeal_status(over) != "early" or used:
            asking.no("STATE")
        if document["received_on"] < opening(asking.case, number, asking.at).isoformat():
            asking.no("R-A27")


def acknowledge_appeal(asking: Asking) -> None:
    if asking.then.all("AppealAcknowledged", appeal=asking.document["appeal"]):
        asking.no("STATE")


def withdraw_appeal(asking: Asking) -> None:
    if asking.then.appeal_status(asking.document["appeal"]) not in ("open", "early"):
        asking.no("STATE")


def dismiss_appeal(asking: Asking) -> None:
    status = asking.then.appeal_status(asking.document["appeal"])
    if status == "early":
        asking.no("R-A27")
    elif status != "open":
        asking.no("STATE")
    _not_who_blocked(asking)


def agree_reversal(asking: Asking) -> None:
    _reversing(asking)
    _not_who_blocked(asking)
    document = asking.document
    because = document["because"]
    if asking.then.agreed_by(document["block"], because, document.get(because)):
        asking.no("STATE")


def decline_reversal(asking: Asking) -> None:
    _reversing(asking)


def reverse_block(asking: Asking) -> None:
    _reversing(asking)
    _not_who_blocked(asking)
    if not asking.ashfield:
        return
    document = asking.document
    because = document["because"]
    agreed = asking.then.agreed_by(document["block"], because, document.get(because))
    if not agreed:
        asking.no("R-A28")
        asking.instead.add("agree-reversal")
    elif agreed & asking.people:
        asking.no("R-A28")


def _reversing(asking: Asking) -> None:
    document, then = asking.document, asking.then
    number, because = document["block"], document["because"]
    if not then.stands(number):
        asking.no("STATE")
    if because == "appeal":
        appeal = then.appeal(document["appeal"])
        same = appeal is not None and appeal.data["block"] == number
        if not same or then.appeal_status(document["appeal"]) != "open":
            asking.no("STATE")
    if because == "complaint":
        complaint = then.one("ComplaintReceived", complaint=document["complaint"])
        if complaint is None or complaint.data.get("block", number) != number:
            asking.no("STATE")
        answer = then.one("ComplaintAnswered", complaint=document["complaint"])
        if answer and answer.data["result"] == "not_upheld":
            asking.no("STATE")


def _not_who_blocked(asking: Asking) -> None:
    if deciders_of_block(asking.then, asking.document) & asking.people:
        asking.no(*(("R-A28",) if asking.ashfield else ("D",)))


GUARDS |= {
    "file-appeal": file_appeal,
    "acknowledge-appeal": acknowledge_appeal,
    "withdraw-appeal": withdraw_appeal,
    "dismiss-appeal": dismiss_appeal,
    "agree-reversal": agree_reversal,
    "decline-reversal": decline_reversal,
    "reverse-block": reverse_block,
}
