"""What SQLite's error numbers mean to the person at the keyboard."""

from __future__ import annotations

from pathlib import Path

from services.faults import (
    Busy,
    DiskFailing,
    DiskFull,
    Fault,
    RegisterCorrupt,
    RegisterNotWritable,
)

# The primary codes of https://www.sqlite.org/rescode.html; extended ones keep them in the low byte.
PERM, BUSY, LOCKED, READONLY, IOERR, CORRUPT, FULL, CANTOPEN, NOTADB = (
    3,
    5,
    6,
    8,
    10,
    11,
    13,
    14,
    26,
)
# Writing, truncating or growing a file failed: a full disk, a quota or a limit on file size.
NO_ROOM = {778, 1546, 4618, 4874, 6410}


def fault_for(code: int, said: str, path: Path) -> Fault | None:
    """The fault to show for an SQLite error `code`, or None where the code itself is at fault."""
    primary = code & 0xFF
    if code in NO_ROOM or primary == FULL:
        return DiskFull(
            f"The disk is full, or a limit on its use is reached, at {path}: nothing was recorded. "
            "Free some room and do it again."
        )
    if primary in (BUSY, LOCKED):
        return Busy(
            f"Another program is writing to {path} and did not finish in time: nothing was "
            "recorded. Do it again in a moment."
        )
    if primary in (CORRUPT, NOTADB):
        return RegisterCorrupt(
            f"{path} is damaged or is not a Casebook register ({said}). "
            "Put back the last backup, or name another folder."
        )
    if primary in (PERM, READONLY, CANTOPEN):
        return RegisterNotWritable(
            f"{path} can't be opened for writing ({said}). "
            "This user needs to be allowed to read and write the file and its folder."
        )
    if primary == IOERR:
        return DiskFailing(
            f"The disk reported an error at {path} ({said}). "
            "Check the disk, then do it again: what was recorded before is untouched."
        )
    return None
