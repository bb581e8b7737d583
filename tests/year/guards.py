"""Everything that may stand against a command, one plain paragraph for each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from tests.year import afterwards, days, following
from tests.year.cases import Case
from tests.year.councils import ASHFIELD, PAGELESS, Council
from tests.year.effects import lacking
from tests.year.facts import Then
from tests.year.verdicts import Expected, No

if TYPE_CHECKING:
    from tests.year.oracle import Oracle

NUMBERS = {"incident": "incident", "block": "block", "appeal": "appeal", "complaint": "complaint"}
GONE = ("deleted", "gone", "honoured")


@dataclass
class Asking:
    """A command, and all that is known when it is judged."""

    document: dict[str, Any]
    council: Council
    case: Case
    then: Then
    present: Then
    at: datetime
    oracle: Oracle
    objections: list[No] = field(default_factory=list)
    instead: set[str] = field(default_factory=set)
    allowed_from: str | None = None
    unsure: bool = False

    @property
    def ashfield(self) -> bool:
        return self.council is ASHFIELD

    @property
    def people(self) -> set[str]:
        both = (self.document["actor"], self.document.get("on_behalf_of"))
        return {person for person in both if person}

    def no(self, *must: str, also: tuple[str, ...] = ()) -> None:
        self.objections.append(No(set(must), set(also)))


def deciders_of_block(then: Then, document: dict[str, Any]) -> frozenset[str]:
    """Who took part in deciding the block that a command is about."""
    number = document.get("block")
    if number is None and "appeal" in document:
        appeal = then.appeal(document["appeal"])
        number = appeal.data["block"] if appeal else None
    found = then.one("Blocked", block=number) if number else None
    return found.who if found else frozenset()


def wrong(document: dict[str, Any], case: Case, then: Then, at: datetime) -> str | None:
    """`invalid` where a command names what came later, `not_found` where it never came."""
    made = {
        "incident": ("CommentFlagged",),
        "block": ("Blocked",),
        "appeal": ("AppealFiled", "AppealReceivedEarly"),
        "complaint": ("ComplaintReceived",),
    }
    named = [(kind, document[kind]) for kind in NUMBERS if kind in document]
    if document["command"] in ("agree-reversal", "decline-reversal", "reverse-block"):
        because = document["because"]
        if because != "error" and because not in document:
            return "invalid"
        named = [n for n in named if n[0] in ("block", because)]
    named += [("incident", n) for n in document.get("incidents", ())]
    named += [("incident", n) for n in document.get("linked_incidents", ())]
    named += [("appeal", n) for n in (document.get("stands_over"),) if n]
    missing = None
    for kind, number in named:
        if then.one(*made[kind], **{kind: number}):
            continue
        if Then(case, None).one(*made[kind], **{kind: number}):
            return "invalid"
        missing = "not_found"
    if missing is None and _wrong_dates(document, then, at):
        return "invalid"
    return missing


def _wrong_dates(document: dict[str, Any], then: Then, at: datetime) -> bool:
    day = days.london_day(at)
    if "received_on" in document:
        received = date.fromisoformat(document["received_on"])
        if received > day:
            return True
        if "block" in document and received < then.clock(document["block"]):
            return True
    length = document.get("length", {})
    if length.get("kind") == "fixed":
        return "until" not in length or date.fromisoformat(length["until"]) < day
    return False


def judged(asking: Asking) -> Expected:
    """What must come of a command that someone may give."""
    command = asking.document["command"]
    guard = GUARDS.get(command)
    if guard is None:
        return Expected(None)
    guard(asking)
    afterwards.late(asking)
    done = "already_done" in asking.document
    states = [no for no in asking.objections if "STATE" in no.must]
    against = states if done else asking.objections
    if asking.unsure and not against:
        return Expected(None)
    if against:
        expected = Expected("refused", against)
        expected.instead = set() if done else asking.instead
        expected.allowed_from = None if len(against) > 1 else asking.allowed_from
        return expected
    expected = Expected("accepted", irregular=(done and bool(asking.objections)) or None)
    following.after(asking, expected)
    return expected


# --- the record ---------------------------------------------------------------------------------


def flag(asking: Asking) -> None:
    document, item = asking.document, asking.document["item"]
    platform = document.get("account", {}).get("platform", asking.case.platform)
    ours = platform in asking.council.channels or platform in PAGELESS
    if item.get("where", "own_page") == "own_page" and not ours:
        asking.no("R-A2" if asking.ashfield else "R-N3")
    if document["source"]["kind"] == "officer" and lacking(document, asking.then):
        asking.no("R-A24")


def capture(asking: Asking) -> None:
    number = asking.document["incident"]
    if asking.then.unlawful(number):
        asking.no("D")
    formats = {"image", "video", "gif", "attachment"}
    asked = formats & set(asking.then.item(number).get("formats", ()))
    if asked and asking.document.get("lawful_to_hold") is not True:
        asking.no("D")


def dismiss(asking: Asking) -> None:
    if asking.then.status(asking.document["incident"]) != "flagged":
        asking.no("STATE")


def overturn(asking: Asking) -> None:
    if not asking.then.upheld(asking.document["incident"]):
        asking.no("STATE")


def still_there(asking: Asking) -> None:
    if asking.then.content(asking.document["incident"]) in GONE:
        asking.no("STATE")


def content_gone(asking: Asking) -> None:
    """What its author was said to have taken down can still be confirmed gone."""
    if asking.then.content(asking.document["incident"]) in ("deleted", "gone"):
        asking.no("STATE")


def nothing_against(asking: Asking) -> None:
    """Not forbidden by any rule once someone may do it."""


def change_handle(asking: Asking) -> None:
    handle = asking.document["handle"].strip().lstrip("@").casefold()
    for other in asking.oracle.cases:
        same = (other.council, other.platform) == (asking.council, asking.case.platform)
        if same and other is not asking.case and other.handle.casefold() == handle:
            asking.no("STATE")
            asking.instead.add("link-accounts")


GUARDS: dict[str, Callable[[Asking], None]] = {
    "flag": flag,
    "capture": capture,
    "do-not-capture": nothing_against,
    "dismiss": dismiss,
    "overturn": overturn,
    "content-gone": content_gone,
    "removal-honoured": still_there,
    "not-possible": nothing_against,
    "complain": nothing_against,
    "note": nothing_against,
    "change-handle": change_handle,
}
