"""The first answer to each command, so that asking again records nothing twice."""

from __future__ import annotations

from hashlib import sha256
from typing import NamedTuple

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

    def first_answer(self, council: str, command_id: str) -> FirstAnswer | None:
        """The first answer under this id, or None where there was none yet."""
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

        Raises `eventsourcing`'s IntegrityError if the id was answered before.
        """
        self._database.execute(
            "INSERT INTO commands (council, command_id, document_sha256, answer) "
            "VALUES (?, ?, ?, ?)",
            (council, command_id, document_sha256, answer),
        )
