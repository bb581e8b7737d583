"""The first answer to each command, so that asking again records nothing twice."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256
from typing import NamedTuple

from eventsourcing.persistence import IntegrityError

from services.store.database import Database

ASKED_AT_ONCE = 500


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
        self._looked_up: dict[tuple[str, str], FirstAnswer | None] = {}
        self._supposed_new: set[tuple[str, str]] = set()
        self._trusting = True
        database.join(self)

    def first_answer(self, council: str, command_id: str) -> FirstAnswer | None:
        """The first answer under this id, or None where there was none yet."""
        key = (council, command_id)
        if key in self._given:
            return self._given[key]
        if key in self._looked_up:
            return self._looked_up[key]
        if key in self._supposed_new:
            return None
        row = self._database.one(
            "SELECT document_sha256, answer FROM commands WHERE council = ? AND command_id = ?",
            key,
        )
        return FirstAnswer(*row) if row else None

    def look_up(self, asked: Iterable[tuple[str, str]]) -> None:
        """Find the first answers under these councils and ids at once, for this transaction.

        What is proposed to a server at first supposes that there are none: it looks again.
        """
        proposal = self._database.proposal
        asked = list(asked)
        if proposal and self._trusting and proposal.after is None:
            self._supposed_new.update(asked)
            return
        by_council: dict[str, list[str]] = {}
        for council, command_id in asked:
            by_council.setdefault(council, []).append(command_id)
        for council, ids in by_council.items():
            for start in range(0, len(ids), ASKED_AT_ONCE):
                self._look_up(council, ids[start : start + ASKED_AT_ONCE])
        if proposal and proposal.after is not None:
            self._supposed_new.update(key for key in asked if self._looked_up[key] is None)

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
        """Write the answers of the transaction, all at once, or propose them."""
        proposal = self._database.proposal
        if proposal:
            proposal.answers = [(*key, *given) for key, given in self._given.items()]
            proposal.unanswered = list(self._supposed_new.difference(self._given))
            self._given.clear()
        elif self._given:
            self._database.executemany(
                "INSERT INTO commands (council, command_id, document_sha256, answer) "
                "VALUES (?, ?, ?, ?)",
                [(*key, *given) for key, given in self._given.items()],
            )
            self._given.clear()

    def ended(self, *, kept: bool) -> None:
        """Drop what was looked up, and the answers of a transaction that was rolled back."""
        self._looked_up.clear()
        self._supposed_new.clear()
        # One that was sent again is looked for at the next try.
        self._trusting = kept
        if not kept:
            self._given.clear()

    def _look_up(self, council: str, ids: list[str]) -> None:
        self._looked_up.update(((council, command_id), None) for command_id in ids)
        marks = ", ".join("?" * len(ids))
        rows = self._database.query(
            "SELECT command_id, document_sha256, answer FROM commands "
            f"WHERE council = ? AND command_id IN ({marks})",
            (council, *ids),
        )
        for command_id, *first in rows:
            self._looked_up[council, command_id] = FirstAnswer(*first)
