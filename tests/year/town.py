"""A year in both offices, played from a seed: what is sent, in which order, and when."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from tests.year import days
from tests.year.cases import Case
from tests.year.councils import COUNCILS, Council
from tests.year.facts import Then
from tests.year.moves import Moves
from tests.year.oracle import Oracle
from tests.year.people import APPOINTED, someone_for

Document = dict[str, Any]
FIRST_DAY = date(2025, 3, 3)
COMMANDS = {
    "capture": 5, "do-not-capture": 1, "uphold": 6, "dismiss": 2, "overturn": 1, "hide": 6,
    "delete": 3, "restore": 1, "content-gone": 1, "removal-honoured": 1, "not-possible": 1,
    "ask-removal": 4, "block": 7, "notify-block": 4, "apply-block": 5, "lift-block": 2,
    "tell-director": 2, "review-block": 1, "file-appeal": 7, "acknowledge-appeal": 2,
    "withdraw-appeal": 1, "dismiss-appeal": 1, "agree-reversal": 4, "decline-reversal": 3,
    "reverse-block": 4, "complain": 1, "acknowledge-complaint": 1, "answer-complaint": 1,
    "refer-police": 1, "report-platform": 1, "complete-record": 2, "note": 1, "change-handle": 1,
}  # fmt: skip
ABOUT = {
    "block": {"notify-block", "apply-block", "lift-block", "tell-director", "review-block",
              "file-appeal", "agree-reversal", "decline-reversal", "reverse-block"},
    "appeal": {"acknowledge-appeal", "withdraw-appeal", "dismiss-appeal"},
    "complaint": {"acknowledge-complaint", "answer-complaint"},
}  # fmt: skip
WHEN_APPEALED = ("file-appeal", "agree-reversal", "agree-reversal", "reverse-block",
                 "reverse-block", "acknowledge-appeal", "dismiss-appeal")  # fmt: skip
DONE_ALREADY = {"hide", "delete", "restore", "block", "apply-block", "lift-block", "notify-block",
                "reverse-block", "ask-removal"}  # fmt: skip


class Town:
    """Thinks of the next command: two thirds that the rules allow, one third that they do not."""

    def __init__(self, seed: int, oracle: Oracle) -> None:
        self.rng, self.oracle = Random(seed), oracle
        self.now = days.london(FIRST_DAY, 9, 0)
        self.sent = self.unwanted = self.people = 0
        self.recent: list[Document] = []

    def staffing(self, council: str) -> list[Document]:
        """The appointments of an office."""
        common = {"command": "appoint", "council": council, "actor": "admin"}
        return [common | appointed for appointed in APPOINTED]

    def later(self) -> None:
        """Move the clock on: some minutes of a working day, or to the next one."""
        self.now += timedelta(minutes=self.rng.choice((2, 20, 60, 120, 240)))
        local = self.now + timedelta(hours=days.summer_time(self.now))
        if local.hour >= 17 and self.rng.random() < 0.9:
            day = local.date() + days.DAY
            while not days.is_working_day(day):
                day += days.DAY
            self.now = days.london(day, 9, self.rng.randint(0, 59))

    def next(self) -> Document:
        """The next command, one that the oracle finds fit to keep the shares as they should be."""
        wanted = "refused" if self.unwanted * 3 <= self.sent else "accepted"
        document = self._thought_of()
        for _ in range(40):
            outcome = self.oracle.foresee(document, self.now).outcome
            if (outcome in ("accepted", None)) == (wanted == "accepted"):
                break
            document = self._thought_of()
        return document

    def _thought_of(self) -> Document:
        rng = self.rng
        if self.recent and rng.random() < 0.03:
            again = json.loads(json.dumps(rng.choice(self.recent[-200:])))
            again.setdefault("command_id", str(UUID(int=rng.getrandbits(128))))
            return again | ({"note": "sent once more"} if rng.random() < 0.2 else {})
        council = rng.choice(list(COUNCILS.values()))
        cases = [c for c in self.oracle.cases if c.council is council]
        if not cases or rng.random() < 0.08:
            return self._flag(council, cases)
        case = self._one_of(cases)
        return self._about(case, self._sensible(case) if rng.random() < 0.6 else None)

    def _one_of(self, cases: list[Case]) -> Case:
        if self.rng.random() < 0.35:
            ready = [c for c in cases[:-12] if self.oracle_cares(c) or c.count("block")]
            return self.rng.choice(ready or cases)
        return self.rng.choice(cases[-10:])

    def oracle_cares(self, case: Case) -> bool:
        """Whether a block of it can soon be appealed, or has been."""
        then = Then(case, None)
        soon = days.london_day(self.now) + timedelta(days=2)
        standing = [b for b in then.blocks() if then.stands(b)]
        return any(days.months_after(then.clock(b), 12) <= soon for b in standing)

    def _about(self, case: Case, command: str | None) -> Document:
        rng = self.rng
        command = command or self._any(case)
        at = self._moment(case)
        fields = getattr(Moves(rng, case, at), command.replace("-", "_"))()
        document = {
            "command": command,
            "council": case.council.id,
            "actor": someone_for(command, rng),
            "command_id": str(UUID(int=rng.getrandbits(128))),
            "occurred_at": days.written(at),
            **self._named(case),
            **fields,
        }
        if command in DONE_ALREADY and rng.random() < 0.04:
            document["already_done"] = {"reason": "done over the telephone"}
        if rng.random() < 0.03:
            document["on_behalf_of"] = someone_for(command, rng)
        if command == "apply-block" and rng.random() < 0.15:
            document["occurred_at"] = days.written(at - timedelta(days=rng.randint(1, 3)))
        if rng.random() < 0.06:
            del document["occurred_at"]
        return document

    def _any(self, case: Case) -> str:
        """Any command, though seldom one about a block or an appeal that is not there."""
        for _ in range(20):
            command = self.rng.choices(list(COMMANDS), list(COMMANDS.values()))[0]
            kind = next((k for k, words in ABOUT.items() if command in words), "incident")
            if case.count(kind) or self.rng.random() < 0.04:
                return command
        return "note"

    def _moment(self, case: Case) -> datetime:
        """Just now, mostly; a late entry now and then; very rarely a slip into the future."""
        chance = self.rng.random()
        if chance < 0.06:
            return self.now - timedelta(hours=self.rng.randint(1, 80))
        if chance < 0.1:  # entered as if it had come just before something that is there
            return self.rng.choice(case.facts[-5:]).at - timedelta(minutes=1)
        if chance < 0.105:
            return self.now + timedelta(hours=1)
        return self.now

    def _named(self, case: Case) -> Document:
        if case.ref and (self.rng.random() < 0.6 or not case.handle):
            return {"case": case.ref}
        return {"account": {"platform": case.platform, "handle": case.handle}}

    def _flag(self, council: Council, cases: list[Case]) -> Document:
        rng, number = self.rng, self.sent
        at = self.now
        if rng.random() < 0.2:  # reported in the night, entered in the morning
            at = days.london(days.london_day(self.now), 0, 0) - timedelta(
                minutes=rng.randint(9, 180)
            )
        posted = at - timedelta(minutes=rng.randint(2, 4000), seconds=rng.randint(0, 59))
        item: Document = {
            "kind": rng.choice(("comment", "comment", "comment", "post", "direct_message")),
            "posted_at": days.written(posted),
            "text": f"words {number}",
        }
        if rng.random() < 0.1:
            item["formats"] = ["image"]
        if rng.random() < 0.06:
            item["where"] = "elsewhere"
        account = self._account(council, cases)
        document = {
            "command": "flag",
            "council": council.id,
            "actor": someone_for("flag", rng),
            "command_id": str(UUID(int=rng.getrandbits(128))),
            "occurred_at": days.written(at),
            "account": account,
            "item": item,
            "source": {"kind": rng.choice(("officer", "officer", "public_report", "partner"))},
            "why": "words at our staff",
        }
        self._forget(document)
        return document

    def _account(self, council: Council, cases: list[Case]) -> Document:
        rng = self.rng
        if cases and rng.random() < 0.75:
            case = rng.choice(cases[-10:])
            account = {"platform": case.platform, "handle": case.handle or "gone"}
            if case.account_id and rng.random() < 0.5:
                account |= {"account_id": case.account_id}
                if rng.random() < 0.3:  # comes back under another handle
                    account["handle"] = f"{case.handle}.back"[-40:]
            return account
        self.people += 1
        platform = rng.choice((*council.channels, "facebook", "facebook"))
        platform = "tiktok" if rng.random() < 0.02 else platform
        account = {"platform": platform, "handle": f"person.{self.people}"}
        if rng.random() < 0.5:
            account["account_id"] = f"id-{self.people}"
        return account | {"name": f"Person {self.people}"}

    def _forget(self, document: Document) -> None:
        """Leave one of the five record fields out now and then."""
        if self.rng.random() > 0.12:
            return
        field = self.rng.choice(("name", "posted_at", "text", "why"))
        if field == "why":
            del document["why"]
        elif field == "name":
            document["account"].pop("name", None)
        else:
            del document["item"][field]

    def _sensible(self, case: Case) -> str | None:
        """What should be done next in a case, if anything is plain to see."""
        then, last = Then(case, None), case.count("incident")
        status = then.status(last)
        standing = [b for b in then.blocks() if then.stands(b)]
        if standing and self.oracle_cares(case):
            return self.rng.choice(WHEN_APPEALED)
        if then.blocks() and not standing and self.rng.random() < 0.5:
            return "lift-block"
        if status == "overturned" and then.content(last) == "hidden":
            return "restore"
        if then.incomplete(last):
            return "complete-record"
        if not then.captured(last):
            return "capture"
        if status == "flagged":
            return "uphold"
        if status == "upheld" and then.content(last) == "visible":
            return "hide" if case.council.id == "ashfield" else "ask-removal"
        if standing and self.rng.random() < 0.5:
            return self.rng.choice(("tell-director", "notify-block", "apply-block"))
        return "block" if status == "upheld" else None
