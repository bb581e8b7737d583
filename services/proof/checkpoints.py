"""Checkpoints (C2SP tlog-checkpoint): how many events there were and their root, signed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from services.proof.keys import VerifierKey
from services.proof.notes import (
    Note,
    NoteInvalid,
    from_base64,
    read_note,
    read_signature,
    to_base64,
)
from services.store.database import Database

_SIZE = re.compile(r"0|[1-9][0-9]{0,18}")


class Checkpoint(NamedTuple):
    """The root over the first `size` events of the log named `origin`, and the signed note."""

    origin: str
    size: int
    root: bytes
    note: Note

    def __str__(self) -> str:
        return str(self.note)


class KeyPeriod(NamedTuple):
    """From which size on a key signs, and the note by which the key before handed over."""

    key: VerifierKey
    after_size: int
    hand_over: str | None


def checkpoint_text(origin: str, size: int, root: bytes) -> str:
    """What is signed."""
    return f"{origin}\n{size}\n{to_base64(root)}\n"


def read_checkpoint(content: bytes) -> Checkpoint:
    """The checkpoint in these bytes, its signatures not checked; raises NoteInvalid."""
    note = read_note(content)
    lines = note.text[:-1].split("\n")
    if len(lines) < 3 or not all(lines) or not _SIZE.fullmatch(lines[1]):
        raise NoteInvalid("it is no checkpoint: an origin, a size and a root, a line each")
    root = from_base64(lines[2])
    if len(root) != 32:
        raise NoteInvalid("its root is no SHA-256")
    return Checkpoint(lines[0], int(lines[1]), root, note)


class Checkpoints:
    """What was signed, in the register; changed inside `database.writing()`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, size: int, note: Note) -> None:
        """Keep a checkpoint; of a size that has one, another is never kept."""
        self._database.execute(
            "INSERT INTO integrity_checkpoints (size, note) VALUES (?, ?)", (size, str(note))
        )

    def cosign(self, size: int, line: str) -> None:
        """Keep a witness's signature on the checkpoint of that size."""
        self._database.execute(
            "INSERT INTO integrity_cosignatures (size, line) VALUES (?, ?) ON CONFLICT DO NOTHING",
            (size, line),
        )

    def latest(self) -> Checkpoint | None:
        """The one of the greatest size."""
        row = self._database.one("SELECT max(size) FROM integrity_checkpoints")
        return self.of(row[0]) if row and row[0] else None

    def of(self, size: int) -> Checkpoint | None:
        """The checkpoint of that size with its cosignatures, or None."""
        row = self._database.one("SELECT note FROM integrity_checkpoints WHERE size = ?", (size,))
        if row is None:
            return None
        found = read_checkpoint(row[0].encode())
        lines = self._database.query(
            "SELECT line FROM integrity_cosignatures WHERE size = ? ORDER BY line", (size,)
        )
        added = tuple(read_signature(line) for (line,) in lines)
        note = Note(found.note.text, found.note.signatures + added)
        return found._replace(note=note)

    def sizes(self, *, after: int = 0) -> list[int]:
        """The sizes of which there is a checkpoint, ascending."""
        rows = self._database.query(
            "SELECT size FROM integrity_checkpoints WHERE size > ? ORDER BY size", (after,)
        )
        return [size for (size,) in rows]

    def add_key(self, period: KeyPeriod) -> None:
        """Keep the key that signs from now on."""
        self._database.execute(
            "INSERT INTO integrity_keys (number, verifier, after_size, hand_over) VALUES "
            "((SELECT coalesce(max(number), 0) + 1 FROM integrity_keys), ?, ?, ?)",
            (str(period.key), period.after_size, period.hand_over),
        )

    def key_periods(self) -> list[KeyPeriod]:
        """The keys in the order in which they signed."""
        rows = self._database.query(
            "SELECT verifier, after_size, hand_over FROM integrity_keys ORDER BY number"
        )
        return [KeyPeriod(VerifierKey.read(key), after, note) for key, after, note in rows]

    def key_for(self, size: int) -> VerifierKey:
        """The key that signs a checkpoint of that size."""
        first, *later = self.key_periods()
        return [first.key, *(each.key for each in later if each.after_size < size)][-1]

    def each(self) -> Iterator[Checkpoint]:
        """All of them, ascending."""
        for size in self.sizes():
            if found := self.of(size):
                yield found
