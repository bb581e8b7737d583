"""What everybody knows of the cells: which add up to which, and which are part of another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from projections.figures.counted import MEASURES
from projections.figures.tally import MONTH, TOTAL, Cell


class Relation(NamedTuple):
    """The sum of `left` is the sum of `right`, or at most that."""

    left: tuple[Cell, ...]
    right: tuple[Cell, ...]
    exact: bool

    @property
    def cells(self) -> tuple[Cell, ...]:
        """All its cells."""
        return (*self.left, *self.right)

    def over(self, counts: Mapping[Cell, int]) -> int:
        """By how much the left is more than the right."""
        return sum(counts[cell] for cell in self.left) - sum(counts[cell] for cell in self.right)

    def gap(self, over: int) -> int:
        """How much must come off the left, or onto the right; negative the other way round."""
        return over if self.exact else max(over, 0)

    def holds(self, counts: Mapping[Cell, int]) -> bool:
        """Whether it is so."""
        return self.gap(self.over(counts)) == 0


PARTS = (
    *(("upheld", "flagged"), ("dismissed", "flagged"), ("overturned", "upheld")),
    *(("upheld", "findings"), ("captured", "flagged"), ("hidden", "flagged")),
    *(("deleted", "flagged"), ("posts_withheld", "flagged"), ("closed", "flagged")),
    *(("honoured", "asked"), ("accounts_opened", "flagged")),
    *(("blocked", "pages_blocked"), ("reversed", "blocked"), ("ended", "blocked")),
    *(("muted", "pages_muted"), ("mutes_ended", "muted"), ("blocks_approved", "blocks_proposed")),
    *(("blocks_declined", "blocks_proposed"), ("blocks_approved", "blocked")),
    *(("appeals_dismissed", "appeals_filed"), ("complaints_escalated", "complaints_answered")),
)
"""Measures of which each of the first comes after one of the second, or with it."""
AT_ONCE = (
    *(("accounts_opened", "flagged"), ("upheld", "findings")),
    *(("blocked", "pages_blocked"), ("muted", "pages_muted")),
)
"""Those of which it comes with one, so in the same month."""
ONCE_EACH = (("findings", "upheld"), ("pages_blocked", "blocked"), ("pages_muted", "muted"))
"""Measures of which a row of the first can hold each of the second only once."""
ENDS = (
    (("flagged", "upheld"), ("flagged", "overturned"), ("upheld",)),
    (("flagged", "dismissed"), ("dismissed",)),
    (("flagged", "overturned"), ("overturned",)),
    (("blocked", "reversed"), ("reversed",)),
    (("blocked", "ended"), ("ended",)),
    (("appeals_filed", "dismissed"), ("appeals_dismissed",)),
    (("appeals_filed", "withdrawn"), ("appeals_early", "withdrawn"), ("appeals_withdrawn",)),
)
"""Outcomes, which are told twice: as what became of things, and, the last, as what was done."""


def relations(cells: Mapping[Cell, int]) -> list[Relation]:
    """All that holds between these cells, none of which is zero.

    Some hold in most periods and not in each (who is upheld may have been flagged the year before).
    Where one holds, whoever reads the figures may guess that it does, so it is counted on.
    """
    rows: dict[tuple[str, str], list[Cell]] = {}
    for cell in cells:
        rows.setdefault((cell.measure, cell.table), []).append(cell)
    found = [
        Relation((Cell(measure),), tuple(parts), True)
        for (measure, table), parts in rows.items()
        if table != TOTAL
    ]
    found += [each for each in _guessed(cells, rows) if each.holds(cells)]
    return found


def _guessed(
    cells: Mapping[Cell, int], rows: Mapping[tuple[str, str], list[Cell]]
) -> Iterator[Relation]:
    for part, whole in PARTS:
        yield from _known(cells, [(Cell(part), Cell(whole))])
        for table in _shared(part, whole):
            both = [(cell, cell._replace(measure=whole)) for cell in rows.get((part, table), ())]
            yield from _known(cells, both)
    for part, whole in ONCE_EACH:
        listed = [cell for table in _tables(part) for cell in rows.get((part, table), ())]
        yield from _known(cells, [(cell, Cell(whole)) for cell in listed])
    for *outcomes, act in ENDS:
        left = [Cell(measure, "outcome", row) for measure, row in outcomes]
        if (did := Cell(*act)) in cells:
            yield Relation(tuple(cell for cell in left if cell in cells), (did,), True)


def _known(cells: Mapping[Cell, int], pairs: Iterable[tuple[Cell, Cell]]) -> Iterator[Relation]:
    for part, whole in pairs:
        if part in cells and whole in cells:
            yield Relation((part,), (whole,), False)


def _tables(measure: str) -> tuple[str, ...]:
    return next((each.by for each in MEASURES if each.measure == measure), ())


def _shared(part: str, whole: str) -> list[str]:
    month = [MONTH] if (part, whole) in AT_ONCE else []
    return [*month, *(table for table in _tables(part) if table in _tables(whole))]
