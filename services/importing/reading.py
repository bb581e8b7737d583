"""Reads a whole register: which sheets hold one, what their columns are, and every row."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from pathlib import Path

from services.importing.headings import Headings, Names, find_headings, lacking
from services.importing.rows import Row, is_nothing, is_total, understood
from services.importing.tables import Sheet, Source, open_source
from services.importing.unreadable import UnreadableRegister
from services.importing.wording import squeezed

LOOKED_AT = 40
Share = tuple[int, int]
"""Which of how many equal shares of the rows."""
ALL = (0, 1)


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet that is a register."""

    index: int
    sheet: Sheet
    headings: Headings


@dataclass(frozen=True, slots=True)
class RegisterFile:
    """A register's file as understood: the sheets that hold rows, and those that don't."""

    source: Source
    tables: tuple[Table, ...]
    left_out: tuple[str, ...] = field(default=())

    def rows(self, now: datetime, share: Share = ALL) -> Iterator[Row]:
        """Every data row of a share; blank ones, totals and headings printed again are none."""
        which, of = share
        for table in self.tables:
            lines = islice(table.sheet.lines(), table.headings.last + 1, None)
            for number, cells in lines:
                if number % of != which:
                    continue
                if is_nothing(cells) or table.headings.repeated_in(cells):
                    continue
                row = understood(table.index, number, cells, table.headings, now)
                if not is_total(row):
                    yield row


def open_register(path: Path, names: Names) -> RegisterFile:
    """The register in a file; `names` says what headings mean that nobody could guess.

    Raises UnreadableRegister where it is none, or where a heading named isn't there.
    """
    source = open_source(path)
    tables, left_out, short = [], [], []
    for index, sheet in enumerate(source.sheets):
        first = [cells for _, cells in islice(sheet.lines(), LOOKED_AT)]
        headings = find_headings(first, names)
        if headings and not lacking(headings):
            tables.append(Table(index, sheet, headings))
        else:
            left_out.append(sheet.name)
            short += [headings] if headings else []
    if not tables:
        raise UnreadableRegister(_nothing_found(source, short))
    _must_be_there(source, tables, names)
    return RegisterFile(source, tuple(tables), tuple(left_out))


def _must_be_there(source: Source, tables: list[Table], names: Names) -> None:
    there = {squeezed(text) for table in tables for text in table.headings.texts}
    for heading in names:
        if heading not in there:
            texts = [text for text in tables[0].headings.texts if text]
            raise UnreadableRegister(
                f"{source.file_name} has no column {heading!r}. It has: {', '.join(texts)}."
            )


def _nothing_found(source: Source, short: list[Headings]) -> str:
    begin = f"{source.file_name} holds no register that can be understood"
    if short:
        unknown = ", ".join(short[0].unknown) or "none"
        return (
            f"{begin}: no column says {' or '.join(lacking(short[0]))}. "
            f"Columns not understood: {unknown}. Say what they are with --map COLUMN=FIELD."
        )
    return (
        f"{begin}: no row of headings such as Handle, Platform, Date of post was found in its "
        f"first {LOOKED_AT} rows. Say what its columns are with --map COLUMN=FIELD."
    )
