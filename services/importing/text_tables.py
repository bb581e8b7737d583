"""A register as text: CSV in whatever encoding and with whatever between its cells."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from services.importing.headings import find_headings
from services.importing.tables import AS_CSV, CHUNK, Cell, Line
from services.importing.unreadable import UnreadableRegister

DELIMITERS = (",", ";", "\t", "|")
LOOKED_AT = 40
LONGEST_CELL = 4 * 1024 * 1024
# As many as a spreadsheet can have.
MOST_COLUMNS = 16_384
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


@dataclass(frozen=True, slots=True)
class TextTable:
    """The one sheet of a CSV file."""

    path: Path
    encoding: str
    delimiter: str
    name: str = ""

    def lines(self) -> Iterator[Line]:
        """Its rows, numbered as a spreadsheet numbers them: a cell of three lines is one row."""
        csv.field_size_limit(LONGEST_CELL)
        # What is no letter of Windows-1252 is shown as such rather than stopping everything.
        with self.path.open(encoding=self.encoding, errors="replace", newline="") as file:
            quotes = Quotes(file)
            reader = csv.reader(quotes, delimiter=self.delimiter)
            first = 1
            try:
                for number, cells in enumerate(reader, 1):
                    if len(cells) > MOST_COLUMNS:
                        raise csv.Error(f"it has more than {MOST_COLUMNS:,} columns")
                    if number == 1 and "".join(cells).casefold() in self._separator:
                        cells = []
                    if reader.line_num > first and quotes.is_open:
                        raise csv.Error("a quotation mark is not closed")
                    yield number, list[Cell](cells)
                    first, quotes.is_open = reader.line_num + 1, False
            except csv.Error as error:
                raise UnreadableRegister(
                    f"{self.path.name} is no sound CSV in line {first} ({error}). {AS_CSV}"
                ) from None

    @property
    def _separator(self) -> tuple[str, str]:
        """The line with which a file tells Excel what is between its cells."""
        return "sep=", f"sep={self.delimiter}"


class Quotes:
    """The lines of a file; `is_open` while the quotation marks since it was set don't pair."""

    def __init__(self, lines: Iterable[str]) -> None:
        self.is_open = False
        self._lines = iter(lines)

    def __iter__(self) -> Iterator[str]:
        """Each line as it is."""
        for line in self._lines:
            if line.count('"') % 2:
                self.is_open = not self.is_open
            yield line


def text_table(path: Path) -> TextTable:
    """The table in a text file; raises UnreadableRegister where it is no text."""
    encoding = _encoding(path)
    found = [TextTable(path, encoding, delimiter) for delimiter in DELIMITERS]
    return max(found, key=_likelihood)


def _likelihood(table: TextTable) -> tuple[int, int]:
    try:
        first = [cells for _, cells in islice(table.lines(), LOOKED_AT)]
    except UnreadableRegister:
        return 0, 0
    headings = find_headings(first, {})
    return (headings.score if headings else 0, sum(len(cells) > 1 for cells in first))


def _encoding(path: Path) -> str:
    with path.open("rb") as file:
        head = file.read(4096)
        for mark, encoding in _MARKS:
            if head.startswith(mark):
                return encoding
        if b"\0" in head:
            return _without_mark(path, head)
        decoder = codecs.getincrementaldecoder("utf-8")()
        file.seek(0)
        try:
            while chunk := file.read(CHUNK):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return "cp1252"
    return "utf-8"


def _without_mark(path: Path, head: bytes) -> str:
    """UTF-16 as some programs write it, told by which half of each letter is empty."""
    for encoding, empty in (("utf-16-le", head[1::2]), ("utf-16-be", head[::2])):
        if empty.count(0) * 2 > len(empty):
            return encoding
    raise UnreadableRegister(f"{path.name} is no table of text. {AS_CSV}")
