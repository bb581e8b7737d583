"""Finds where the headings are, under titles and merged cells, and which field each column is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from services.importing.tables import HARMLESS, Cell
from services.importing.wording import field_of, shown, squeezed

Names = Mapping[str, str]
"""From a heading, squeezed, to the field that somebody said it is."""

WHO = {"handle", "name", "account_id"}
WHEN = {"posted_at", "seen_at"}
ENOUGH = 3


@dataclass(frozen=True, slots=True)
class Headings:
    """The headings found: in which lines, and the field of each column, where it has one."""

    first: int
    last: int
    texts: tuple[str, ...]
    fields: tuple[str | None, ...]

    @property
    def score(self) -> int:
        """How many different fields the columns are."""
        return len(set(self.fields) - {None, "ignored"})

    @property
    def unknown(self) -> list[str]:
        """The headings that say nothing that is known."""
        pairs = zip(self.texts, self.fields, strict=True)
        return [text for text, field in pairs if text and field is None]

    def repeated_in(self, cells: Sequence[Cell]) -> bool:
        """Whether a row is the headings over again, as printed on each page."""
        first = next((cell for cell in cells if cell != ""), "")
        if isinstance(first, datetime) or squeezed(first) not in _squeezed(self.texts):
            return False
        same = [
            isinstance(cell, str) and squeezed(cell) == squeezed(text)
            for text, cell in zip(self.texts, cells, strict=False)
            if text and cell != ""
        ]
        return len(same) >= ENOUGH and sum(same) * 2 > len(same)


def find_headings(lines: Sequence[Sequence[Cell]], names: Names) -> Headings | None:
    """The headings among the first lines of a sheet, or None where it has none."""
    best: Headings | None = None
    for found in _candidates(lines, names):
        if best is None or found.score > best.score:
            best = found
    return best if best and _suffices(best) else None


def lacking(headings: Headings) -> list[str]:
    """What a register must have a column for, and these have none."""
    found = set(headings.fields)
    wanted = [("who it was", WHO), ("when it was", WHEN)]
    return [
        f"{what} ({', '.join(sorted(shown(field) for field in any_of))})"
        for what, any_of in wanted
        if not found & any_of
    ]


def _suffices(headings: Headings) -> bool:
    fields = set(headings.fields)
    return headings.score >= ENOUGH or bool(fields & WHO and fields & WHEN)


def _candidates(lines: Sequence[Sequence[Cell]], names: Names) -> Iterator[Headings]:
    """Single lines first, which win over two lines that tell no more."""
    texts = [[_text(cell) for cell in line] for line in lines]
    for index, line in enumerate(texts):
        yield _headings(index, index, line, [_field(text, names) for text in line], names)
    for index in range(len(texts) - 1):
        yield _two_lines(index, texts[index], texts[index + 1], names)


def _two_lines(index: int, upper: list[str], lower: list[str], names: Names) -> Headings:
    """Headings under merged cells: `Post` over `Date` and `Text`, `Ref` over nothing."""
    width = max(len(upper), len(lower))
    above, below = (line + [""] * (width - len(line)) for line in (upper, lower))
    texts, fields, group = [], [], ""
    for over, under in zip(above, below, strict=True):
        group = over or group
        joined = f"{group} {under}".strip() if under else over
        turned = f"{under} {group}".strip() if under else over
        texts.append(joined)
        known = (_field(text, names) for text in (joined, turned, under) if text)
        fields.append(next((field for field in known if field), None))
    return _headings(index, index + 1, texts, fields, names)


def _headings(
    first: int, last: int, texts: list[str], fields: Sequence[str | None], names: Names
) -> Headings:
    """What somebody said a column is wins over another that is only called so."""
    said = [names.get(squeezed(text)) if text else None for text in texts]
    kept = [
        own or (None if field in said and field != "ignored" else field)
        for own, field in zip(said, fields, strict=True)
    ]
    return Headings(first, last, tuple(texts), tuple(kept))


def _field(text: str, names: Names) -> str | None:
    return (names.get(squeezed(text)) or field_of(text)) if text else None


@lru_cache
def _squeezed(texts: tuple[str, ...]) -> frozenset[str]:
    return frozenset(map(squeezed, texts))


def _text(cell: Cell) -> str:
    return "" if isinstance(cell, datetime) else HARMLESS.sub("", " ".join(cell.split()))
