"""Turns counts into the figures that are told, the same for the same counts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from projections.figures.counted import MEASURES, OUTCOMES, Counted
from projections.figures.relations import relations
from projections.figures.suppression import suppressed
from projections.figures.tables import Words
from projections.figures.tally import MONTH, Cell, Tally


@dataclass(frozen=True, slots=True)
class Figure:
    """One cell as it is told; `count` is None where it is suppressed."""

    table: str
    row: str
    column: str
    count: int | None
    suppressed: bool


def published(
    tally: Tally, months: Sequence[str], words: Words, *, exact: bool = False
) -> list[Figure]:
    """Every figure, measure by measure, each with its total first, then its months, then the rest.

    Months and words of the policy to which nothing belongs are told as zero. Small numbers are
    suppressed, and others that would give them away, unless they are asked for `exact`.
    """
    cells = {
        cell: tally[cell] for measure in MEASURES for cell in _cells(measure, tally, months, words)
    }
    some = {cell: count for cell, count in cells.items() if count}
    hidden = frozenset() if exact else suppressed(some, relations(some))
    return [
        Figure(
            cell.table, cell.row, cell.measure, None if cell in hidden else count, cell in hidden
        )
        for cell, count in cells.items()
    ]


def _cells(counted: Counted, tally: Tally, months: Sequence[str], words: Words) -> Iterator[Cell]:
    yield Cell(counted.measure)
    for table in (MONTH, *counted.by):
        listed = months if table == MONTH else words.get(table, ())
        if table == "outcome":
            listed = OUTCOMES[counted.measure]
        found = {
            cell.row for cell in tally if (cell.measure, cell.table) == (counted.measure, table)
        }
        for row in [*listed, *sorted(found.difference(listed))]:
            yield Cell(counted.measure, table, row)
