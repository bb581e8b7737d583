"""The one place where the parts of a register are put together; nothing connects at import."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
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
from services.casework.reading import Reading
from services.evidence import EvidenceFolder
from services.proof.behind import Behind
from services.proof.integrity import KEY_FILE, IntegrityLog
from services.proof.keys import KeyUnusable
from services.store.answers import Answers
from services.store.database import Database
from services.store.directory import Directory
from services.store.log import Log
from services.store.lookups import Lookups
from services.store.mapper import EventMapper
from services.store.register import Register
from services.views import rebuild
from services.views.projector import Projector


class Casework:
    """An open register: commands go in at `desk`, questions at `reading`."""

    def __init__(self, database: Database, clock: Callable[[], datetime] = edge.now) -> None:
        self.clock = clock
        self.database = database
        self.register = Register(database)
        self.directory = Directory(database)
        self.lookups = Lookups(database)
        self.offices = Offices(self.register, self.directory)
        self.evidence = EvidenceFolder(database.folder)
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
        self.reading = Reading(
            database, self.lookups, self.directory, self.offices, self.accounts, clock
        )
        self.projector = Projector(database)
        database.join(self.projector)
        self.register.on_changed_elsewhere(self.projector.changed_elsewhere)
        self.projector.catch_up(self.register.history)
        self.register.on_recorded(self.projector.recorded)
        self.integrity = IntegrityLog(database, self.register.history, _key_file(database))
        self.behind = Behind(self.integrity, self._integrity_apart)
        self.register.on_recorded(self.behind.recorded)
        database.join(self.behind)
        self.handle = self.desk.handle
        self.handle_lines = self.desk.handle_lines
        self.show = self.reading.show
        self.staff = self.reading.staff

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

    def rebuild(self) -> int:
        """Make every view anew from the record; returns the last position."""
        return rebuild.rebuild(self.database, self.register.history)

    def differences(self) -> list[str]:
        """Where the views differ from views made anew; none when all is well."""
        return rebuild.differences(self.database, self.register.history)

    def doctor(self) -> list[dict[str, str]]:
        """What is out of step or about to be, where, and what to do."""
        spoilt = list(damaged(self.directory))
        if spoilt:  # what rests on those bytes can't be asked
            return [*self._views_in_step(), *spoilt]
        changed = changed_elsewhere(self.directory)
        return [*self._views_in_step(), *self._unsigned(), *changed, *self.reading.findings()]

    def _unsigned(self) -> list[dict[str, str]]:
        why = self.integrity.fault()
        where = str(self.integrity.key_file)
        do = "Nothing is signed until then."
        return [{"finding": why.rstrip("."), "where": where, "do": do}] if why else []

    def _views_in_step(self) -> list[dict[str, str]]:
        recorded = self.register.recorder.max_notification_id() or 0
        shown = self.projector.position
        if shown == recorded:
            return []
        return [
            {
                "finding": f"The views hold {shown} events of {recorded}",
                "where": str(self.database.folder),
                "do": "casebook rebuild",
            }
        ]

    def close(self) -> None:
        """Let go of the register, once what was recorded is signed."""
        self.behind.close()
        self.register.close()
        self.database.close()

    def _integrity_apart(self) -> tuple[IntegrityLog, Callable[[], None]]:
        database = Database.open(self.database.folder)
        database.cache_at_most(2)
        log = IntegrityLog(database, Log(database, EventMapper()), _key_file(database))
        return log, database.close

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def _key_file(database: Database) -> Path:
    return database.folder / KEY_FILE


def open_casework(folder: Path, clock: Callable[[], datetime] = edge.now) -> Casework:
    """The register in a folder; raises the faults of `services.faults`."""
    casework = Casework(Database.open(folder), clock)
    casework.evidence.clear_partial()
    return casework


def found(
    folder: Path,
    councils: list[str],
    administrator: str,
    clock: Callable[[], datetime] = edge.now,
    own_policies: Sequence[bytes] = (),
    signing_key: Path | None = None,
) -> list[str]:
    """Make a register in a folder, or add councils to the one there; says what was done.

    `own_policies` are files of councils for which none is shipped; `signing_key` is a file with
    the key that signs the checkpoints, where none is to be made.
    """
    first_policies(councils, own_policies)
    with Casework(Database.create(folder), clock) as casework:
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
