"""Replays one case: what stood, was owed and could be appealed at a moment, under which words."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Any

from domain.calendar.london import london_date, write_moment
from projections import appeals, audit, cases
from schemas.personal import split
from services.casework.appeal_terms import AppealTerms, OfficesThen
from services.casework.offices import Offices
from services.replay.clocks import Clocks
from services.replay.corrections import corrections
from services.replay.differences import differences
from services.replay.imported import imported
from services.replay.past import OfficesOf, RecordedBy
from services.replay.policy_then import policy_then
from services.replay.records import decision_records
from services.replay.why import Why
from services.store.database import Database
from services.store.directory import Directory
from services.store.lookups import Case
from services.store.register import Register
from services.views.appeals import listed_block
from services.views.audit import Event, events_of, in_words
from services.views.cases import owner
from services.views.incomplete import incomplete_since

Told = dict[str, Any]
_BEHIND = (
    "SELECT (SELECT max(sequence) FROM events WHERE stream = ?) > "
    "coalesce((SELECT max(sequence) FROM view_audit WHERE stream = ?), 0)"
)


class Replay:
    """Answers what a case was at a time; records nothing."""

    def __init__(
        self,
        database: Database,
        register: Register,
        offices: Offices,
        directory: Directory,
        why: Why,
        clock: Callable[[], datetime],
    ) -> None:
        self._database = database
        self._register = register
        self._offices = offices
        self._directory = directory
        self.why = why
        self._clock = clock

    def recorded(self, case: Case) -> Told:
        """The case as it is recorded now: `at` without what rests on a policy."""
        return self._read(case, Clocks())[1]

    def at(self, case: Case, clocks: Clocks) -> Told:
        """The case on both clocks: `casebook audit --json` says what is in it (docs/replay.md).

        Before its first event `events` is empty, `state` None, and `begins` says when it began.
        """
        with self._database.reading():
            events, told = self._read(case, clocks)
            offices = self._offices_then(clocks)
            office = offices.of(case.council)
        day = london_date(clocks.at(self._clock()))
        blocks = _blocks(offices, day, told, events) if office else []
        policy = None
        if office:
            cited = told["events"]
            policy = policy_then(office.council, day, cited, blocks, self._offices.policy)
        return told | {"appeals": blocks, "policy": policy}

    def between(self, case: Case, before: Clocks, after: Clocks) -> Told:
        """What changed from one pair of clocks to another: `differences` says what is in it."""
        moments = {"from": _written(before), "until": _written(after)}
        return moments | differences(self.at(case, before), self.at(case, after))

    def records(self, case: Case, found: Told) -> list[Told]:
        """The decision record of each block in what `at` gave, with its verdict asked again.

        `same` tells whether the answer is what it was; None where nothing can be asked.
        """
        return [
            {**record, "same": self.why(case, record["decision"]["sequence"])["same"]}
            for record in decision_records(found, self._offices.policy)
        ]

    def _read(self, case: Case, clocks: Clocks) -> tuple[list[Event], Told]:
        """The events as folds get them, and what they come to."""
        since = incomplete_since(self._database).get(case.stream.bytes)
        events, begins = self._left(case, clocks, whole=since is None)
        found = [in_words(clear, clear["personal"]) for clear in events]
        moment = clocks.at(self._clock())
        return events, {
            **_whose(case, events),
            "incomplete_since": since,
            **_written(clocks),
            "begins": begins,
            "state": audit.state(events, moment) if events else None,
            "corrections": corrections(found),
            "events": [_told(event) for event in found],
        }

    def _left(
        self, case: Case, clocks: Clocks, *, whole: bool
    ) -> tuple[list[Event], dict[str, str | None]]:
        """The events that are asked for, and when the first of all happened and was recorded."""
        left, happened, recorded = [], [], []
        for clear, values in self._events(case, whole=whole):
            happened.append(clear["occurred_at"])
            recorded.append(clear["recorded_at"])
            if clocks.show(clear):
                left.append({**clear, "personal": values})
        first = {"occurred_at": happened, "recorded_at": recorded}
        return left, {word: min(moments, default=None) for word, moments in first.items()}

    def _events(self, case: Case, *, whole: bool) -> Iterable[tuple[Event, Told]]:
        """As the view has them; as they are recorded, where a `whole` one is behind the record."""
        views, stream = self._database, case.stream.bytes
        if whole and not views.is_embedded and views.query(_BEHIND, (stream, stream)) == [(True,)]:
            return [split(each.body) for each in self._register.history_of(case.stream)]
        return events_of(views, stream)

    def _offices_then(self, clocks: Clocks) -> OfficesThen:
        """The offices as they were known then; as they are known now where no clock asks."""
        if clocks.as_known_at is None:
            return self._offices
        past = RecordedBy(self._register, clocks.as_known_at)
        return OfficesOf(past, self._offices, self._directory)


def _whose(case: Case, events: list[Event]) -> Told:
    row = audit.folded(cases.FOLDS, events)
    unknown = {"platform": None, "handle": None}
    return owner(row) if row else {"case": case.case_ref, "council": case.council, **unknown}


def _written(clocks: Clocks) -> dict[str, str | None]:
    return {
        "as_of": write_moment(clocks.as_of) if clocks.as_of else None,
        "as_known_at": write_moment(clocks.as_known_at) if clocks.as_known_at else None,
    }


def _blocks(offices: OfficesThen, day: date, whose: Told, events: list[Event]) -> list[Told]:
    row = audit.folded(appeals.FOLDS, events)
    named = {word: whose[word] for word in ("case", "council", "platform", "handle")}
    terms, complete = AppealTerms(offices), whose["incomplete_since"] is None
    return [
        listed_block(named, block, terms(whose["council"], block, day), complete)
        for block in (appeals.as_of(row, day.isoformat()) if row else ())
    ]


def _told(event: Event) -> Event:
    place = imported(event)
    return {**event, "imported": place} if place else event
