"""A register as an Excel workbook: every sheet, real dates, formulas by value or else by text."""

from __future__ import annotations

import warnings
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import zip_longest
from pathlib import Path
from typing import Any, BinaryIO
from zipfile import BadZipFile

from services.importing.tables import AS_CSV, Cell, Line, Sheet
from services.importing.unreadable import UnreadableRegister


@dataclass(frozen=True, slots=True)
class WorkbookSheet:
    """One sheet, read anew each time it is asked for."""

    path: Path
    name: str

    def lines(self) -> Iterator[Line]:
        """Its rows; a formula that was never worked out is its text."""
        with (
            warnings.catch_warnings(),
            self.path.open("rb") as values_file,
            self.path.open("rb") as formulas_file,
        ):
            # The library warns of drawings and styles that it doesn't know; none is a cell.
            warnings.simplefilter("ignore")
            values = _opened(self.path, values_file, worked_out=True)
            formulas = _opened(self.path, formulas_file, worked_out=False)
            try:
                rows = zip_longest(_rows(values, self.name), _rows(formulas, self.name))
                for number, (worked_out, as_written) in enumerate(rows, 1):
                    yield number, _cells(worked_out or (), as_written or ())
            except _BROKEN as error:
                raise _damaged(self.path, error) from None


def workbook_sheets(path: Path) -> tuple[Sheet, ...]:
    """The sheets of a workbook, charts left out; raises UnreadableRegister."""
    with warnings.catch_warnings(), path.open("rb") as file:
        warnings.simplefilter("ignore")
        names = [sheet.title for sheet in _opened(path, file, worked_out=True).worksheets]
    return tuple(WorkbookSheet(path, name) for name in names)


# What the library lets through of a damaged file.
_BROKEN = (
    *(KeyError, ValueError, TypeError, AttributeError, IndexError, EOFError, SyntaxError, OSError),
    *(BadZipFile, zlib.error),
)


def _opened(path: Path, file: BinaryIO, *, worked_out: bool) -> Any:
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        # By its contents, not its name: a workbook may be called .csv.
        return load_workbook(file, read_only=True, data_only=worked_out)
    except (*_BROKEN, InvalidFileException) as error:
        raise _damaged(path, error) from None


def _rows(book: Any, name: str) -> Iterator[tuple[Any, ...]]:
    sheet = book[name]
    # The size written in the file is often wrong.
    sheet.reset_dimensions()
    yield from sheet.iter_rows(values_only=True)


def _cells(values: tuple[Any, ...], formulas: tuple[Any, ...]) -> list[Cell]:
    pairs = zip_longest(values, formulas)
    return [_cell(formula if value is None else value) for value, formula in pairs]


def _cell(value: Any) -> Cell:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value
    if isinstance(value, date):
        return datetime.combine(value, time())
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    text = getattr(value, "text", value)
    return str(text)


def _damaged(path: Path, error: Exception) -> UnreadableRegister:
    why = " ".join(str(error).split())[:120] or type(error).__name__
    return UnreadableRegister(f"{path.name} is a damaged workbook ({why}). {AS_CSV}")
