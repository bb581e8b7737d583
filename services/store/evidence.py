"""Where a register keeps its evidence: in the folder beside the file, or on the server."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO, Protocol
from uuid import UUID, uuid4

from services.evidence import CHUNK, EvidenceFolder, Kept, opened
from services.faults import EvidenceDamaged, EvidenceFileMissing
from services.store.database import Database
from services.store.sqlite import SQLiteDatabase


class Evidence(Protocol):
    """Keeps bytes safe before an event tells of them, once for each account."""

    def keep(self, stream: UUID, source: Path) -> Kept:
        """Keep the bytes of the file `source`; raises EvidenceFileMissing."""

    def readable(self, source: Path) -> None:
        """Raise EvidenceFileMissing unless the file `source` can be read; nothing is kept."""

    def check(self, stream: UUID, sha256_hex: str) -> None:
        """Raise EvidenceDamaged unless the bytes are there and still have their SHA-256."""

    def pieces(self, stream: UUID, sha256_hex: str) -> Iterator[bytes]:
        """The bytes, 1 MB at a time; raises EvidenceDamaged where they are gone."""

    def clear_partial(self) -> None:
        """Delete what a crash left half kept."""


class ServerEvidence:
    """Evidence in the tables of the register, in pieces of 1 MB."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def keep(self, stream: UUID, source: Path) -> Kept:
        """Keep the bytes of the file `source`, unless they are there."""
        with opened(source) as file:
            kept = _measured(file)
            if self._upload(stream, kept.sha256) is None:
                file.seek(0)
                self._write(stream, file, kept, source)
        return kept

    def readable(self, source: Path) -> None:
        """Raise EvidenceFileMissing unless the file `source` can be read; nothing is kept."""
        with opened(source):
            pass

    def pieces(self, stream: UUID, sha256_hex: str) -> Iterator[bytes]:
        """The bytes, 1 MB at a time; raises EvidenceDamaged where they are gone."""
        upload = self._upload(stream, sha256_hex)
        if upload is None:
            raise EvidenceDamaged(
                f"The evidence {sha256_hex} is not in {self._database.where}. "
                "Put it back from a backup."
            )
        number = 0
        while row := self._database.one(
            "SELECT bytes FROM evidence_pieces WHERE upload = ? AND number = ?", (upload, number)
        ):
            yield bytes(row[0])
            number += 1

    def check(self, stream: UUID, sha256_hex: str) -> None:
        """Raise EvidenceDamaged unless the bytes are there and still have their SHA-256."""
        digest = sha256()
        for piece in self.pieces(stream, sha256_hex):
            digest.update(piece)
        if digest.hexdigest() != sha256_hex:
            raise EvidenceDamaged(
                f"The evidence {sha256_hex} in {self._database.where} is no longer what was kept. "
                "Put it back from a backup."
            )

    def clear_partial(self) -> None:
        """Nothing to do: what a crash left half kept is never read."""

    def _upload(self, stream: UUID, sha256_hex: str) -> UUID | None:
        row = self._database.one(
            "SELECT upload FROM evidence WHERE stream = ? AND sha256 = ?",
            (stream.bytes, bytes.fromhex(sha256_hex)),
        )
        return row[0] if row else None

    def _write(self, stream: UUID, file: BinaryIO, kept: Kept, source: Path) -> None:
        upload, number, digest = uuid4(), 0, sha256()
        while piece := file.read(CHUNK):
            digest.update(piece)
            self._database.at_once(
                "INSERT INTO evidence_pieces (upload, number, bytes) VALUES (?, ?, ?)",
                (upload, number, piece),
            )
            number += 1
        if digest.hexdigest() != kept.sha256:
            raise EvidenceFileMissing(
                f"The evidence file {source} changed while it was read. Do it again."
            )
        self._database.at_once(
            "INSERT INTO evidence (stream, sha256, size, upload) VALUES (?, ?, ?, ?) "
            "ON CONFLICT DO NOTHING",
            (stream.bytes, bytes.fromhex(kept.sha256), kept.size, upload),
        )


def evidence_of(database: Database) -> EvidenceFolder | ServerEvidence:
    """The evidence of a register."""
    if isinstance(database, SQLiteDatabase):
        return EvidenceFolder(database.folder)
    return ServerEvidence(database)


def _measured(file: BinaryIO) -> Kept:
    digest, size = sha256(), 0
    while piece := file.read(CHUNK):
        digest.update(piece)
        size += len(piece)
    return Kept(digest.hexdigest(), size)
