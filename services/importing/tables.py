"""Opens the file that a register is in: what kind it is, its fingerprint, its sheets."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Protocol

from services.importing.unreadable import UnreadableRegister

Cell = str | datetime
Line = tuple[int, list[Cell]]
"""The number of a row as a spreadsheet shows it, and its cells."""

AS_CSV = "Save it as .xlsx, or as CSV UTF-8, and import that."
CHUNK = 1024 * 1024
# The apostrophe with which a spreadsheet, and our rejects file, keeps a cell from being worked out.
HARMLESS = re.compile(r"\A'(?=[=+\-@\t\r])")
# What a file begins with, whatever its name says.
_KINDS = (
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook (.xls), or one with a password"),
    (b"%PDF", "a PDF"),
    (b"\x1f\x8b", "a compressed file (gzip)"),
    (b"{\\rtf", "a rich-text document"),
    (b"<", "a web page or another document in marks"),
)


class Sheet(Protocol):
    """One sheet of a register; a CSV file is a single one."""

    @property
    def name(self) -> str:
        """What it is called; nothing for a CSV file."""

    def lines(self) -> Iterator[Line]:
        """Its rows from the first, blank ones too; each call begins anew."""


@dataclass(frozen=True, slots=True)
class Source:
    """A register's file, opened: its name, the SHA-256 of its bytes, how many, its sheets."""

    file_name: str
    sha256: str
    size: int
    sheets: tuple[Sheet, ...]
    delimiter: str = ","


def open_source(path: Path) -> Source:
    """The register in a file; raises UnreadableRegister with what it is instead."""
    try:
        if path.exists() and not (path.is_file() or path.is_dir()):
            raise UnreadableRegister(f"{path} is a device or a pipe. Name a file.")
        with path.open("rb") as file:
            head = file.read(8)
            file.seek(0)
            digest = sha256()
            while chunk := file.read(CHUNK):
                digest.update(chunk)
            size = file.tell()
    except OSError as error:
        raise UnreadableRegister(
            f"{path} can't be read ({error.strerror}). Name a register that is there."
        ) from None
    if not head:
        raise UnreadableRegister(f"{path.name} is empty. Name the register itself.")
    sheets, delimiter = _sheets(path, head)
    name = path.name.encode("utf-8", "replace").decode()
    return Source(name, digest.hexdigest(), size, sheets, delimiter)


def _sheets(path: Path, head: bytes) -> tuple[tuple[Sheet, ...], str]:
    for beginning, kind in _KINDS:
        if head.startswith(beginning):
            raise UnreadableRegister(f"{path.name} is {kind}, whatever its name. {AS_CSV}")
    if head.startswith(b"PK"):
        from services.importing.workbooks import workbook_sheets

        _must_be_workbook(path)
        return workbook_sheets(path), ","
    from services.importing.text_tables import text_table

    sheet = text_table(path)
    return (sheet,), sheet.delimiter


def _must_be_workbook(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, OSError):
        raise UnreadableRegister(
            f"{path.name} is a damaged workbook or archive. Get it anew, or save it as CSV UTF-8."
        ) from None
    if "[Content_Types].xml" not in names or not any(n.startswith("xl/") for n in names):
        raise UnreadableRegister(
            f"{path.name} is a ZIP archive or a document of another program, not an Excel "
            f"workbook. Unpack it and name the register inside. {AS_CSV}"
        )
