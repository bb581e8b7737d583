"""Hides small numbers, and as many others as it takes so that none can be worked out."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from projections.figures.relations import Relation
from projections.figures.tally import Cell
from projections.figures.witness import Witnesses

SMALLEST_SHOWN = 5
SPREAD = SMALLEST_SHOWN - 2

Counts = Mapping[Cell, int]


def suppressed(counts: Counts, relations: Sequence[Relation]) -> frozenset[Cell]:
    """The cells that are not told.

    First those from 1 to 4 (primary suppression). Then, secondary suppression: in a table whose
    total is told, what is hidden is at least two cells, and adds up to so much that by the table
    alone each may be any number from 1 to 4, or is all that is not zero; and for each hidden cell
    there is another number that fits everything told. Zero is always told.
    """
    hidden = {cell for cell, count in counts.items() if 0 < count < SMALLEST_SHOWN}
    for relation in relations:
        if relation.exact and len(relation.left) == 1:
            _widen(hidden, counts, relation)
    witnesses = Witnesses(counts, relations, hidden)
    unproved = sorted(hidden)
    while unproved:
        cell = unproved.pop()
        while not witnesses.found(cell) and (other := _next(cell, hidden, counts, witnesses)):
            witnesses.hide(other)
            unproved.append(other)
    return frozenset(hidden)


def _widen(hidden: set[Cell], counts: Counts, table: Relation) -> None:
    """Hide more of a table whose total is told; the total itself if all else gives it away."""
    total = table.left[0]
    while total not in hidden and (inside := [c for c in table.right if c in hidden]):
        spread = sum(counts[cell] for cell in inside) - len(inside)
        if len(inside) > 1 and spread >= SPREAD:
            return
        other = _smallest(table.right, hidden, counts)
        if other is None and len(inside) > 1 and spread > 0:
            return
        hidden.add(other or total)


def _next(cell: Cell, hidden: set[Cell], counts: Counts, witnesses: Witnesses) -> Cell | None:
    """What to hide for a cell that could be worked out; None once all about it is hidden.

    First where a hidden cell stands alone in its sum, the nearest first, then whatever is near.
    """
    tied = [each for other in witnesses.tied(cell) for each in witnesses.of(other)]
    alone = [each for each in tied if each.exact and len(hidden.intersection(each.cells)) == 1]
    for relation in (*alone, *tied):
        if other := _smallest(relation.cells, hidden, counts):
            return other
    return None


def _smallest(cells: Collection[Cell], hidden: set[Cell], counts: Counts) -> Cell | None:
    """Zeros are left: they are told always, so hiding one would hide nothing."""
    left = [cell for cell in cells if cell not in hidden and counts[cell]]
    return min(left, key=lambda cell: (counts[cell], cell), default=None)
