"""Where the signing keys of a register lie, and how they come along when it goes to a server."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import ClassVar

from services.faults import Fault
from services.settings import keys_folder

KEY_FILE = "signing-key"


class KeyNotBrought(Fault):
    """A signing key can't be put where it belongs on a server's side."""

    exit_code: ClassVar[int] = 1


def folder_of(origin: str) -> Path:
    """Where the keys lie that sign the log of that name, of a register on a server."""
    return keys_folder() / origin.replace("/", "-")


def bring(folder: Path, origin: str) -> list[str]:
    """Copy the keys beside an embedded register to where those of servers lie; their places there.

    What is there already stays. Raises KeyNotBrought, also where it is another key.
    """
    return [
        _copied(path, folder_of(origin) / path.name) for path in sorted(folder.glob(f"{KEY_FILE}*"))
    ]


def write_new(path: Path, content: bytes) -> None:
    """Put a key where only this user reads it, safe on the disk; never over another."""
    partial = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        number = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(number, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.link(partial, path)
        folder = os.open(path.parent, os.O_RDONLY)
        os.fsync(folder)
        os.close(folder)
    finally:
        with suppress(OSError):
            partial.unlink(missing_ok=True)


def _copied(path: Path, place: Path) -> str:
    try:
        content = path.read_bytes()
        if not place.exists():
            write_new(place, content)
        elif place.read_bytes() != content:
            raise KeyNotBrought(
                f"At {place} lies another key than {path}. Put it away, then move again."
            )
    except OSError as error:
        raise KeyNotBrought(
            f"The signing key {path} can't be kept at {place} ({error.strerror}). CASEBOOK_KEYS "
            "names the folder of keys: mend that, then move again."
        ) from None
    return str(place)
