"""The same in small steps: a machine that looks for the shortest way to a wrong answer."""

from __future__ import annotations

import shutil
import tempfile
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from tests.year import days
from tests.year.cases import Case
from tests.year.effects import opening
from tests.year.facts import Then
from tests.year.office import Office
from tests.year.oracle import Oracle
from tests.year.past import blocks_before
from tests.year.people import APPOINTED
from tests.year.town import FIRST_DAY

pytestmark = pytest.mark.slow

PEOPLE = st.sampled_from(("jo", "pat", "mia", "dee", "col"))
WHO = st.sampled_from(("earlier.0", "new.comer"))
COUNCIL = st.sampled_from(("ashfield", "north-northamptonshire"))
NUMBER = st.sampled_from((1, 1, 2, 2, 3))
HOURS_AGO = st.sampled_from((0, 0, 0, 0, 2, 30))
BECAUSE = st.sampled_from(("appeal", "error", "complaint"))
GROUND = st.sampled_from(
    ("continues", "extreme", "reserved_power", "non_compliance", "explicit", "persistent")
)
MARK = st.sampled_from(("", "", "extreme", "explicit"))
FINDING = {
    "swearing": {"category": "abusive_threatening", "sub_reason": "swearing"},
    "off topic": {"category": "off_topic", "completely": True},
    "nothing": {"category": "criticism"},
}
ELECTION = {"kind": "pre_election", "from": "2025-03-01", "until": "2025-04-01"}


class Middle:
    """No dice: what the entered history needs of a source of chance."""

    @staticmethod
    def randint(low: int, high: int) -> int:
        return (low + high) // 2


