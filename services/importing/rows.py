"""One row of a register as it was understood: who, when, what was done, or why it can't be."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from itertools import zip_longest

from domain.handles import normal_handle
from services.importing.days import When, read_when
from services.importing.headings import Headings
from services.importing.platforms import platform_of
from services.importing.tables import HARMLESS, Cell
from services.importing.wording import REMEMBERED, is_one_of, plain

DATES = ("posted_at", "seen_at", "blocked_on", "appeal_received_on")
OTHER_DATES = ("removed_on", "director_informed", "unblocked_on")
LONGEST, LONGEST_NAME = 100_000, 4_000
AS_WRITTEN = {"text", "notes", "why", "action", "evidence", "blocked", *OTHER_DATES}
NO_WHO, NO_DATE, BAD_DATE, FUTURE, CHANGED = (
    "no handle and no name",
    "no date",
    "bad date",
    "future",
    "changed",
)
_FIGURES = re.compile(r"[\d\s.,%£()]+|=[A-Z]+\(.*\)")
_LABEL = re.compile(r"[:=\d]")


@dataclass(slots=True)
class Row:
    """A row: `said` is the text of each field, `days` the dates that were understood."""

    sheet: int
    number: int
    cells: Sequence[Cell]
    said: dict[str, str] = field(default_factory=dict)
    days: dict[str, When] = field(default_factory=dict)
    extra: dict[str, str] = field(default_factory=dict)
    platform: str = "unknown"
    handle: str | None = None
    fault: str | None = None
    blocks: bool = False

    @property
    def ref(self) -> str | None:
        """The register's own reference."""
        return self.said.get("ref")

    @property
    def names(self) -> dict[str, str]:
        """The account as a command would name it."""
        found = {"account_id": self.said.get("account_id"), "handle": self.handle}
        found["name"] = self.said.get("name")
        return {"platform": self.platform} | {word: text for word, text in found.items() if text}


def understood(
    sheet: int, number: int, cells: Sequence[Cell], headings: Headings, now: datetime
) -> Row:
    """The row; `fault` says why it can't be recorded, where it can't."""
    row = Row(sheet, number, cells)
    found = _by_field(row, cells, headings)
    for name, cell in found.items():
        _take(row, name, cell, now)
    row.handle = normal_handle(row.said.get("handle", ""))[:LONGEST_NAME] or None
    row.platform = platform_of(*(row.said.get(name, "") for name in ("platform", "handle", "url")))
    row.blocks = _blocks(row)
    row.fault = _fault(row, now)
    return row


def is_nothing(cells: Sequence[Cell]) -> bool:
    """Whether a row is blank."""
    return all(isinstance(cell, str) and not cell.strip() for cell in cells)


def is_total(row: Row) -> bool:
    """Whether a row adds the others up, or only says that they end."""
    adds_up = False
    for cell in row.cells:
        text = _text(cell).strip()
        if text and not _FIGURES.fullmatch(text):
            adds_up = is_one_of("totals", _LABEL.split(text, maxsplit=1)[0])
            if not adds_up:
                break
    return adds_up


def _by_field(row: Row, cells: Sequence[Cell], headings: Headings) -> Mapping[str, Cell]:
    found: dict[str, Cell] = {}
    named = zip(headings.texts, headings.fields, strict=True)
    for heading_and_field, cell in zip_longest(named, cells, fillvalue=None):
        heading, name = heading_and_field or ("", None)
        if isinstance(cell, str):
            cell = cell.replace("\u00a0", " ").strip()
            if cell[:1] == "'":
                cell = HARMLESS.sub("", cell).strip()
        if not cell or name == "ignored":
            continue
        if name is None or found.get(name, cell) != cell:
            row.extra[heading or "A column without a heading"] = _text(cell)
        else:
            found[name] = cell
    return found


def _take(row: Row, name: str, cell: Cell, now: datetime) -> None:
    if name in DATES or name in OTHER_DATES or (name == "blocked" and not yes_or_no(_text(cell))):
        when = read_when(cell)
        # What can't have been yet is kept as words, where it doesn't stop the whole row.
        if when and not (name in OTHER_DATES and when.at > now):
            row.days["blocked_on" if name == "blocked" else name] = when
            if name != "blocked":
                return
    text = _text(cell)
    if name not in AS_WRITTEN and _says_nothing(name, text):
        return
    row.said[name] = text[: LONGEST if name in AS_WRITTEN else LONGEST_NAME]


def _says_nothing(name: str, text: str) -> bool:
    if is_one_of("nothing", text) or not (plain(text) or _is_pictured(text)):
        return True
    return name in ("blocked_on", "appeal_received_on") and is_one_of("no", text)


def _is_pictured(text: str) -> bool:
    """Whether it holds a picture, such as 🦆: people have names of these alone."""
    return any(unicodedata.category(letter) == "So" for letter in text)


def _blocks(row: Row) -> bool:
    answer = yes_or_no(row.said.get("blocked", ""))
    return "blocked_on" in row.days if answer is None else answer


@lru_cache(REMEMBERED)
def yes_or_no(text: str) -> bool | None:
    """Whether a cell says yes, no, or something else."""
    first = plain(text).split()[:1]
    for word in (text, *first):
        for name, answer in (("yes", True), ("no", False)):
            if is_one_of(name, word):
                return answer
    return None


def _fault(row: Row, now: datetime) -> str | None:
    if not (row.handle or row.said.get("name") or row.said.get("account_id")):
        return NO_WHO
    if any(name in row.said for name in DATES):
        return BAD_DATE
    if any(row.days[name].at > now for name in DATES if name in row.days):
        return FUTURE
    if not row.days.keys() & {"posted_at", "seen_at"}:
        return NO_DATE
    return None


def _text(cell: Cell) -> str:
    if isinstance(cell, datetime):
        when = read_when(cell)
        return when.written() if when else cell.isoformat()
    # Half a letter or none at all, as a damaged file may hold, can't be stored.
    return cell if cell.isascii() and "\0" not in cell else _storable(cell)


def _storable(text: str) -> str:
    return text.replace("\0", "").encode("utf-8", "replace").decode()
