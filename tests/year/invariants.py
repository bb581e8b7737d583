"""What must hold after every command (rules.md §6), watched on the events as they are stored."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from tests.year import days
from tests.year.councils import ASHFIELD, NORTHANTS
from tests.year.oracle import Oracle

Event = dict[str, Any]
ENDS = ("BlockReversed", "BlockEnded")


class BrokenInvariant(AssertionError):
    """A stored event that should never have been."""


class Watch:
    """Reads each stored event once, and knows of each case only what the invariants ask."""

    def __init__(self, oracle: Oracle) -> None:
        self.oracle = oracle
        self.seen: dict[str, list[Event]] = {}
        self.checked = 0

    def take(self, event: Event) -> None:
        """Check one more event against everything stored before it."""
        if event["stream"]["kind"] != "account":
            return
        before = self.seen.setdefault(event["case"], [])
        self._stored_soundly(event, before)
        irregular = bool(event["irregular"])
        check = CHECKS.get(event["type"])
        if check and not irregular:
            check(self, event, before)
        if event["type"] == "Blocked":
            self._director(event)
        before.append(event)
        self.checked += 1

    def _stored_soundly(self, event: Event, before: list[Event]) -> None:
        _hold(event, event["sequence"] == len(before) + 1, "sequence has a hole")
        acts = [e["occurred_at"] for e in before if e["type"] != "RefusalRecorded"]
        late = bool(acts) and event["occurred_at"] < max(acts)
        _hold(event, event["late"] == late, f"late must be {late}")
        owed = {d["duty"] for e in before for d in e["duties"]}
        _hold(event, set(event["discharges"]) <= owed, "discharges what was never owed")
        ids = [duty["duty"] for duty in event["duties"]]
        if event["type"] != "ComplaintExtended":
            _hold(event, not owed & set(ids), "raises a duty twice")

    def _removed(self, event: Event, before: list[Event]) -> None:
        """1. A human, a breach or a named exception, a record, evidence. 6. No strike."""
        _human(event)
        self._grounded(event, before, [event["data"]["incident"]], event["data"].get("ground"))
        _hold(event, "strike" not in event["data"], "removing counts nothing")

    def _blocked(self, event: Event, before: list[Event]) -> None:
        _human(event)
        self._grounded(event, before, event["data"]["incidents"], None)

    def _grounded(
        self, event: Event, before: list[Event], incidents: list[int], exception: str | None
    ) -> None:
        then = [e for e in before if e["occurred_at"] <= event["occurred_at"]]
        then.sort(key=lambda e: (e["occurred_at"], e["sequence"]))
        for number in incidents:
            about = [e["type"] for e in then if e["data"].get("incident") == number]
            _hold(event, "CommentFlagged" in about, f"incident {number} was never recorded")
            kept = {"EvidenceCaptured", "EvidenceNotCaptured"} & set(about)
            _hold(event, bool(kept), f"incident {number} has no evidence")
            judged = [t for t in about if t in ("FlagUpheld", "FindingOverturned")]
            found = bool(judged) and judged[-1] == "FlagUpheld"
            _hold(event, found or exception is not None, f"no breach was found in {number}")

    def _noticed(self, event: Event, before: list[Event]) -> None:
        """2. Ashfield tells nobody directly that they are blocked."""
        _hold(event, event["council"] != ASHFIELD.id, "R-A51: people are not told")

    def _applied(self, event: Event, before: list[Event]) -> None:
        """2. In North Northamptonshire a notice, or an attempt, comes no later."""
        if event["council"] != NORTHANTS.id:
            return
        block = event["data"]["block"]
        decided = next(e["occurred_at"] for e in before if _of(e, "Blocked", block))
        at = max(event["occurred_at"], decided)  # D-3: judged as at the decision
        told = any(_of(e, "BlockNoticeGiven", block) and e["occurred_at"] <= at for e in before)
        _hold(event, told, "R-N22: applied before any notice")

    def _reversed(self, event: Event, before: list[Event]) -> None:
        """3. Under Ashfield's policy two people, one of them the manager at that moment."""
        block = event["data"]["block"]
        decided = next(e for e in before if _of(e, "Blocked", block))
        who = _people(event)
        _hold(event, not who & _people(decided), "who blocked may not reverse")
        if event["council"] != ASHFIELD.id:
            return
        for agreed in (e for e in before if _of(e, "ReversalAgreed", block)):
            day = days.london_day(datetime.fromisoformat(agreed["occurred_at"]))
            doer = agreed.get("on_behalf_of", agreed["actor"]["id"])
            roles = self.oracle.roles(ASHFIELD, doer, day, frozenset(_people(decided)))
            same = agreed["data"]["because"] == event["data"]["because"]
            earlier = agreed["occurred_at"] <= event["occurred_at"]
            manager = "communications_manager" in roles
            if same and earlier and manager and not who & _people(agreed):
                return
        _hold(event, False, "R-A28: no second person, manager at that time, had agreed")

    def _appealed(self, event: Event, before: list[Event]) -> None:
        """4. Early or not depends on the clock's London day and the day of receipt alone."""
        block = event["data"]["block"]
        moments = [
            e["occurred_at"]
            for e in before
            if _of(e, "Blocked", block)
            or (_of(e, "BlockApplied", block) and e["data"]["result"] == "applied")
        ]
        started = days.london_day(datetime.fromisoformat(min(moments)))
        opens = days.months_after(started, 12)
        early = date.fromisoformat(event["data"]["received_on"]) < opens
        wanted = "AppealReceivedEarly" if early else "AppealFiled"
        _hold(event, event["type"] == wanted, f"the appeal opens on {opens}")

    def _director(self, event: Event) -> None:
        """5. One telling of the Service Director is owed for each block, and only in Ashfield."""
        owed = [d for d in event["duties"] if d["code"] == "tell_service_director"]
        wanted = 1 if event["council"] == ASHFIELD.id else 0
        _hold(event, len(owed) == wanted, "the director is told once of each block")

    def strikes(self, case: str) -> int:
        """How many upheld incidents of a case count."""
        counted: dict[int, bool] = {}
        for event in sorted(self.seen[case], key=lambda e: (e["occurred_at"], e["sequence"])):
            number = event["data"].get("incident")
            if event["type"] == "FlagUpheld" and not counted.get(number):
                counted[number] = event["data"]["strike"]
            elif event["type"] == "FindingOverturned":
                counted[number] = False
        return sum(counted.values())


CHECKS = {
    "PostHidden": Watch._removed,
    "PostDeleted": Watch._removed,
    "Blocked": Watch._blocked,
    "BlockNoticeGiven": Watch._noticed,
    "BlockApplied": Watch._applied,
    "BlockReversed": Watch._reversed,
    "AppealFiled": Watch._appealed,
    "AppealReceivedEarly": Watch._appealed,
}


def _of(event: Event, type_: str, block: int) -> bool:
    return event["type"] == type_ and event["data"]["block"] == block


def _people(event: Event) -> set[str]:
    both = (event["actor"]["id"], event.get("on_behalf_of"))
    return {person for person in both if person}


def _human(event: Event) -> None:
    _hold(event, event["actor"]["kind"] == "person", "no human did it")


def _hold(event: Event, holds: bool, what: str) -> None:
    if not holds:
        raise BrokenInvariant(f"{event['case']} {event['sequence']} {event['type']}: {what}")
