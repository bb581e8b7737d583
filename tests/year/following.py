"""What must follow from an accepted command: its events, its duties, and when they are due."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING

from tests.year import days
from tests.year.councils import PAGELESS
from tests.year.effects import opening

if TYPE_CHECKING:
    from tests.year.guards import Asking
    from tests.year.verdicts import Expected

GONE = ("deleted", "gone", "honoured")


def after(asking: Asking, expected: Expected) -> None:
    """Say what an accepted command owes, where the rules say it."""
    follows = FOLLOWS.get(asking.document["command"])
    if follows:
        follows(asking, expected)


def _block(asking: Asking, expected: Expected) -> None:
    document, council = asking.document, asking.council
    channels = document["channels"]
    count = len(council.channels) if channels == "all" else len(set(channels))
    owed = Counter({"apply_block": count})
    if asking.ashfield:
        owed["tell_service_director"] = 1
        close = council.close_after(days.london_day(asking.at), 1)
        expected.dues["tell_service_director"] = days.written(close)
    else:
        owed["notify_block"] = 1
    if "review_on" in document:
        owed["review_block"] = 1
    expected.events, expected.duties = ["Blocked"], owed


def _reverse(asking: Asking, expected: Expected) -> None:
    number = asking.document["block"]
    reached = [
        channel
        for channel in asking.then.block(number).data["channels"]
        if asking.then.channel(number, channel) in ("applied", "partly")
    ]
    expected.events = ["BlockReversed"]
    expected.duties = Counter({"lift_block": len(reached)}) if reached else Counter()


def _appeal(asking: Asking, expected: Expected) -> None:
    document, council = asking.document, asking.council
    received = date.fromisoformat(document["received_on"])
    opens = opening(asking.case, document["block"], asking.at)
    expected.dues["acknowledge_appeal"] = days.written(council.close_after(received, 5))
    if received < opens:
        expected.events = ["AppealReceivedEarly"]
        expected.duties = Counter({"acknowledge_appeal": 1})
        expected.allowed_from, expected.instead = opens.isoformat(), {"complain"}
        return
    expected.events = ["AppealFiled"]
    expected.duties = Counter({"acknowledge_appeal": 1, "decide_appeal": 1})
    expected.dues["decide_appeal"] = days.written(council.close_after(received, 20))


def _uphold(asking: Asking, expected: Expected) -> None:
    document, then = asking.document, asking.then
    number = document["incident"]
    expected.events = ["FlagUpheld"]
    if then.upheld(number):
        expected.duties = Counter()
        return
    owed: set[str] = set()
    for finding in document["findings"]:
        judge = _in_ashfield if asking.ashfield else _in_northants
        owed |= judge(
            finding["category"], finding.get("sub_reason"), bool(document.get("explicit"))
        )
    expected.duties = Counter(code for code in owed if not _needless(asking, number, code))


def _in_ashfield(category: str, sub_reason: str | None, explicit: bool) -> set[str]:
    owed = set() if category == "off_topic" else {"remove_content"}
    if category == "hate":
        owed |= {"capture_evidence", "refer_police", "remove_or_block"}
    if category == "illegal_activity" or sub_reason == "threat":
        owed.add("consider_police")
    return owed


def _in_northants(category: str, sub_reason: str | None, explicit: bool) -> set[str]:
    owed = {"remove_content", "block_account"} if explicit else set()
    if category != "off_topic":
        owed.add("capture_evidence")
        if not explicit:
            owed |= {"ask_removal_public", "ask_removal_direct"}
    thought = ("illegal_activity", "intimidatory", "discriminatory", "hate_incitement")
    if category in thought or sub_reason == "threat":
        owed |= {"consider_police", "consider_legal"}
    if category == "hate_incitement" or sub_reason == "threat":
        owed.add("report_platform")
    return owed


def _needless(asking: Asking, number: int, code: str) -> bool:
    """Whether a duty is met already, or its act exists nowhere for that item."""
    then, content = asking.then, asking.then.content(number)
    blocked = any(then.stands(block) for block in then.blocks())
    gone = content in GONE
    item = then.item(number)
    no_post = then.where(number) != "own_page" or item["kind"] in (
        "profile",
        "follow",
        "contact_volume",
    )
    police = [
        f for f in then.all("PoliceReferred", "PoliceNotReferred") if number in f.data["incidents"]
    ]
    removed = gone or (content == "hidden" and asking.ashfield)
    return {
        "remove_content": removed or no_post,
        "remove_or_block": content != "visible" or blocked,
        "block_account": blocked,
        "capture_evidence": then.captured(number),
        "refer_police": any(f.type == "PoliceReferred" for f in police),
        "consider_police": bool(police),
        "consider_legal": any(
            number in f.data["incidents"] for f in then.all("LegalActionConsidered")
        ),
        "report_platform": bool(then.all("PlatformReported", incident=number))
        or asking.case.platform in PAGELESS,
        "ask_removal_public": gone
        or not then.can_ask(number, "public_reply")
        or "public_reply" in then.asked(number),
        "ask_removal_direct": gone
        or not then.can_ask(number, "direct_message")
        or "direct_message" in then.asked(number),
    }[code]


FOLLOWS = {
    "block": _block,
    "reverse-block": _reverse,
    "file-appeal": _appeal,
    "uphold": _uphold,
}
