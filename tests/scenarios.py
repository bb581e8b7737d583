"""Given a register, when a command is sent, then the answer says this: on real files, in words."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from services import assemble
from tests.modes import Where, end_of, register_at
from tests.replay.again import differing

Answer = dict[str, Any]
STAFF = {
    "jo.p": "officer",
    "pat.o": "officer",
    "ola.o": "officer",
    "mia.m": "communications_manager",
    "sam.d": "service_director",
    "col.c": "complaints_officer",
    "aud.i": "auditor",
    "rex.r": "records_officer",
}
MAPLE = {"platform": "facebook", "handle": "maple.heron", "name": "Maple Heron"}
SWEARING = [{"category": "abusive_threatening", "sub_reason": "swearing"}]
PROPORTIONATE = {"aim": "protect staff and residents", "less_intrusive": "hiding did not help"}


class Scenario:
    """A real register with staff, a settable clock, and one council spoken to by default."""

    def __init__(
        self,
        folder: Path,
        council: str,
        now: str = "2026-06-01T12:00:00+00:00",
        policy: str | None = None,
    ) -> None:
        self.now = datetime.fromisoformat(now).astimezone(UTC)
        self.council = council
        self.case = ""
        own = [policy.encode()] if policy else []

        def make(where: Where) -> None:
            assemble.found(where, [council], "admin", self._clock, own)
            with assemble.open_casework(where, self._clock) as self.casework:
                self._appoint()

        self.where = register_at(folder, same=(council, now, policy), make=make)
        self.casework = assemble.open_casework(self.where, self._clock)

    def _clock(self) -> datetime:
        return self.now

    def _appoint(self) -> None:
        for staff, role in STAFF.items():
            self.given("appoint", staff=staff, role=role, **{"from": "2012-01-01"}, actor="admin")

    def send(self, document: dict[str, Any]) -> Answer:
        """The answer to a whole document."""
        answer: Answer = self.casework.handle(document)
        return answer

    def when(self, command: str, at: str | None = None, **fields: Any) -> Answer:
        """Send a command of jo.p about the present case at a moment."""
        document = {"command": command, "council": self.council, "actor": "jo.p", **fields}
        if at:
            document["occurred_at"] = at if "T" in at else f"{at}T10:00:00+00:00"
        office = command in ("appoint", "end-appointment", "adopt-policy", "declare-period")
        if not office and command != "end-period" and "account" not in fields:
            document.setdefault("case", self.case)
        return self.send(document)

    def given(self, command: str, at: str | None = None, **fields: Any) -> Answer:
        """Send a command that must be accepted."""
        answer = self.when(command, at, **fields)
        assert answer["outcome"] == "accepted", answer
        return answer

    def flagged(self, at: str, account: dict[str, Any] | None = None, **fields: Any) -> int:
        """Flag a complete item; the number of its incident. The case becomes the present one."""
        moment = at if "T" in at else f"{at}T09:00:00+00:00"
        item = {"kind": "comment", "posted_at": moment, "text": "f*** the lot of you"}
        item |= fields.pop("item", {})
        document = {
            "account": account or MAPLE,
            "item": item,
            "source": {"kind": "officer"},
            "why": "abusive words",
        }
        answer = self.given("flag", moment, **(document | fields))
        self.case = answer["case"]
        number: int = answer["events"][-1]["incident"]
        return number

    def upheld(self, at: str, findings: list[dict[str, Any]] | None = None, **fields: Any) -> int:
        """Flag, capture and uphold an item on one day; the number of its incident."""
        marks = {
            k: fields.pop(k) for k in ("explicit", "extreme", "apparent_nature") if k in fields
        }
        by = fields.pop("by", "jo.p")
        incident = self.flagged(at, **fields)
        self.given("capture", at, incident=incident, held_at="S:/evidence", lawful_to_hold=True)
        self.given(
            "uphold",
            at,
            incident=incident,
            findings=findings or SWEARING,
            viewpoint_neutral=True,
            actor=by,
            **marks,
        )
        return incident

    def duties(self, **asked: Any) -> list[dict[str, Any]]:
        """What the present case owes now, by the duties view."""
        found = self.casework.reading.show(self.casework.reading.find_case(None, self.case))
        owed: list[dict[str, Any]] = found["duties"]
        return [duty for duty in owed if all(duty[k] == v for k, v in asked.items())]

    def appeals(self, at: str) -> list[dict[str, Any]]:
        """The appeals view of the present case on a London day."""
        day = datetime.fromisoformat(at).date()
        found: list[dict[str, Any]] = self.casework.reading.appeals(self.case, at=day)
        return found


def rules_of(answer: Answer) -> list[str]:
    """The numbers of the rules that a verdict names."""
    return [rule["rule"] for rule in answer["verdict"]["rules"]]


def codes_of(answer: Answer) -> list[str]:
    """The codes of the duties that an answer raised."""
    return [duty["code"] for duty in answer["verdict"]["duties"]]


def types_of(answer: Answer) -> list[str]:
    """The types of the events that an answer lists."""
    return [event["type"] for event in answer["events"]]


@contextmanager
def scenario(folder: Path, council: str, policy: str | None = None) -> Iterator[Scenario]:
    """A scenario whose register is closed at the end; `policy` is the council's own file.

    Before, each verdict that it recorded is asked again and must be the same.
    """
    made = Scenario(folder, council, policy=policy)
    try:
        yield made
        assert differing(made.casework) == []
    finally:
        made.casework.close()
        end_of(folder)


def scenario_under(folder: Path, policy: str) -> AbstractContextManager[Scenario]:
    """A scenario of the council whose policy file has this text (`tests.policies.written`)."""
    return scenario(folder, tomllib.loads(policy)["policy"]["id"], policy)
