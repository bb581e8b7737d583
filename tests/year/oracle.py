"""A slow, plain reading of the rules: says of each command what must come of it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from tests.year import (
    days,
    guards,
    guards_on_appeals,
    guards_on_blocks,
    guards_on_findings,
    guards_on_posts,
)
from tests.year.cases import Case, Fact
from tests.year.councils import COUNCILS, OFFICE, reserved_for, role_may
from tests.year.effects import facts_of
from tests.year.facts import Then
from tests.year.posts import Posts
from tests.year.verdicts import Expected, No

Document = dict[str, Any]
ALL = (guards_on_findings, guards_on_posts, guards_on_blocks, guards_on_appeals)


class Oracle(Posts):
    """Knows what was recorded of every account, and who held which role."""

    def __init__(self) -> None:
        super().__init__()
        self.cases: list[Case] = []
        self.given_up: set[tuple[str, str, str]] = set()
        self.first: dict[tuple[str, str], tuple[Document, dict[str, Any]]] = {}
        self.order = 0

    # --- who is meant ---------------------------------------------------------------------------

    def find(self, document: Document) -> tuple[Case | None, str]:
        """The case that a document means, and `known`, `none` or `given up`."""
        council = document["council"]
        mine = [c for c in self.cases if c.council.id == council]
        if "case" in document:
            found = [c for c in mine if c.ref == document["case"]]
            return (found[0], "known") if found else (None, "none")
        account = document["account"]
        same = [c for c in mine if c.platform == account["platform"]]
        by_id = [
            c for c in same if account.get("account_id") and c.account_id == account["account_id"]
        ]
        if by_id:
            return by_id[0], "known"
        handle = account.get("handle", "").strip().lstrip("@").casefold()
        by_handle = [c for c in same if handle and c.handle.casefold() == handle]
        if by_handle:
            holder = by_handle[0]
            other = account.get("account_id")
            if other and holder.account_id and holder.account_id != other:
                return None, "none"
            return holder, "known"
        if (council, account["platform"], handle) in self.given_up:
            return None, "given up"
        return None, "none"

    def may(self, document: Document, at: datetime, now: datetime, then: Then | None) -> bool:
        """Whether who acts holds a role that may, at that moment."""
        council = COUNCILS[document["council"]]
        command, actor = document["command"], document["actor"]
        decided = guards.deciders_of_block(then, document) if then else frozenset()
        if "already_done" in document:
            held = self.roles(council, actor, days.london_day(now))
            return "communications_manager" in held
        among, _ = reserved_for(council, document)
        doer = document.get("on_behalf_of", actor)
        held = self.roles(council, doer, days.london_day(at), decided)
        able = {r for r in held if role_may(r, command) and (among is None or r in among)}
        if doer != actor:
            own = self.roles(council, actor, days.london_day(now))
            return bool(able) and any(role_may(r, command) for r in own)
        return bool(able)

    # --- what must come of it -------------------------------------------------------------------

    def expect(self, document: Document, now: datetime) -> Expected:
        """What must come of a command; what it then leaves behind is known from here on."""
        expected = self.foresee(document, now)
        if expected.outcome == "accepted":
            self.take(document, now, expected)
        return expected

    def foresee(self, document: Document, now: datetime) -> Expected:
        """What must come of a command, were it given now."""
        if document["council"] not in COUNCILS:
            return Expected("not_found")
        again = self._again(document)
        if again:
            return again
        if document["command"] in OFFICE:
            return self.office(document, now)
        case, known = self.find(document)
        if case:
            self.run_out(case, now)
        at = self._moment(document, case, now)
        expected = self._judged(document, case, known, at, now)
        expected.case = case
        return expected

    def _moment(self, document: Document, case: Case | None, now: datetime) -> datetime:
        """When it happened: as it says, else now, and never before what the case holds."""
        if "occurred_at" in document:
            return datetime.fromisoformat(document["occurred_at"]).astimezone(UTC)
        return max(now, case.last) if case and case.last else now

    def _judged(
        self, document: Document, case: Case | None, known: str, at: datetime, now: datetime
    ) -> Expected:
        if at > now and "occurred_at" in document:
            return Expected("invalid")
        council = COUNCILS[document["council"]]
        seen_at = at
        if case and document["command"] == "apply-block":
            decided = Then(case, None).one("Blocked", block=document["block"])
            seen_at = max(at, decided.at) if decided else at
        then = Then(case, seen_at) if case else None
        if case and then:
            wrong = guards.wrong(document, case, then, at)
            if wrong == "invalid":
                return Expected("invalid")
        if not self.may(document, at, now, then):
            _, rule = reserved_for(council, document)
            return Expected("forbidden", [No({rule})] if rule else [])
        if case is None and known == "given up":
            return Expected("refused", [No({"STATE"})])
        if case is None and document["command"] != "flag":
            return Expected("not_found")
        if case and then and wrong:
            return Expected(wrong)
        if case is None:
            case = Case(council, document["account"]["platform"], "")
            then = Then(case, seen_at)
        assert then
        asking = guards.Asking(document, council, case, then, Then(case, None), at, self)
        return guards.judged(asking)

    def take(self, document: Document, now: datetime, expected: Expected) -> None:
        """Know what an accepted command leaves behind."""
        if document["command"] in OFFICE:
            self.take_office(document)
            return
        case = expected.case
        at = self._moment(document, case, now)
        if case is None:
            account = document["account"]
            case = Case(COUNCILS[document["council"]], account["platform"], "")
            self.cases.append(case)
            expected.case = case
        people = frozenset(
            p for p in (document["actor"], document.get("on_behalf_of")) if p is not None
        )
        for type_, moment, data in facts_of(document, case, at):
            self.order += 1
            fact = Fact(moment, self.order, type_, people, data)
            case.facts.append(fact)
            expected.facts.append(fact)
        self._name(document, case)

    def _name(self, document: Document, case: Case) -> None:
        names = document if document["command"] == "change-handle" else document.get("account")
        if document["command"] not in ("flag", "change-handle", "complete-record") or not names:
            return
        handle = names.get("handle", "").strip().lstrip("@")
        changes = document["command"] == "change-handle"
        for other in self.cases:
            same = (other.council, other.platform) == (case.council, case.platform)
            taken = same and other is not case and handle and other.handle == handle
            if taken and other.account_id and names.get("account_id"):
                other.handle = ""
        if changes and handle != case.handle:
            self.given_up.add((case.council.id, case.platform, case.handle.casefold()))
        if handle and (changes or not case.handle):
            case.handle = handle
            self.given_up.discard((case.council.id, case.platform, handle.casefold()))
        case.name = names.get("name") or case.name
        case.account_id = case.account_id or names.get("account_id")

    def answered(
        self, document: Document, now: datetime, expected: Expected, answer: dict[str, Any]
    ) -> None:
        """Learn the case reference, and the first answer of a command id."""
        if expected.case and answer.get("case"):
            expected.case.ref = answer["case"]
        if answer["outcome"] == "accepted" and expected.outcome is None:
            self.take(document, now, expected)
        if document.get("command_id") and answer["outcome"] != "duplicate" and answer["events"]:
            key = (document["council"], document["command_id"])
            self.first.setdefault(key, (document, answer))

    def _again(self, document: Document) -> Expected | None:
        first = self.first.get((document["council"], document.get("command_id", "")))
        if first is None:
            return None
        return Expected("duplicate" if first[0] == document else "invalid")

    def run_out(self, case: Case, now: datetime) -> None:
        """Fixed blocks end at the end of their last day, whoever looks next."""
        then = Then(case, None)
        for number in then.blocks():
            length = then.block(number).data.get("length", {})
            if length.get("kind") != "fixed" or length.get("ends", "by_itself") != "by_itself":
                continue
            last = date.fromisoformat(length["until"])
            over = days.london(last + days.DAY)
            if then.stands(number) and over <= now:
                self.order += 1
                data = {"block": number}
                case.facts.append(Fact(over, self.order, "BlockEnded", frozenset(), data))
