"""What has happened to one account, as a plain list; every question goes through all of it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from tests.year import days
from tests.year.cases import Case, Fact
from tests.year.councils import PAGELESS

JUDGED = {"FlagUpheld": "upheld", "FlagDismissed": "dismissed", "FindingOverturned": "overturned"}
CONTENT = {
    "PostHidden": "hidden",
    "PostDeleted": "deleted",
    "PostRestored": "visible",
    "ContentGone": "gone",
    "RemovalHonoured": "honoured",
}
ALREADY = {"hidden": "hidden", "removed": "deleted"}


class Then:
    """A case as it stood at a moment: what had happened by then, in the order of time."""

    def __init__(self, case: Case, at: datetime | None) -> None:
        self.case = case
        known = [f for f in case.facts if at is None or f.at <= at]
        self.facts = sorted(known, key=lambda f: (f.at, f.order))

    def all(self, *types: str, **wanted: Any) -> list[Fact]:
        return [
            fact
            for fact in self.facts
            if fact.type in types and all(fact.data.get(k) == v for k, v in wanted.items())
        ]

    def one(self, *types: str, **wanted: Any) -> Fact | None:
        found = self.all(*types, **wanted)
        return found[-1] if found else None

    def named(self, field: str) -> str | None:
        """What the account was last said to be called."""
        told = [f.data["names"][field] for f in self.facts if field in f.data.get("names", {})]
        return told[-1] if told else None

    # --- incidents -----------------------------------------------------------------------------

    def status(self, number: int) -> str:
        status = "flagged"
        for fact in self.all(*JUDGED, incident=number):
            if not (fact.type == "FlagUpheld" and status == "upheld"):
                status = JUDGED[fact.type]
        return status

    def upheld(self, number: int) -> bool:
        return self.status(number) == "upheld"

    def finding(self, number: int) -> Fact | None:
        """The uphold that found it, not one that adds a mark later."""
        return next(iter(self.all("FlagUpheld", incident=number)[:1]), None)

    def marked(self, number: int, mark: str) -> bool:
        return any(f.data.get(mark) for f in self.all("FlagUpheld", incident=number))

    def categories(self, number: int) -> set[str]:
        found = self.finding(number)
        return {each["category"] for each in found.data["findings"]} if found else set()

    def sub_reasons(self, number: int) -> set[str]:
        found = self.finding(number)
        return {each.get("sub_reason") for each in found.data["findings"]} if found else set()

    def item(self, number: int) -> dict[str, Any]:
        item: dict[str, Any] = {}
        for fact in self.all("CommentFlagged", "RecordCompleted", incident=number):
            item |= fact.data.get("item", {})
        return item

    def posted(self, number: int) -> datetime:
        flag = self.one("CommentFlagged", incident=number)
        assert flag
        text = self.item(number).get("posted_at") or flag.data.get("seen_at")
        return datetime.fromisoformat(text) if text else flag.at

    def incomplete(self, number: int) -> bool:
        """Whether the record of five fields is still owed (R-A24)."""
        flag = self.one("CommentFlagged", incident=number)
        if not flag or not flag.data.get("lacks"):
            return False
        told = {f for c in self.all("RecordCompleted", incident=number) for f in c.data["gives"]}
        return not set(flag.data["lacks"]) <= told

    def content(self, number: int) -> str:
        flag = self.one("CommentFlagged", incident=number)
        state = ALREADY.get(flag.data["source"].get("already", ""), "visible") if flag else ""
        for fact in self.all(*CONTENT, incident=number):
            state = CONTENT[fact.type]
        return state

    def captured(self, number: int) -> bool:
        return bool(self.all("EvidenceCaptured", "EvidenceNotCaptured", incident=number))

    def unlawful(self, number: int) -> bool:
        grounds = ("suspected_illegal_image", "terrorist_content")
        return any(
            f.data["ground"] in grounds for f in self.all("EvidenceNotCaptured", incident=number)
        )

    def where(self, number: int) -> str:
        item = self.item(number)
        private = item["kind"] in ("direct_message", "text_message")
        if private or self.case.platform in PAGELESS:
            return "own_message"
        return item.get("where", "own_page")

    def can_ask(self, number: int, way: str) -> bool:
        place = self.where(number)
        if place == "elsewhere" or self.case.platform in PAGELESS:
            return False
        return way == "direct_message" or place != "own_message"

    def impossible(self, number: int, action: str, via: str | None = None) -> bool:
        return bool(self.all("ActionNotPossible", incident=number, action=action, via=via))

    def asked(self, number: int) -> dict[str, datetime]:
        return {f.data["via"]: f.at for f in self.all("RemovalRequested", incident=number)}

    def strikes(self) -> list[int]:
        """The upheld incidents that count: off topic alone does not (R-A11, R-N16)."""
        return [
            number
            for number in range(1, self.case.count("incident") + 1)
            if self.upheld(number) and self.categories(number) != {"off_topic"}
        ]

    # --- blocks, appeals, reversals ---------------------------------------------------------------

    def blocks(self) -> list[int]:
        return [f.data["block"] for f in self.all("Blocked")]

    def block(self, number: int) -> Fact:
        found = self.one("Blocked", block=number)
        assert found
        return found

    def ended(self, number: int) -> Fact | None:
        return next(iter(self.all("BlockReversed", "BlockEnded", block=number)[:1]), None)

    def stands(self, number: int) -> bool:
        return self.ended(number) is None

    def channel(self, block: int, channel: str) -> str:
        state = "pending"
        for fact in self.all("BlockApplied", "BlockLifted", block=block, channel=channel):
            result = fact.data["result"]
            if result != "failed" or state not in ("applied", "partly"):
                state = result
        return state

    def clock(self, number: int) -> date:
        """The London day on which the months begin: decision or earlier application (D-3)."""
        moments = [self.block(number).at]
        moments += [
            f.data["really"]
            for f in self.all("BlockApplied", block=number)
            if f.data["result"] == "applied"
        ]
        return days.london_day(min(moments))

    def appeal(self, number: int) -> Fact | None:
        return self.one("AppealFiled", "AppealReceivedEarly", appeal=number)

    def appeal_status(self, number: int) -> str:
        filed = self.appeal(number)
        assert filed
        for fact in self.facts:
            ends = fact.type in ("AppealWithdrawn", "AppealDismissed")
            if ends and fact.data["appeal"] == number:
                return fact.type[6:].lower()
            if (
                fact.type == "BlockReversed"
                and fact.data["block"] == filed.data["block"]
                and filed.type == "AppealFiled"
                and (fact.at, fact.order) > (filed.at, filed.order)
            ):
                return "upheld"
        return "open" if filed.type == "AppealFiled" else "early"

    def agreed_by(self, block: int, because: str, number: int | None) -> frozenset[str]:
        """Who has agreed to that very reversal; nobody where the agreement has lapsed."""
        people: frozenset[str] = frozenset()
        for fact in self.facts:
            data = fact.data
            same = data.get("block") == block and data.get("because") == because
            if fact.type == "ReversalAgreed" and same and data.get(because) == number:
                people = fact.who
            elif (
                (fact.type == "ReversalDeclined" and same and data.get(because) == number)
                or (fact.type == "BlockReversed" and data["block"] == block)
                or (
                    fact.type in ("AppealDismissed", "AppealWithdrawn")
                    and because == "appeal"
                    and data["appeal"] == number
                )
                or (
                    fact.type == "ComplaintAnswered"
                    and because == "complaint"
                    and data["complaint"] == number
                    and data["result"] == "not_upheld"
                )
            ):
                people = frozenset()
        return people
