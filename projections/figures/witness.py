"""Proves that a hidden number can't be worked out: by finding other numbers that fit as well."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from projections.figures.relations import Relation
from projections.figures.tally import Cell

PATIENCE = 200
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
        self._relations = relations
        self._hidden = hidden
        self._proved: set[Cell] = set()
        self._over = [relation.over(counts) for relation in relations]
        self._of: dict[Cell, list[tuple[int, int]]] = {cell: [] for cell in counts}
        for index, relation in enumerate(relations):
            for side, cells in ((1, relation.left), (-1, relation.right)):
                for cell in cells:
                    self._of[cell].append((index, side))

    def of(self, cell: Cell) -> list[Relation]:
        """The relations that the cell stands in."""
        return [self._relations[index] for index, _ in self._of[cell]]

    def hide(self, cell: Cell) -> None:
        """Hide one more."""
        self._hidden.add(cell)

    def tied(self, cell: Cell) -> list[Cell]:
        """The hidden cells that relations tie to this one, through hidden ones; nearest first."""
        found = [cell]
        for each in found:
            near = [other for relation in self.of(each) for other in relation.cells]
            found += [c for c in dict.fromkeys(near) if c in self._hidden and c not in found]
        return found

    def found(self, cell: Cell) -> bool:
        """Whether the cell could as well hold another number than it does."""
        if cell in self._proved:
            return True
        for step in (1, -1):
            if self._counts[cell] + step >= 1:
                self._attempts = PATIENCE
                changes = {cell: step}
                self._change(cell, step)
                mended = self._mended(changes)
                for changed, by in changes.items():
                    self._change(changed, -by)
                if mended:
                    self._proved |= changes.keys()
                    return True
        return False

    def _mended(self, changes: dict[Cell, int]) -> bool:
        """Change whatever else must change so that every relation holds; False if none will do."""
        self._attempts -= 1
        broken = self._broken(changes)
        if broken is None:
            return True
        for cell, change in self._repairs(broken, changes):
            if self._attempts <= 0:
                return False
            changes[cell] = change
            self._change(cell, change)
            if self._mended(changes):
                return True
            self._change(cell, -change)
            del changes[cell]
        return False

    def _change(self, cell: Cell, by: int) -> None:
        for index, side in self._of[cell]:
            self._over[index] += side * by

    def _gap(self, index: int, by: int = 0) -> int:
        return self._relations[index].gap(self._over[index] + by)

    def _broken(self, changes: Mapping[Cell, int]) -> int | None:
        touched = (index for cell in changes for index, _ in self._of[cell])
        return next((index for index in touched if self._gap(index)), None)

    def _repairs(self, broken: int, changes: Mapping[Cell, int]) -> list[tuple[Cell, int]]:
        """Changes of one cell that close the gap or some of it; what breaks least comes first."""
        gap, relation = self._gap(broken), self._relations[broken]
        sides = [(cell, -gap) for cell in relation.left] + [(cell, gap) for cell in relation.right]
        found = []
        for cell, wanted in sides:
            change = max(wanted, 1 - self._counts[cell])
            if change and cell in self._hidden and cell not in changes:
                left = sum(bool(self._gap(index, side * change)) for index, side in self._of[cell])
                found.append((left, len(self._of[cell]), cell, change))
        return [(cell, change) for *_, cell, change in sorted(found)]
