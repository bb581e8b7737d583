"""The one place where the parts of a register are put together; nothing connects at import."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

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
from services.casework.running_out import RunningOut
from services.closing import Closing
from services.proof.behind import Behind
from services.proof.integrity import IntegrityLog
from services.proof.keys import KeyUnusable
from services.replay.replay import Replay
from services.replay.why import Why
from services.store.answers import Answers
from services.store.database import Database
from services.store.directory import Directory
from services.store.evidence import evidence_of
from services.store.log import Log
from services.store.lookups import Lookups
from services.store.mapper import EventMapper
from services.store.opening import create_database, open_database, open_shared
from services.store.register import Register
from services.store.server_findings import server_findings
from services.views_kept import Views, ViewsKept


class Casework(Closing):
    """An open register: commands go in at `desk`, questions at `reading`."""

    def __init__(
        self,
        database: Database,
        clock: Callable[[], datetime] = edge.now,
        views: Views | None = None,
        *,
        signs: bool = True,
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
        answers = Answers(database)
        self.desk = CommandDesk(
            database,
            self.offices,
            self.accounts,
            self.office_commands,
            answers,
            clock,
        )
        self._queue = CommandQueue(self.desk.handle, self.desk.handle_all)
        self.reading = Reading(
            database, self.lookups, self.directory, self.offices, self.accounts, clock
        )
        why = Why(self.register, self.lookups, self.offices, self.directory, answers)
        self.replay = Replay(database, self.register, self.offices, self.directory, why, clock)
        self.views = ViewsKept(database, self.register, self.lookups, views, clock)
        self.projector = self.views.projector
        self.integrity = IntegrityLog(database, self.register.history)
        self.behind = Behind(self.integrity, self._integrity_apart)
        if database.is_embedded and signs:
            self.register.on_recorded(self.behind.recorded)
            database.join(self.behind)
        self._running_out = RunningOut(
            database, self.lookups, self.offices, self.accounts, self.reading, clock
        )
        self.show = self.reading.show
        self.staff = self.reading.staff
        self.await_views = self.views.wait_from_now
        self.until_shown = self.views.until_shown
        self.bring_views_up = self.views.bring_up
        self.rebuild = self.views.rebuild
        self.differences = self.views.differences

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

    @property
    def councils(self) -> list[str]:
        """The councils of this register."""
        return self.directory.councils()

    def find_case(self, council: str | None, text: str) -> str:
        """The reference of a case named by reference or PLATFORM/HANDLE; raises NotFound."""
        return self.reading.find_case(council, text).case_ref

    def tick(self) -> list[Answer]:
        """End the fixed blocks that have run out; says which case each was of."""
        ended = self._running_out.tick()
        self.bring_views_up()
        return ended

    @property
    def views_are_elsewhere(self) -> bool:
        """Whether projectors keep the views, from Kafka."""
        return self.views.are_elsewhere

    def doctor(self) -> list[dict[str, str]]:
        """What is out of step or about to be, where, and what to do."""
        views = self.views.findings()
        spoilt = list(damaged(self.directory))
        if spoilt:  # what rests on those bytes can't be asked
            return [*views, *spoilt]
        changed = changed_elsewhere(self.directory)
        server = server_findings(self.database)
        return [*views, *server, *self.integrity.findings(), *changed, *self.reading.findings()]

    def close(self) -> None:
        """Let go of the register, once what was recorded is signed."""
        self.behind.close()
        self.register.close()
        self.database.close()

    def _integrity_apart(self) -> tuple[IntegrityLog, Callable[[], None]]:
        database = open_database(Path(self.database.where))
        database.cache_at_most(2)
        return IntegrityLog(database, Log(database, EventMapper())), database.close


def open_casework(
    where: Path | str,
    clock: Callable[[], datetime] = edge.now,
    views: Views | None = None,
) -> Casework:
    """The register in a folder or on a server; raises the faults of `services.faults`."""
    casework = Casework(open_database(where), clock, views)
    casework.evidence.clear_partial()
    return casework


def open_beside_others(folder: Path, clock: Callable[[], datetime] = edge.now) -> Casework:
    """The register in a folder, to decide for it at the same time as other processes.

    It signs no checkpoints: whoever started it does.
    """
    casework = Casework(open_shared(folder), clock, signs=False)
    casework.register.on_changed_elsewhere(casework.lookups.changed_elsewhere)
    return casework


def found(
    where: Path | str,
    councils: list[str],
    administrator: str,
    clock: Callable[[], datetime] = edge.now,
    own_policies: Sequence[bytes] = (),
    signing_key: Path | None = None,
) -> list[str]:
    """Make a register in a folder or on a server, or add councils; says what was done.

    `own_policies` are files of councils for which none is shipped; `signing_key` is a file with
    the key that signs the checkpoints, where none is to be made.
    """
    first_policies(councils, own_policies)
    with Casework(create_database(where), clock) as casework:
        begun = casework.integrity.begin(signing_key)
        if signing_key and not begun:
            raise KeyUnusable(
                "This register has a signing key already. "
                "`casebook checkpoint --new-key` changes it."
            )
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
