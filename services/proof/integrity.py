"""The integrity log of a register: built behind the writes, signed, asked for proofs."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Protocol

from services.faults import RegisterCorrupt
from services.proof import merkle
from services.proof.checkpoints import Checkpoint, Checkpoints, KeyPeriod, checkpoint_text
from services.proof.keys import (
    KeyUnusable,
    SigningKey,
    VerifierKey,
    read_key_file,
    write_key_file,
)
from services.proof.notes import Note, to_base64
from services.proof.tiles import Tiles
from services.settings import cache_folder
from services.store.database import Database
from services.store.key_files import KEY_FILE, folder_of
from services.store.sqlite import SQLiteDatabase

HAND_OVER = "casebook/key-hand-over"
BATCH = 4096


class Events(Protocol):
    """The events as they are stored, none that a crash could undo."""

    def bodies(self, *, after: int, size: int) -> list[tuple[int, bytes]]:
        """The bytes of the next `size` after position `after`, each with its position."""


class IntegrityLog:
    """The Merkle tree over the stored bytes in the order of their positions, and its checkpoints.

    Leaf 0 is the event at position 1.
    """

    def __init__(self, database: Database, events: Events) -> None:
        self.tiles = Tiles(database)
        self.checkpoints = Checkpoints(database)
        self._database = database
        self._events = events
        self._signing: SigningKey | None = None

    @property
    def key_file(self) -> Path:
        """Where the first signing key lies: beside an embedded register, else by the log's name."""
        periods = self.checkpoints.key_periods()
        return self._place(periods[0].key.name if periods else "")

    @property
    def progress_folder(self) -> Path:
        """Where a check keeps how far it is: beside an embedded register, else for this user."""
        beside = self.key_file.parent
        return beside if self._database.is_embedded else cache_folder() / "verify" / beside.name

    def begin(self, given: Path | None = None) -> bool:
        """Give the register its signing key, a new one or that of a file; False if it had one.

        Raises KeyUnusable where that is not possible.
        """
        if self.checkpoints.key_periods():
            return False
        with self._database.writing():
            if self.checkpoints.key_periods():
                return False  # another process was quicker
            lies = self._database.is_embedded and self.key_file.exists()
            # Where it lies there, its maker was stopped before he could say so.
            place = self.key_file if lies else given
            key = read_key_file(place) if place else SigningKey.new(new_origin())
            self.checkpoints.add_key(KeyPeriod(key.verifier, 0, None))
            if not lies:
                write_key_file(self.key_file, key)
        return True

    def build(self) -> Checkpoint | None:
        """Take in all that was recorded and sign it; the latest checkpoint, None for no events.

        Raises KeyUnusable, and RegisterCorrupt where an event is missing: that is never signed.
        """
        self.begin()
        while self._took_more():
            pass
        return self.checkpoints.latest()

    def rotate(self) -> VerifierKey:
        """Sign with a new key from now on; the old one signs that it hands over."""
        latest = self.build()
        if latest is None:
            raise KeyUnusable("There is nothing signed yet that a key could hand over.")
        with self._database.writing():
            old = self._key()
            size = max(latest.size, self.checkpoints.sizes()[-1])
            new = SigningKey.new(old.verifier.name)
            origin, root = old.verifier.name, to_base64(self.tiles.root(size))
            text = f"{HAND_OVER}\n{origin}\n{size}\n{root}\n{new.verifier}\n"
            note = Note(text, (old.sign(text), new.sign(text)))
            self.checkpoints.add_key(KeyPeriod(new.verifier, size, str(note)))
            write_key_file(self._key_path(new.verifier), new)
        self._signing = new
        return new.verifier

    def inclusion(self, position: int, size: int) -> list[bytes]:
        """The proof that the event at `position` (from 1) is in the tree of that size."""
        return merkle.inclusion(position - 1, size, self.tiles.subtree)

    def consistency(self, first: int, second: int) -> list[bytes]:
        """The proof that the tree of the one size is the beginning of that of the other."""
        return merkle.consistency(first, second, self.tiles.subtree)

    def signed(self, text: str) -> Note:
        """A note that the register's key signs beside checkpoints, such as a manifest."""
        with self._database.reading():
            return Note(text, (self._key().sign(text),))

    def findings(self) -> list[dict[str, str]]:
        """What a doctor says where no checkpoint can be signed, but by who signs elsewhere."""
        if not self.checkpoints.key_periods():
            return []
        file = self.key_file
        if not self._database.is_embedded and not file.parent.exists():
            return []
        try:
            self._key()
        except KeyUnusable as unusable:
            do = "Nothing is signed until then."
            return [{"finding": unusable.message.rstrip("."), "where": str(file), "do": do}]
        return []

    def _took_more(self) -> bool:
        start = self.tiles.size()
        rows = self._events.bodies(after=start, size=BATCH)
        for position, (found, _) in enumerate(rows, start + 1):
            if found != position:
                raise RegisterCorrupt(
                    f"Event {position} is missing: the next one is {found}. No checkpoint is "
                    "signed over that. Put back the last backup."
                )
        hashes = [merkle.leaf_hash(body) for _, body in rows]
        if not hashes and start in (0, *self.checkpoints.sizes(after=start - 1)):
            return False
        with self._database.writing():
            if self.tiles.size() != start:
                return True  # another process was quicker
            self.tiles.append(start, hashes)
            size = start + len(hashes)
            if len(hashes) < BATCH and self.checkpoints.of(size) is None:
                key = self._key()
                text = checkpoint_text(key.verifier.name, size, self.tiles.root(size))
                self.checkpoints.add(size, Note(text, (key.sign(text),)))
        return len(hashes) == BATCH

    def _key(self) -> SigningKey:
        wanted = self.checkpoints.key_periods()[-1].key
        if self._signing is None or str(self._signing.verifier) != str(wanted):
            later = self._key_path(wanted)
            place = later if later.exists() else self.key_file
            if not self._database.is_embedded and not place.exists():
                raise KeyUnusable(
                    f"The key that signs this register is not on this machine: {place} is not "
                    "there. Ask where it is, or name its folder: CASEBOOK_KEYS. What is recorded "
                    "is not touched by that."
                )
            key = read_key_file(place)
            if str(key.verifier) != str(wanted):
                raise KeyUnusable(
                    f"{self.key_file} holds another key than the one that signs this register "
                    f"({wanted}). Put that one back."
                )
            self._signing = key
        return self._signing

    def _place(self, origin: str) -> Path:
        if isinstance(self._database, SQLiteDatabase):
            return self._database.folder / KEY_FILE
        return folder_of(origin) / KEY_FILE

    def _key_path(self, key: VerifierKey) -> Path:
        """Where a later key lies: beside the first, under its id."""
        return self.key_file.with_name(f"{self.key_file.name}.{key.key_id.hex()}")


def new_origin() -> str:
    """A name for a log that no other has."""
    return f"casebook/{secrets.token_hex(16)}"
