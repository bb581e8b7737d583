"""Evidence bytes, kept once for each account and safe on the disk before any event says so."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from errno import EDQUOT, EFBIG, ENOSPC
from fcntl import LOCK_EX, LOCK_NB, flock
from hashlib import sha256
from pathlib import Path
from tempfile import mkstemp
from typing import BinaryIO, NamedTuple, NoReturn
from uuid import UUID

from services.faults import DiskFailing, DiskFull, EvidenceDamaged, EvidenceFileMissing

CHUNK = 1024 * 1024
PARTIAL = ".partial-"
"""How the name of a file begins that is not whole yet."""


class Kept(NamedTuple):
    """What the event records of the bytes: their SHA-256 in hexadecimal and their number."""

    sha256: str
    size: int


class EvidenceFolder:
    """The folder `evidence` beside the register: one folder an account, one file a SHA-256."""

    def __init__(self, root: Path) -> None:
        self._root = root / "evidence"

    def keep(self, stream: UUID, source: Path) -> Kept:
        """Copy the file `source` in, unless its bytes are there; on return it is on the disk.

        Raises EvidenceFileMissing where `source` can't be read, DiskFull or DiskFailing where it
        can't be kept; nothing is left behind then.
        """
        with opened(source) as original:
            folder = self._folder(stream)
            with _partial(folder) as (copy, path):
                kept = _copied(original, copy, source, folder)
                try:
                    _sync(copy)
                    if not self._is_there(stream, kept):
                        path.replace(folder / kept.sha256)
                    _sync_folder(folder)
                except OSError as error:
                    _raise_unkept(error, folder)
        return kept

    def readable(self, source: Path) -> None:
        """Raise EvidenceFileMissing unless the file `source` can be read; nothing is kept."""
        with opened(source):
            pass

    def path(self, stream: UUID, sha256_hex: str) -> Path:
        """Where the bytes are; raises EvidenceDamaged when they are gone."""
        path = self._root / str(stream) / sha256_hex
        if not path.is_file():
            raise EvidenceDamaged(
                f"The evidence {sha256_hex} is not at {path}. Put it back from a backup."
            )
        return path

    def pieces(self, stream: UUID, sha256_hex: str) -> Iterator[bytes]:
        """The bytes, 1 MB at a time; raises EvidenceDamaged where they are gone."""
        with self.path(stream, sha256_hex).open("rb") as file:
            while piece := file.read(CHUNK):
                yield piece

    def check(self, stream: UUID, sha256_hex: str) -> None:
        """Raise EvidenceDamaged unless the bytes are there and still have their SHA-256."""
        digest = sha256()
        for piece in self.pieces(stream, sha256_hex):
            digest.update(piece)
        if digest.hexdigest() != sha256_hex:
            raise EvidenceDamaged(
                f"The evidence at {self.path(stream, sha256_hex)} is no longer what was kept. "
                "Put it back from a backup."
            )

    def clear_partial(self) -> None:
        """Delete what a crash left half copied; whoever is copying now holds a lock on theirs."""
        for path in self._root.glob(f"*/{PARTIAL}*"):
            with suppress(FileNotFoundError, BlockingIOError), path.open("rb") as file:
                flock(file, LOCK_EX | LOCK_NB)
                path.unlink()

    def _folder(self, stream: UUID) -> Path:
        folder = self._root / str(stream)
        try:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            # Each time: who made it may have been killed before it was safe on the disk.
            _sync_folder(self._root)
            _sync_folder(self._root.parent)
        except OSError as error:
            _raise_unkept(error, folder)
        return folder

    def _is_there(self, stream: UUID, kept: Kept) -> bool:
        # A file of the right name and length was renamed there whole: it is never half written.
        path = self._root / str(stream) / kept.sha256
        return path.is_file() and path.stat().st_size == kept.size


def digest_of(source: Path) -> str:
    """The SHA-256 of a file, in hexadecimal; raises EvidenceFileMissing where it can't be read."""
    digest = sha256()
    with opened(source) as file:
        try:
            while chunk := file.read(CHUNK):
                digest.update(chunk)
        except OSError as error:
            raise _missing(source, error) from error
    return digest.hexdigest()


@contextmanager
def opened(source: Path) -> Iterator[BinaryIO]:
    """The file, open for reading; raises EvidenceFileMissing."""
    try:
        file = source.open("rb")
    except OSError as error:
        raise _missing(source, error) from error
    with file:
        yield file


@contextmanager
def _partial(folder: Path) -> Iterator[tuple[BinaryIO, Path]]:
    try:
        number, name = mkstemp(prefix=PARTIAL, dir=folder)
    except OSError as error:
        _raise_unkept(error, folder)
    path = Path(name)
    try:
        with os.fdopen(number, "wb", buffering=0) as file:
            flock(file, LOCK_EX)
            yield file, path
    finally:
        with suppress(OSError):
            path.unlink(missing_ok=True)


def _copied(original: BinaryIO, copy: BinaryIO, source: Path, folder: Path) -> Kept:
    digest, size = sha256(), 0
    while True:
        try:
            chunk = original.read(CHUNK)
        except OSError as error:
            raise _missing(source, error) from error
        if not chunk:
            return Kept(digest.hexdigest(), size)
        digest.update(chunk)
        size += len(chunk)
        try:
            while chunk:
                chunk = chunk[copy.write(chunk) :]
        except OSError as error:
            _raise_unkept(error, folder)


def _sync(file: BinaryIO) -> None:
    file.flush()
    os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def _missing(source: Path, error: OSError) -> EvidenceFileMissing:
    return EvidenceFileMissing(
        f"The evidence file {source} can't be read ({error.strerror}). "
        "Name a file that is there and that this user may read."
    )


def _raise_unkept(error: OSError, folder: Path) -> NoReturn:
    if error.errno in (ENOSPC, EDQUOT, EFBIG):
        raise DiskFull(
            f"The disk is full, or a limit on its use is reached, at {folder}: the evidence is "
            "not kept and nothing was recorded. Free some room and do it again."
        ) from error
    raise DiskFailing(
        f"The evidence can't be kept in {folder} ({error.strerror}). "
        "This user needs to be allowed to write there, on a sound disk."
    ) from error
