"""Brings a register along, row by row: each once, many in one commit, or none on a dry run."""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice
from typing import TYPE_CHECKING

import orjson

import schemas
from domain.calendar.london import london_date
from services.casework.offices import Office
from services.faults import Fault
from services.importing.ahead import Known, Understood
from services.importing.bodies import Importer, record_all
from services.importing.past import Past
from services.importing.reading import RegisterFile
from services.importing.rows import CHANGED, Row
from services.importing.sameness import Place, place
from services.importing.summary import Summary
from services.importing.telling import Taken, notes, tell
from services.importing.unreadable import NotTheirsToImport
from services.importing.whose import Accounts, names_to_tell
from services.store.answers import Answers
from services.undisturbed import undisturbed

if TYPE_CHECKING:
    from services.assemble import Casework

ROWS_IN_A_COMMIT = 2000
ROLES = ("officer", "communications_manager")
REHEARSED = "NOT-RECORDED"


def unheard(_done: int, _of: int) -> None:
    """Progress that nobody watches."""


class Bringing:
    """One import of one file into one council's part of the register."""

    def __init__(
        self, casework: Casework, office: Office, actor: str, file: RegisterFile, *, dry: bool
    ) -> None:
        self.summary = Summary()
        self._casework = casework
        self._council = office.council
        self._now = casework.clock()
        self._today = london_date(self._now)
        self._importer = self._allowed(office, actor)
        self._file = file
        self._dry = dry
        self._answers = Answers(casework.database)
        prefix = office.council.earliest().policy.reference
        self._accounts = Accounts(casework, office.council.id, prefix, dry=dry)
        sheets = tuple(sheet.name for sheet in file.source.sheets)
        self._taken = Taken(file.source.file_name, file.source.sha256, sheets)
        self._just_seen: dict[str, bytes] = {}
        self._at: Place | None = None

    def run(self, progress: Callable[[int, int], None] = unheard) -> Summary:
        """Record all that can be; `progress` hears how many rows are done, of how many."""
        with Understood(self._file, self._council.id, self._now) as understood:
            self.summary.counts["rows"] = understood.rows
            self.summary.unreadable = understood.unreadable
            self._accounts.keep_little_in_memory()
            done, waiting = 0, iter(understood)
            while batch := list(islice(waiting, ROWS_IN_A_COMMIT)):
                try:
                    self._take_all(batch)
                except Fault as fault:
                    raise _cut_short(fault, done, understood.sound) if done else fault from None
                self._casework.bring_views_up()
                done += len(batch)
                progress(done, understood.sound)
        return self.summary

    def _take_all(self, batch: list[Known]) -> None:
        database = self._casework.database
        with undisturbed(), database.reading() if self._dry else database.writing():
            self._answers.look_up((self._council.id, each.id) for each in batch)
            for each in batch:
                self._take(each.row, each.id, each.digest)

    def _take(self, row: Row, known: str, meant: bytes) -> None:
        """Record one row, unless it is known."""
        first = self._first(row, known)
        if first is not None:
            if first == meant:
                self.summary.counts["duplicates"] += 1
            else:
                row.fault = CHANGED
                self.summary.changed.append(row)
            return
        if self._dry:
            self._just_seen[known] = meant
        account, case, opens = self._accounts.of(row)
        self.summary.counts["accounts"] += opens
        past = Past(row, self._council, account.standing, self._now)
        names = names_to_tell(row, account, account.version == 0)
        told = tell(past, names, account.version == 0, self._taken, self._casework.offices.calendar)
        self.summary.told(told)
        made = record_all(
            account,
            case.case_ref if case else REHEARSED,
            self._council,
            told,
            self._importer,
            known,
            self._taken.place(row),
            notes(past, self._taken),
            self._now,
        )
        if self._dry or case is None:
            for body in made:
                schemas.check_event(body)
            return
        self._accounts.save(row, account, case, made)
        kept = orjson.dumps({"case": case.case_ref, "imported": made[-1]["sequence"]})
        self._answers.keep_digest(self._council.id, known, meant, kept)

    def _first(self, row: Row, known: str) -> bytes | None:
        """The meaning under which the row was recorded, where it was."""
        if self._dry:
            # The same rows stand together, so that only those of one place need be remembered.
            if self._at != place(row):
                self._at = place(row)
                self._just_seen.clear()
            if known in self._just_seen:
                return self._just_seen[known]
        first = self._answers.first_answer(self._council.id, known)
        return first.document_sha256 if first else None

    def _allowed(self, office: Office, actor: str) -> Importer:
        held = office.appointments.roles(actor, self._today)
        rights = office.council.procedure(self._today).rights
        able = [role for role in rights.commands if rights.like.get(role, role) in ROLES]
        role = rights.lowest(held, "flag", able)
        if role is None:
            raise NotTheirsToImport(
                f"{actor} is neither an officer nor the communications manager today, and nobody "
                "else may import a register."
            )
        return Importer(actor, role)


def _cut_short(fault: Fault, done: int, of: int) -> Fault:
    return type(fault)(f"After {done:,} of {of:,} rows, which stay recorded: {fault.message}")
