"""The one way in: every command document, from wherever it comes, is answered here."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

import orjson
from eventsourcing.persistence import RecordConflictError

import schemas
from domain.commands.judging import COMMANDS
from services.casework import answers
from services.casework.accounts import AccountCommands
from services.casework.answers import Answer
from services.casework.documents import Document, read_document
from services.casework.office_commands import OfficeCommands
from services.casework.offices import Offices
from services.faults import Busy, EvidenceFileMissing
from services.store.answers import Answers
from services.store.database import Database
from services.undisturbed import undisturbed

TRIES = 3
EXIT = {
    "accepted": 0,
    "refused": 3,
    "forbidden": 3,
    "invalid": 2,
    "not_found": 4,
    "conflict": 5,
}


class _LockNeeded(Exception):
    """Ends a decision about the office, which is made under the lock instead."""


class _DryRunDone(Exception):
    """Ends a dry run by rolling its transaction back."""


class CommandDesk:
    """Answers command documents, each once: a repeated command id gets its first answer."""

    def __init__(
        self,
        database: Database,
        offices: Offices,
        accounts: AccountCommands,
        office_commands: OfficeCommands,
        first_answers: Answers,
        clock: Callable[[], datetime],
    ) -> None:
        self._database = database
        self._offices = offices
        self._accounts = accounts
        self._office_commands = office_commands
        self._first_answers = first_answers
        self._clock = clock

    def handle(self, sent: dict[str, Any], *, dry_run: bool = False) -> Answer:
        """The answer to one document, durable when it returns; a dry run records nothing."""
        return self._decided_again([sent], dry_run)[0]

    def handle_all(self, sent: list[dict[str, Any]]) -> list[Answer]:
        """The answers to several documents, in order, recorded together; all are durable."""
        return self._decided_again(list(sent), dry_run=False)

    def handle_lines(self, lines: Iterable[bytes]) -> list[Answer]:
        """The answers to lines of JSON, in order; all are durable when it returns."""
        return self._decided_again(list(lines), dry_run=False)

    def _decided_again(self, sent: list[Any], dry_run: bool) -> list[Answer]:
        # First without the lock, where the register can do so; what is tried last holds it.
        locked = dry_run or self._database.deciding() is self._database.writing()
        for left in reversed(range(TRIES)):
            try:
                return self._in_one_transaction(sent, dry_run, locked=locked)
            except RecordConflictError:
                locked = locked or left == 1
            except _LockNeeded:
                locked = True
            except Busy:
                break
        why = "others kept the register busy: send it again"
        return [answers.plain(_id_of(each), "conflict", [why]) for each in sent]

    def _in_one_transaction(self, sent: list[Any], dry_run: bool, *, locked: bool) -> list[Answer]:
        given: list[Answer] = []
        scope = self._database.writing() if locked else self._database.deciding()
        try:
            with undisturbed(), scope:
                now = self._clock()
                read = [_read(each, now) for each in sent]
                sound = [each for each in read if isinstance(each, Document)]
                self._first_answers.look_up(
                    (each.fields["council"], each.command_id) for each in sound if each.id_given
                )
                given = [self._answer(each, now, dry_run) for each in read]
                if dry_run:
                    raise _DryRunDone
        except _DryRunDone:
            self._offices.forget()
        except BaseException:
            if locked:
                self._offices.forget()
            raise
        return given

    def _answer(self, document: Document | Answer, now: datetime, dry_run: bool) -> Answer:
        if isinstance(document, dict):
            return document
        council = document.fields["council"]
        office = self._offices.of(council)
        if office is None:
            why = f"this register has no council {council}"
            return answers.plain(document.command_id, "not_found", [why])
        first = self._first(document)
        if first is not None:
            return first
        if document.fields["command"] not in COMMANDS and self._database.proposal:
            raise _LockNeeded
        kind = self._accounts if document.fields["command"] in COMMANDS else self._office_commands
        try:
            answer = kind.answer(document, office, now, dry_run)
        except EvidenceFileMissing as missing:
            fault = schemas.Fault("file", missing.message, "a file that is there")
            return answers.invalid(document.command_id, [fault])
        except schemas.InvalidDocument as invalid:
            return answers.invalid(document.command_id, invalid.faults)
        if kind is self._office_commands:
            self._offices.forget()  # the next line of the same group is judged by the new office
        if answer["events"] and not dry_run:
            kept = orjson.dumps(answer)
            self._first_answers.keep_digest(council, document.command_id, document.digest, kept)
        return answer

    def _first(self, document: Document) -> Answer | None:
        if not document.id_given:
            return None
        first = self._first_answers.first_answer(document.fields["council"], document.command_id)
        if first is None:
            return None
        if first.document_sha256 != document.digest:
            problem = "was given to another document before"
            fault = schemas.Fault("command_id", problem, "a new id for a new command")
            return answers.invalid(document.command_id, [fault])
        return {
            "command_id": document.command_id,
            "outcome": "duplicate",
            "first": orjson.loads(first.answer),
        }


def exit_code(answer: Answer) -> int:
    """What a command line ends with after this answer; a duplicate ends as the first did."""
    if answer["outcome"] == "duplicate":
        return exit_code(answer["first"])
    return EXIT[answer["outcome"]]


def _read(sent: Any, now: datetime) -> Document | Answer:
    """The command in what was sent, or the answer that it is none."""
    try:
        if isinstance(sent, bytes):
            sent = schemas.parse_document(sent)
        return read_document(sent, now)
    except schemas.InvalidDocument as invalid:
        command_id = sent.get("command_id") if isinstance(sent, dict) else None
        return answers.invalid(command_id, invalid.faults)


def _id_of(sent: Any) -> str | None:
    command_id = sent.get("command_id") if isinstance(sent, dict) else None
    return command_id if isinstance(command_id, str) else None
