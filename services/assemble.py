"""The one place where the parts of a register are put together; nothing connects at import."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from enum import Enum
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from domain.calendar.london import london_date
from services import clock as edge
from services.casework.accounts import AccountCommands
from services.casework.answers import Answer
from services.casework.casework import CommandDesk
from services.casework.founding import add_councils, first_policies
from services.casework.kept_policies import changed_elsewhere, damaged
from services.casework.office_commands import OfficeCommands
from services.casework.offices import Offices
from services.casework.queue import CommandQueue
from services.casework.reading import Reading
from services.projector.awaiting import Awaiting
from services.projector.lag import views_behind
from services.store.answers import Answers
from services.store.database import Database
from services.store.directory import Directory
from services.store.evidence import evidence_of
from services.store.lookups import Lookups
from services.store.opening import create_database, open_database
from services.store.register import Register
from services.store.server_findings import server_findings
from services.views import rebuild
from services.views.projector import Projector
from services.views.rebuild import Tell
from services.views.tables import HANDED_OVER


class Views(Enum):
    """Who keeps the views in step with what is recorded."""

    IN_STEP = "in step"
    """The transaction that records it: always so in the embedded register."""
    BEHIND = "behind"
    """This process, from the log, after each command."""
    ELSEWHERE = "elsewhere"
    """The projector, from Kafka."""


class Casework:
    """An open register: commands go in at `desk`, questions at `reading`."""

    def __init__(
        self,
        database: Database,
        clock: Callable[[], datetime] = edge.now,
        views: Views | None = None,
    ) -> None:
        self.clock = clock
        self.database = database
        self.register = Register(database)
        self.directory = Directory(database)
        self.lookups = Lookups(database)
        self.offices = Offices(self.register, self.directory)
        self.evidence = evidence_of(database)
        self.accounts = AccountCommands(self.register, self.lookups, self.offices, self.evidence)
        self.office_commands = OfficeCommands(self.register, self.directory)
        self.desk = CommandDesk(
            database,
            self.offices,
            self.accounts,
            self.office_commands,
            Answers(database),
            clock,
        )
        self._queue = CommandQueue(self.desk.handle, self.desk.handle_all)
        self.reading = Reading(
            database, self.lookups, self.directory, self.offices, self.accounts, clock
        )
        self.projector = Projector(database)
        self._views = views or (Views.IN_STEP if database.is_embedded else Views.BEHIND)
        database.join(self.projector)
        if self._views is not Views.ELSEWHERE:
            self._fold()
        if self._views is Views.IN_STEP:
            self.register.on_changed_elsewhere(self.projector.changed_elsewhere)
            self.register.on_recorded(self.projector.recorded)
        self._awaiting: Awaiting | None = None
        self.show = self.reading.show
        self.staff = self.reading.staff

    def handle(self, sent: dict[str, Any], *, dry_run: bool = False) -> Answer:
        """The answer to one document, durable when it returns; a dry run records nothing."""
        if dry_run or self.database.is_embedded:
            answer = self.desk.handle(sent, dry_run=dry_run)
        else:
            answer = self._queue.handle(sent)
        self.bring_views_up()
        return answer

    def handle_lines(self, lines: Iterable[bytes]) -> list[Answer]:
        """The answers to lines of JSON, in order; all are durable when it returns."""
        answers = self.desk.handle_lines(lines)
        self.bring_views_up()
        return answers

    def await_views(self) -> None:
        """From now on, remember what is recorded, so that `until_shown` can wait for it."""
        if self.views_are_elsewhere:
            self._awaiting = Awaiting(self.database, self.lookups)
            self.register.on_recorded(self._awaiting.recorded)
            self.database.join(self._awaiting)

    def until_shown(self, answers: Iterable[Answer], seconds: float) -> str | None:
        """Wait until the views hold what these answers tell of; else what is lacking, in words."""
        return self._awaiting.until_shown(answers, seconds) if self._awaiting else None

    def bring_views_up(self) -> None:
        """Where this process keeps the views behind the record: fold what is recorded by now."""
        if self._views is Views.BEHIND:
            self._fold()

    def _fold(self) -> None:
        self.projector.catch_up(self.register.history)
        if self.projector.position == HANDED_OVER:
            self._views = Views.ELSEWHERE

    @property
    def councils(self) -> list[str]:
        """The councils of this register."""
        return self.directory.councils()

    def find_case(self, council: str | None, text: str) -> str:
        """The reference of a case named by reference or PLATFORM/HANDLE; raises NotFound."""
        return self.reading.find_case(council, text).case_ref

    def tick(self) -> list[Answer]:
        """End the fixed blocks that have run out; says which case each was of."""
        ended = []
        for block in self.reading.appeals(None):
            fixed = block["length"].get("until")
            today = london_date(self.clock()).isoformat()
            if block["status"] == "blocked" and fixed and fixed < today:
                ended.append(self._end(block["case"]))
        self.bring_views_up()
        return [each for each in ended if each]

    def _end(self, case_ref: str) -> dict[str, Any] | None:
        with self.database.writing():
            case = self.lookups.by_case(case_ref)
            office = self.offices.of(case.council) if case else None
            if case is None or office is None:
                return None
            account = self.accounts.account(case)
            ended = self.accounts.end_blocks(account, case, office, self.clock())
        return (
            {"case": case_ref, "council": case.council, "version": account.version}
            if ended
            else None
        )

    @property
    def views_are_elsewhere(self) -> bool:
        """Whether projectors keep the views, from Kafka."""
        return self.projector.position == HANDED_OVER

    def rebuild(self, tell: Tell | None = None) -> int:
        """Make every view anew from the record; returns the last position."""
        return rebuild.rebuild(self.database, self.register.history, tell=tell)

    def differences(self, tell: Tell | None = None) -> list[str]:
        """Where the views differ from views made anew; none when all is well."""
        return rebuild.differences(self.database, self.register.history, tell)

    def doctor(self) -> list[dict[str, str]]:
        """What is out of step or about to be, where, and what to do."""
        spoilt = list(damaged(self.directory))
        if spoilt:  # what rests on those bytes can't be asked
            return [*self._views_in_step(), *spoilt]
        changed = changed_elsewhere(self.directory)
        server = server_findings(self.database)
        return [*self._views_in_step(), *server, *changed, *self.reading.findings()]

    def _views_in_step(self) -> list[dict[str, str]]:
        if self.views_are_elsewhere:
            return views_behind(self.database, self.clock())
        recorded = self.register.recorder.max_notification_id() or 0
        shown = self.projector.position
        if shown == recorded:
            return []
        return [
            {
                "finding": f"The views hold {shown} events of {recorded}",
                "where": self.database.where,
                "do": "casebook rebuild",
            }
        ]

    def close(self) -> None:
        """Let go of the register."""
        self.register.close()
        self.database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def open_casework(
    where: Path | str, clock: Callable[[], datetime] = edge.now, views: Views | None = None
) -> Casework:
    """The register in a folder or on a server; raises the faults of `services.faults`."""
    casework = Casework(open_database(where), clock, views)
    casework.evidence.clear_partial()
    return casework


def found(
    where: Path | str,
    councils: list[str],
    administrator: str,
    clock: Callable[[], datetime] = edge.now,
    own_policies: Sequence[bytes] = (),
) -> list[str]:
    """Make a register in a folder or on a server, or add councils; says what was done.

    `own_policies` are files of councils for which none is shipped.
    """
    first_policies(councils, own_policies)
    with Casework(create_database(where), clock) as casework:
        return add_councils(
            casework.database,
            casework.directory,
            casework.offices,
            casework.office_commands,
            councils,
            administrator,
            clock(),
            own_policies,
        )
