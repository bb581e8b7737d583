"""The rows that were not recorded, as a table to be mended and imported again."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from datetime import datetime, time
from pathlib import Path

from services.importing.headings import Headings
from services.importing.reading import RegisterFile
from services.importing.rows import Row
from services.importing.tables import Cell
from services.importing.unreadable import RejectsNotWritten
from services.importing.wording import field_of, shown, squeezed

FAULT, NUMBER = "Why it was not imported", "Row in the register"
_WORKED_OUT = ("=", "+", "-", "@", "\t", "\r")
Column = tuple[str, int]
"""A heading, and which of several of that name."""


def write_rejects(path: Path, file: RegisterFile, rows: Sequence[Row]) -> None:
    """Write the rows to `path`, in the register's own columns, so that Excel opens it rightly."""
    headings = {table.index: list(_columns(table.headings)) for table in file.tables}
    columns = list(dict.fromkeys(each for found in headings.values() for each in found))
    delimiter = ";" if file.source.delimiter == ";" else ","
    lines: list[list[str | int]] = [[*(_harmless(text) for text, _ in columns), FAULT, NUMBER]]
    for row in rows:
        pairs = zip(headings[row.sheet], row.cells, strict=False)
        cells = {column: _harmless(cell) for column, cell in pairs}
        in_order = [cells.get(column, "") for column in columns]
        lines.append([*in_order, row.fault or "", row.number])
    beside = path.with_name(path.name + ".part")
    try:
        # Excel knows UTF-8 by the mark at its beginning only.
        with beside.open("w", encoding="utf-8-sig", newline="") as out:
            csv.writer(out, delimiter=delimiter).writerows(lines)
        beside.replace(path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise RejectsNotWritten(
            f"{path} can't be written ({error.strerror}). All other rows are recorded: import the "
            f"register again, with --rejects somewhere else, for the {len(rows)} that are not."
        ) from None


def default_place(register: Path, folder: Path) -> Path:
    """A name in `folder` that nothing has yet: what somebody is mending is not overwritten."""
    stem = f"{register.stem}-rejects"
    names = (f"{stem}{f'-{number}' if number > 1 else ''}.csv" for number in range(1, 10_000))
    return next(path for name in names if not (path := folder / name).exists())


def _columns(headings: Headings) -> Iterator[Column]:
    known: dict[str, int] = {}
    for text, field in zip(headings.texts, headings.fields, strict=True):
        name = _name(text, field)
        known[name] = known.get(name, 0) + 1
        yield name, known[name]


def _name(text: str, field: str | None) -> str:
    """The heading, or one that is understood without the merged cell that was above it."""
    if field is None or field_of(text) == field:
        return text
    last = text.rpartition(" ")[2]
    return shown(field) if field_of(last) == field or not squeezed(text) else text


def _harmless(cell: Cell) -> str:
    if isinstance(cell, datetime):
        whole = cell.time() == time()
        return cell.date().isoformat() if whole else cell.isoformat(" ", "seconds")
    return f"'{cell}" if cell.startswith(_WORKED_OUT) else cell
