"""Random histories of a case: late entries, corrections, blocks, appeals, duties met and waived."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

from hypothesis import strategies as st

from domain.recorded import Recorded
from services.assemble import Casework
from services.store.lookups import Case
from tests.projections.histories import History

START = datetime(2024, 3, 1, 9, tzinfo=UTC)
JUDGED = ("FlagUpheld", "FlagDismissed", "FindingOverturned", "IncidentClosed")
DONE = ("PostHidden", "PostRestored", "PostDeleted", "ContentGone")
PAGES = ("facebook", "x")
LONGEST = 14


class Told:
    """A history in the making: what there is to act on, and since when."""

    def __init__(self, draw: Any, case: Case) -> None:
        self.draw = draw
        self.history = History(case.case_ref)
        self.history.stream = case.stream
        self.recorded = START
        self.incidents: list[datetime] = []
        self.blocks: list[datetime] = []
        self.appeals: list[tuple[int, datetime]] = []
        self.reversed: dict[int, datetime] = {}
        self.owed: list[str] = []

    def one(self, things: Sequence[Any]) -> Any:
        """Any one of these."""
        return self.draw(st.sampled_from(things))

    def add(self, type: str, since: datetime = START, **data: Any) -> datetime:
        """One more event, recorded now; it happened just now, or late, but not before `since`."""
        at = self.recorded
        if self.draw(st.booleans()):
            at = max(since, at - timedelta(minutes=self.draw(st.integers(0, 60 * 24 * 40))))
        recorded = self.recorded.isoformat()
        self.history(type, f"{at:%Y-%m-%dT%H:%M}", recorded_at=recorded, **data)
        return at

    def later(self) -> None:
        """Let up to some months pass."""
        minutes = self.draw(st.one_of(st.integers(0, 600), st.integers(0, 60 * 24 * 150)))
        self.recorded += timedelta(minutes=minutes)

    def duties(self) -> list[dict[str, Any]]:
        """Perhaps a duty that the next event raises, due some days on."""
        if not self.draw(st.booleans()):
            return []
        self.owed.append(f"{len(self.history) + 1}.1")
        due = self.recorded + timedelta(days=self.draw(st.integers(-3, 30)))
        return [{"code": "review_block", "due": self.one([None, due.isoformat()])}]

    def met(self) -> list[str]:
        """Perhaps a duty that the next event ends."""
        if not self.owed or not self.draw(st.booleans()):
            return []
        return [self.owed.pop(0)]


def flag(told: Told) -> None:
    number = len(told.incidents) + 1
    duties = told.duties()
    told.incidents.append(told.add("CommentFlagged", incident=number, account=None, duties=duties))


def act(told: Told) -> None:
    number = told.one(range(1, len(told.incidents) + 1))
    type = told.one([*JUDGED, *DONE])
    discharges = told.met()
    told.add(type, told.incidents[number - 1], incident=number, discharges=discharges)


def block(told: Told) -> None:
    number = len(told.blocks) + 1
    data = {"block": number, "channels": list(PAGES), "duties": told.duties()}
    told.blocks.append(told.add("Blocked", **data))


def carry_out(told: Told) -> None:
    number = told.one(range(1, len(told.blocks) + 1))
    type = told.one(["BlockApplied", "BlockLifted"])
    since = told.blocks[number - 1]
    if type == "BlockApplied":
        since -= timedelta(days=3)
        result = told.one(["applied", "applied", "partly", "failed"])
    else:
        result = "lifted"
    data = {"block": number, "channel": told.one(PAGES), "result": result, "failure": None}
    told.add(type, max(START, since), discharges=told.met(), **data)


def reverse(told: Told) -> None:
    number = told.one(range(1, len(told.blocks) + 1))
    if number in told.reversed:
        return
    since = max([told.blocks[number - 1], *(at for b, at in told.appeals if b == number)])
    data = {"block": number, "because": "error", "appeal": None, "complaint": None}
    told.reversed[number] = told.add("BlockReversed", since, discharges=told.met(), **data)


def appeal(told: Told) -> None:
    number = told.one(range(1, len(told.blocks) + 1))
    if number in told.reversed:
        return
    day = told.blocks[number - 1].date().isoformat()
    told.appeals.append((number, told.blocks[number - 1]))
    data = {"appeal": len(told.appeals), "block": number, "received_on": day}
    at = told.add("AppealFiled", told.blocks[number - 1], duties=told.duties(), **data)
    told.appeals[-1] = (number, at)


def end_appeal(told: Told) -> None:
    number = told.one(range(1, len(told.appeals) + 1))
    type = told.one(["AppealDismissed", "AppealWithdrawn"])
    told.add(type, told.appeals[number - 1][1], appeal=number, discharges=told.met())


def rename(told: Told) -> None:
    handle = told.one(["oak.owl", "elm.eel", "maple.heron"])
    told.add("HandleChanged", handle=handle, name=None, account_id=None)


def correct(told: Told) -> None:
    value = told.one(["Maple Herron", "M. Heron", "O'Heron 😀"])
    was = told.history[0]["data"]["name"]
    told.add("RecordCorrected", sequence=1, field="name", value=value, was=was)


def waive(told: Told) -> None:
    if told.owed:
        told.add("DutyWaived", duty=told.owed.pop(0))


def note(told: Told) -> None:
    told.add("NoteAdded")


ANY_TIME = (
    flag,
    act,
    act,
    block,
    carry_out,
    carry_out,
    appeal,
    reverse,
    rename,
    correct,
    waive,
    note,
)


@st.composite
def histories(draw: Any, case: Case) -> list[dict[str, Any]]:
    """Events as they would be stored, in the order of recording."""
    told = Told(draw, case)
    told.add("AccountOpened", handle="maple.heron", name="Maple Heron", account_id=None)
    flag(told)
    block(told)
    for _ in range(draw(st.integers(1, LONGEST))):
        told.later()
        steps = [*ANY_TIME, *((end_appeal, end_appeal, reverse) if told.appeals else ())]
        told.one(steps)(told)
    return told.history


class Ready:
    """Events that are already what they are, to be recorded as they stand."""

    def __init__(self, case: Case, events: list[dict[str, Any]]) -> None:
        self.id = case.stream
        self._events = [Recorded(case.stream, event["sequence"], event) for event in events]

    def collect_events(self) -> list[Recorded]:
        """All of them."""
        return self._events


def opened(casework: Casework) -> Case:
    """A case without an event yet."""
    with casework.database.writing():
        return casework.lookups.open_case("ashfield", "ASH", uuid4())


def recorded(casework: Casework, case: Case, events: list[dict[str, Any]]) -> None:
    """Put the events into the register, and so into its views, under the policy it has."""
    office = casework.offices.of(case.council)
    assert office is not None
    for event in events:
        event["policy"] = office.council.earliest().policy.as_reference()
    with casework.database.writing():
        casework.register.record(Ready(case, events))
