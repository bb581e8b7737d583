"""Proves that a hidden number can't be worked out: by finding other numbers that fit as well."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from projections.figures.relations import Relation
from projections.figures.tally import Cell

PATIENCE = 400
"""Attempts for one cell; a proof not found is taken for none, and more is hidden."""


class Witnesses:
    """Of each hidden cell, whether other counts than the true ones fit all that is told.

    They fit when every relation holds, every cell told is as told, and no hidden one is less than
    1: zeros are told. Hiding more never takes a proof away.
    """

    def __init__(
        self, counts: Mapping[Cell, int], relations: Sequence[Relation], hidden: set[Cell]
    ) -> None:
        self._counts = dict(counts)
        self._hidden = hidden
        self._proved: set[Cell] = set()
        self._of: dict[Cell, list[Relation]] = {cell: [] for cell in counts}
        for relation in relations:
            for cell in (*relation.left, *relation.right):
                self._of[cell].append(relation)

    def of(self, cell: Cell) -> list[Relation]:
        """The relations that the cell stands in."""
        return self._of[cell]

    def hide(self, cell: Cell) -> None:
        """Hide one more."""
        self._hidden.add(cell)

    def around(self, cell: Cell) -> set[Cell]:
        """All cells that relations tie to this one, directly or not."""
        found, left = {cell}, [cell]
        while left:
            for relation in self._of[left.pop()]:
                new = {*relation.left, *relation.right} - found
                found |= new
                left += new
        return found

    def found(self, cell: Cell) -> bool:
        """Whether the cell could as well hold another number than it does."""
        if cell in self._proved:
            return True
        for step in (1, -1):
            self._attempts = PATIENCE
            if self._counts[cell] + step >= 1 and (proof := self._mended({cell: step}, [cell])):
                self._proved |= proof.keys()
                return True
        return False

    def _mended(self, changes: dict[Cell, int], touched: list[Cell]) -> dict[Cell, int] | None:
        """The changes, and what else must change so that every relation holds; None if nothing."""
        self._attempts -= 1
        broken = self._broken(changes, touched)
        if broken is None:
            return changes
        for cell, change in self._repairs(*broken, changes):
            if self._attempts <= 0:
                return None
            if proof := self._mended({**changes, cell: change}, [*touched, cell]):
                return proof
        return None

    def _broken(
        self, changes: Mapping[Cell, int], touched: Sequence[Cell]
    ) -> tuple[Relation, int] | None:
        for cell in touched:
            for relation in self._of[cell]:
                if gap := self._gap(relation, changes):
                    return relation, gap
        return None

    def _gap(self, relation: Relation, changes: Mapping[Cell, int]) -> int:
        cells = (*relation.left, *relation.right)
        return relation.gap({each: self._counts[each] + changes.get(each, 0) for each in cells})

    def _repairs(
        self, relation: Relation, gap: int, changes: Mapping[Cell, int]
    ) -> Iterator[tuple[Cell, int]]:
        """Changes of a cell that close the gap, or some of it; least entangled cells first."""
        sides = [(cell, -gap) for cell in relation.left] + [(cell, gap) for cell in relation.right]
        free = [each for each in sides if each[0] in self._hidden and each[0] not in changes]
        for cell, wanted in sorted(free, key=lambda each: (len(self._of[each[0]]), each[0])):
            if change := max(wanted, 1 - self._counts[cell]):
                yield cell, change
