"""Asks the verdict of a past command again, with all that was recorded before it and no more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from domain.account.evolve import fold
from domain.account.standing import Standing
from domain.calendar.london import parse_moment, write_moment
from domain.commands.inquiry import World
from domain.commands.judging import Judgement, judge
from services.casework.accounts import correctable, moment_judged
from services.casework.documents import Document
from services.casework.ending import ended_blocks
from services.casework.judged import is_kept, refusal
from services.casework.offices import Office, Offices
from services.casework.recording import Body, actor_of, bodies, timer
from services.replay.commands_again import documents
from services.replay.names_then import NamesThen
from services.replay.past import OfficesOf, RecordedBefore
from services.store.directory import Directory
from services.store.lookups import Case, Lookups
from services.store.register import Register


@dataclass(frozen=True, slots=True)
class Again:
    """What came of asking again: the judgement, and the events that it would record."""

    document: Document
    judgement: Judgement
    made: list[Body]


class AskingAgain:
    """The register as it was before one command, and its account as it stood then."""

    def __init__(
        self,
        register: Register,
        lookups: Lookups,
        offices: Offices,
        directory: Directory,
        case: Case,
        position: int,
    ) -> None:
        self._lookups = lookups
        self._offices = offices
        self._case = case
        self._past = RecordedBefore(register, position)
        self._office = OfficesOf(self._past, offices, directory).of(case.council)
        self._names = NamesThen(register.database, self._past, position)
        self._before = self._past.events(case.stream)

    def asked(self, made: Sequence[Body]) -> Again | None:
        """The same command judged again; None where the record doesn't hold what was asked."""
        if self._office is None:
            return None
        if made[0]["actor"]["kind"] == "timer":
            return self._ended(made, self._office)
        found = None
        for document in documents(made):
            found = self._judged(document, made, self._office)
            if [each["data"] for each in found.made] == [each["data"] for each in made]:
                break
        return found

    def _judged(self, document: Document, made: Sequence[Body], office: Office) -> Again:
        present = fold(self._before)
        then, world = present, self._world(made, office)
        if not self._before:
            then = Standing(platform=made[0]["data"]["platform"])
        elif write_moment(document.at) < present.last_occurred:
            then = fold(self._before, moment_judged(document, present))
        judgement = judge(dict(document.fields), document.at, then, present, world)
        drafts = [draft for draft in judgement.drafts if draft.case is None]
        if judgement.outcome != "accepted":
            drafts = [refusal(judgement, document.fields)] if is_kept(judgement) else []
        actor = actor_of(document, judgement.role)
        return Again(
            document, judgement, self._bodies(made, present, judgement, document, actor, drafts)
        )

    def _ended(self, made: Sequence[Body], office: Office) -> Again | None:
        """A block that ran out, ended by the timer once more."""
        present = fold(self._before)
        block = made[0]["data"].get("block")
        for document, judgement in ended_blocks(present, self._world(made, office)):
            if document.fields["block"] == block:
                drafts = judgement.drafts
                again = self._bodies(made, present, judgement, document, timer(), drafts)
                return Again(document, judgement, again)
        return None

    def _bodies(
        self,
        made: Sequence[Body],
        present: Standing,
        judgement: Judgement,
        document: Document,
        actor: Body,
        drafts: Any,
    ) -> list[Body]:
        now = parse_moment(made[0]["recorded_at"])
        number, last = made[0]["sequence"] - 1, present.last_occurred
        stream, council = self._case.stream, self._case.council
        return bodies(
            stream, made[0]["case"], council, number, last, judgement, drafts, document, actor, now
        )

    def _world(self, made: Sequence[Body], office: Office) -> World:
        def holder_of(names: Mapping[str, str]) -> str | None:
            return self._names.holder_of(self._case.council, names)

        return World(
            now=parse_moment(made[0]["recorded_at"]),
            council=office.council,
            appointments=office.appointments,
            calendar_of=self._offices.calendar,
            history=lambda: self._before,
            correctable=correctable,
            holder_of=holder_of,
            standing_of=self._standing_of,
        )

    def _standing_of(self, case_ref: str, until: str | None) -> Standing | None:
        """Another case of the council as it stood; None where it had not begun to be recorded."""
        case = self._lookups.by_case(case_ref)
        if case is None or case.council != self._case.council:
            return None
        events = self._past.events(case.stream)
        return fold(events, until) if events else None


def position_of(register: Register, stream: UUID, sequence: int) -> int:
    """The position of an event in the register."""
    row = register.database.one(
        "SELECT position FROM events WHERE stream = ? AND sequence = ?", (stream.bytes, sequence)
    )
    position: int = row[0] if row else 0
    return position