class SmallSteps(RuleBasedStateMachine):
    """One account of the year before and one newcomer in each council, and every step on them."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="small-steps-"))
        self.now = days.london(FIRST_DAY, 9)
        self.oracle = Oracle()
        self.office = Office(self.folder / "register", lambda: self.now, self.oracle)

    @initialize()
    def begin(self) -> None:
        for council in ("ashfield", "north-northamptonshire"):
            for appointed in APPOINTED:
                office = {"command": "appoint", "council": council, "actor": "admin"}
                self.office.send(office | appointed, at_once=False)
        declared = {"command": "declare-period", "council": "north-northamptonshire"}
        named = {"actor": "mia", "name": "county", "reason": "notice of election"}
        self.office.send(declared | named | ELECTION, at_once=False)
        for document in blocks_before(FIRST_DAY, Middle, 1):
            self.office.send(document, at_once=False)
        self.office.flush()

    def give(self, council: str, who: str, actor: str, ago: int, **fields: Any) -> None:
        """One command to both; whatever it is, they must agree on it."""
        at = self.now - timedelta(hours=ago)
        account = {"platform": "facebook", "handle": who, "name": who.title()}
        common = {"council": council, "actor": actor, "account": account}
        self.office.send(common | {"occurred_at": days.written(at)} | fields)
        self.now += timedelta(minutes=7)

    @rule(hours=st.sampled_from((3, 24, 72, 24 * 200)))
    def time_goes_by(self, hours: int) -> None:
        self.now += timedelta(hours=hours)

    @rule(c=COUNCIL, w=WHO, a=PEOPLE, ago=HOURS_AGO, lacks=st.booleans())
    def flag(self, c: str, w: str, a: str, ago: int, lacks: bool) -> None:
        at = self.now - timedelta(hours=ago, minutes=5)
        item = {"kind": "comment", "posted_at": days.written(at), "text": "words"}
        why = {} if lacks else {"why": "abuse"}
        self.give(c, w, a, ago, command="flag", item=item, source={"kind": "officer"}, **why)

    @rule(c=COUNCIL, w=WHO, a=PEOPLE, ago=HOURS_AGO, n=NUMBER)
    def capture(self, c: str, w: str, a: str, ago: int, n: int) -> None:
        self.give(c, w, a, ago, command="capture", incident=n, held_at="S:/evidence")

    @rule(c=COUNCIL, w=WHO, a=PEOPLE, ago=HOURS_AGO, n=NUMBER,
          found=st.sampled_from(list(FINDING)), mark=MARK)  # fmt: skip
    def uphold(self, c: str, w: str, a: str, ago: int, n: int, found: str, mark: str) -> None:
        marks = {"": {}, "extreme": {"extreme": {"reason": "a child"}}, "explicit": {mark: True}}
        findings = {"findings": [FINDING[found]], "viewpoint_neutral": True}
        self.give(c, w, a, ago, command="uphold", incident=n, **findings, **marks[mark])

    @rule(c=COUNCIL, w=WHO, a=PEOPLE, ago=HOURS_AGO, n=NUMBER,
          act=st.sampled_from(("hide", "delete", "restore")), done=st.booleans())  # fmt: skip
    def remove(self, c: str, w: str, a: str, ago: int, n: int, act: str, done: bool) -> None:
        fields: dict[str, Any] = {"reason": "again"} if act == "restore" else {}
        if done:
            fields["already_done"] = {"reason": "on the telephone"}
        self.give(c, w, a, ago, command=act, incident=n, **fields)

    @rule(c=COUNCIL, w=WHO, a=PEOPLE, n=NUMBER)
    def hide_before_an_election(self, c: str, w: str, a: str, n: int) -> None:
        """Removing what is political never changes what counts (rules.md §6, 6)."""
        before = {ref: self.office.watch.strikes(ref) for ref in self.office.watch.seen}
        fields = {"ground": "pre_election", "reason": "party", "viewpoint_neutral": True}
        self.give(c, w, a, 0, command="hide", incident=n, **fields)
        assert {ref: self.office.watch.strikes(ref) for ref in before} == before

    @rule(c=COUNCIL, w=WHO, a=PEOPLE, n=NUMBER, act=st.sampled_from(("overturn", "dismiss")))
    def take_back(self, c: str, w: str, a: str, n: int, act: str) -> None:
        overturns = {"because": "error", "reasons": "misread"}
        fields = overturns if act == "overturn" else {"reason": "no_breach"}
        self.give(c, w, a, 0, command=act, incident=n, **fields)

    @rule(c=COUNCIL, w=WHO, a=PEOPLE, ago=HOURS_AGO, n=NUMBER,
          via=st.sampled_from(("public_reply", "direct_message")))  # fmt: skip
    def ask(self, c: str, w: str, a: str, ago: int, n: int, via: str) -> None:
        fields = {"incident": n, "via": via, "delivery": "sent"}
        self.give(c, w, a, ago, command="ask-removal", **fields)

    @rule(c=COUNCIL, w=WHO, a=PEOPLE, ago=HOURS_AGO, ground=GROUND,
          listed=st.sampled_from(([1], [2], [1, 2], [])), fixed=st.booleans())  # fmt: skip
    def block(
        self, c: str, w: str, a: str, ago: int, ground: str, listed: list[int], fixed: bool
    ) -> None:
        scopes = {"persistent": "commenting", "non_compliance": "access", "explicit": "access"}
        until = days.london_day(self.now) + timedelta(days=3)
        length = {"length": {"kind": "fixed", "until": until.isoformat()}} if fixed else {}
        common = {"channels": ["facebook"], "reason": "again", "viewpoint_neutral": True}
        weighed = {"proportionality": {"aim": "protect", "less_intrusive": "no"}}
        scope = {"scope": scopes.get(ground, "interacting")}
        named = {"ground": ground, "incidents": listed}
        self.give(c, w, a, ago, command="block", **named, **scope, **common, **weighed, **length)

    @rule(c=COUNCIL, w=WHO, a=PEOPLE, ago=HOURS_AGO, n=NUMBER)
    def notify(self, c: str, w: str, a: str, ago: int, n: int) -> None:
        fields = {"block": n, "via": "email", "delivery": "sent"}
        self.give(c, w, a, ago, command="notify-block", **fields)

    @rule(c=COUNCIL, w=WHO, a=PEOPLE, ago=HOURS_AGO, n=NUMBER,
          act=st.sampled_from((("apply-block", "applied"), ("lift-block", "lifted"))))  # fmt: skip
    def carry_out(self, c: str, w: str, a: str, ago: int, n: int, act: tuple[str, str]) -> None:
        fields = {"block": n, "channel": "facebook", "result": act[1]}
        self.give(c, w, a, ago, command=act[0], **fields)

    @rule(c=COUNCIL, w=WHO, a=PEOPLE, n=NUMBER, days_after=st.sampled_from((-1, 0, 1, 99)))
    def appeal(self, c: str, w: str, a: str, n: int, days_after: int) -> None:
        """Around the day on which it opens, wherever that is by now in the past."""
        received, case = days.london_day(self.now), self.case(c, w)
        if case and n in Then(case, self.now).blocks():
            opens = opening(case, n, self.now) + timedelta(days=days_after)
            received = min(received, opens)
        told = {"received_on": received.isoformat(), "via": "letter"}
        owner = {"appellant": {"kind": "owner", "checked": "code on the profile"}}
        self.give(c, w, a, 0, command="file-appeal", block=n, **told, **owner)

    @rule(c=COUNCIL, w=WHO, a=PEOPLE, n=NUMBER, act=st.sampled_from(("dismiss", "withdraw")))
    def end_appeal(self, c: str, w: str, a: str, n: int, act: str) -> None:
        reasons = {"reasons": "still needed"} if act == "dismiss" else {}
        self.give(c, w, a, 0, command=f"{act}-appeal", appeal=n, **reasons)

    @rule(c=COUNCIL, w=WHO, a=PEOPLE, ago=HOURS_AGO, because=BECAUSE, n=NUMBER,
          act=st.sampled_from(("agree-reversal", "decline-reversal", "reverse-block")))  # fmt: skip
    def reverse(self, c: str, w: str, a: str, ago: int, because: str, n: int, act: str) -> None:
        number = {} if because == "error" else {because: n}
        fields = {"block": 1, "because": because, "reasons": "a year has passed"}
        self.give(c, w, a, ago, command=act, **fields, **number)

    @rule(c=COUNCIL, w=WHO, a=PEOPLE)
    def complain(self, c: str, w: str, a: str) -> None:
        fields = {"received_on": days.london_day(self.now).isoformat(), "via": "letter"}
        self.give(c, w, a, 0, command="complain", about="it is unfair", **fields)

    def case(self, council: str, who: str) -> Case | None:
        mine = [c for c in self.oracle.cases if (c.council.id, c.handle) == (council, who)]
        return mine[0] if mine else None

    @precondition(lambda self: self.oracle.cases)
    @invariant()
    def the_appeals_view_agrees_today(self) -> None:
        for case in self.oracle.cases:
            self.oracle.run_out(case, self.now)
        self.office.casework.tick()
        self.office.check_appeals(days.london_day(self.now))

    def teardown(self) -> None:
        self.office.check_views()
        self.office.close()
        shutil.rmtree(self.folder)


TestSmallSteps = SmallSteps.TestCase
TestSmallSteps.settings = settings(max_examples=40, stateful_step_count=40)
TestSmallSteps.pytestmark = [pytest.mark.slow]
