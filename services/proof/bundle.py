"""The zip file of an export: written beside its place, put there once it is whole and sealed."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

import schemas
from services.faults import DiskFailing
from services.proof.integrity import IntegrityLog

MANIFEST = "casebook/export-manifest"


class Bundle:
    """An export that is being written; files are listed with their SHA-256 as they go in."""

    def __init__(self, zip_file: ZipFile) -> None:
        self._zip = zip_file
        self.files: dict[str, str] = {}
        self.left_out: dict[str, str] = {}

    def add(self, name: str, pieces: Iterable[bytes], *, packed: bool = True) -> None:
        """Put a file in, piece by piece."""
        entry = ZipInfo(name)
        entry.compress_type = ZIP_DEFLATED if packed else ZIP_STORED
        entry.external_attr = 0o100644 << 16
        digest = sha256()
        with self._zip.open(entry, "w", force_zip64=True) as file:
            for piece in pieces:
                digest.update(piece)
                file.write(piece)
        self.files[name] = digest.hexdigest()

    def seal(self, log: IntegrityLog, manifest: dict[str, Any]) -> None:
        """Put in the manifest, and the signature of the register's key on it."""
        whole = manifest | {"files": self.files, "left_out": self.left_out}
        content = schemas.canonical(whole)
        origin = log.checkpoints.key_periods()[0].key.name
        text = f"{MANIFEST}\n{origin}\n{sha256(content).hexdigest()}\n"
        self.add("manifest.json", [content])
        self.add("manifest.signature", [str(log.signed(text)).encode()])


@contextmanager
def new_bundle(place: Path) -> Iterator[Bundle]:
    """A bundle that is at `place` afterwards, or not there at all; only this user may read it."""
    partial = place.with_name(f".{place.name}.{os.getpid()}")
    try:
        number = os.open(partial, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(number, "w+b") as file:
            with ZipFile(file, "w") as zip_file:
                yield Bundle(zip_file)
            file.flush()
            os.fsync(file.fileno())
        partial.replace(place)
    except OSError as error:
        raise DiskFailing(
            f"The export can't be written to {place} ({error.strerror or error})."
        ) from error
    finally:
        with suppress(OSError):
            partial.unlink(missing_ok=True)
