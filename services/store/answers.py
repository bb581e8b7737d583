"""The first answer to each command, so that asking again records nothing twice."""

from __future__ import annotations

from hashlib import sha256
from typing import NamedTuple

from eventsourcing.persistence import IntegrityError

from services.store.database import Database


class FirstAnswer(NamedTuple):
    """What was answered first, and the SHA-256 of the document it answered."""

    document_sha256: bytes
    answer: bytes

    def is_to(self, document: bytes) -> bool:
        """Whether `document` is, byte for byte, the one answered then."""
        return sha256(document).digest() == self.document_sha256


class Answers:
    """Answers by command id; ids are each council's own."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._given: dict[tuple[str, str], FirstAnswer] = {}
        database.join(self)

    def first_answer(self, council: str, command_id: str) -> FirstAnswer | None:
        """The first answer under this id, or None where there was none yet."""
        given = self._given.get((council, command_id))
        if given:
            return given
        row = self._database.one(
            "SELECT document_sha256, answer FROM commands WHERE council = ? AND command_id = ?",
            (council, command_id),
        )
        return FirstAnswer(*row) if row else None

    def keep(self, council: str, command_id: str, document: bytes, answer: bytes) -> None:
        """Keep `answer` to `document`; otherwise as `keep_digest`."""
        self.keep_digest(council, command_id, sha256(document).digest(), answer)

    def keep_digest(
        self, council: str, command_id: str, document_sha256: bytes, answer: bytes
    ) -> None:
        """Keep `answer`, in the transaction that records what it tells of.

        Raises `eventsourcing`'s IntegrityError, at its commit at the latest, if the id was
        answered before.
        """
        if not self._database.is_writing:
            raise RuntimeError("an answer is kept inside database.writing() only")
        if (council, command_id) in self._given:
            raise IntegrityError(f"{command_id} was answered before")
        self._given[council, command_id] = FirstAnswer(document_sha256, answer)

    def begun(self) -> None:
        """Nothing to do as a transaction begins."""

    def committing(self) -> None:
        """Write the answers of the transaction, all at once."""
        if self._given:
            self._database.executemany(
                "INSERT INTO commands (council, command_id, document_sha256, answer) "
                "VALUES (?, ?, ?, ?)",
                [(*key, *given) for key, given in self._given.items()],
            )
            self._given.clear()

    def ended(self, *, kept: bool) -> None:
        """Drop the answers of a transaction that was rolled back."""
        if not kept:
            self._given.clear()
