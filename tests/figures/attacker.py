"""Who reads the figures and tries to work out what was suppressed, with all that is told.

Shares nothing with the code that suppresses: it is handed figures as they are published, says by
itself what must hold between them, and searches every way to fill the gaps.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from projections.figures import Figure

Name = tuple[str, str, str]
Counts = dict[Name, int]
Bounds = dict[Name, tuple[int, int]]

MOST = 60
IN_ALL = ("total", "total")
AT_MOST = [
    *(("upheld", "flagged"), ("dismissed", "flagged"), ("overturned", "upheld")),
    *(("hidden", "flagged"), ("upheld", "findings"), ("accounts_opened", "flagged")),
    *(("blocked", "pages_blocked"), ("reversed", "blocked"), ("ended", "blocked")),
]
AT_ONCE = [
    *(("upheld", "findings"), ("accounts_opened", "flagged"), ("blocked", "pages_blocked")),
]
TOLD_TWICE = [
    (("flagged", "outcome", "dismissed"), "dismissed"),
    (("flagged", "outcome", "overturned"), "overturned"),
    (("blocked", "outcome", "reversed"), "reversed"),
    (("blocked", "outcome", "ended"), "ended"),
]


class Sum(NamedTuple):
    """Cells, each with its sign, that with `told` come to zero, or where not `exact` to less."""

    terms: tuple[tuple[Name, int], ...]
    told: int
    exact: bool


def name(figure: Figure) -> Name:
    return (figure.column, figure.table, figure.row)


def worked_out(figures: Sequence[Figure], truth: Counts) -> list[Name]:
    """The suppressed cells of which only the true number fits."""
    gaps = [name(figure) for figure in figures if figure.suppressed]
    known = [_open(each, gaps, truth) for each in _sums(figures) if _holds(each, truth)]
    known = [each for each in known if each.terms]
    # Zero is always told, so what is not told is at least one.
    bounds: Bounds = dict.fromkeys(gaps, (1, MOST))
    return [cell for cell in gaps if not _could_differ(cell, bounds, known, truth)]


def _sums(figures: Sequence[Figure]) -> list[Sum]:
    """All that must hold, and all that may be guessed because it mostly does."""
    cells = {name(figure) for figure in figures}
    parts: dict[tuple[str, str], list[Name]] = defaultdict(list)
    for measure, table, row in sorted(cells):
        if table != "total":
            parts[measure, table].append((measure, table, row))
    found = [_sum(listed, (measure, *IN_ALL)) for (measure, _), listed in parts.items()]
    for small, large in AT_MOST:
        pairs = [(cell, (large, *cell[1:])) for cell in sorted(cells) if cell[0] == small]
        found += [
            _sum([a], b, exact=False)
            for a, b in pairs
            if b in cells and (a[1] != "month" or (small, large) in AT_ONCE)
        ]
    ever = [("flagged", "outcome", word) for word in ("upheld", "overturned")]
    found.append(_sum(ever, ("upheld", *IN_ALL)))
    found += [_sum([cell], (measure, *IN_ALL)) for cell, measure in TOLD_TWICE]
    return [each for each in found if all(cell in cells for cell, _ in each.terms)]


def _sum(parts: Sequence[Name], whole: Name, *, exact: bool = True) -> Sum:
    return Sum(((whole, -1), *((part, 1) for part in parts)), 0, exact)


def _holds(each: Sum, truth: Counts) -> bool:
    come_to = each.told + sum(sign * truth[cell] for cell, sign in each.terms)
    return come_to == 0 if each.exact else come_to <= 0


def _open(each: Sum, gaps: Sequence[Name], truth: Counts) -> Sum:
    """The sum with what is told put in."""
    terms = tuple(term for term in each.terms if term[0] in gaps)
    told = sum(sign * truth[cell] for cell, sign in each.terms if cell not in gaps)
    return Sum(terms, told, each.exact)


def _could_differ(cell: Name, bounds: Bounds, known: list[Sum], truth: Counts) -> bool:
    count = truth[cell]
    near = [(count + 1, count + 1), (count - 1, count - 1)]
    far = [(1, count - 2), (count + 2, MOST)]
    # Most often the next number fits, which is soon seen; else everything is tried.
    tries = [(side, patience) for patience in (100, 1000) for side in near + far]
    tries += [(side, 10**9) for side in near + far]
    tied, known = _tied(cell, known)
    bounds = {each: bounds[each] for each in tied}
    return any(
        low >= 1 and low <= high and _fits({**bounds, cell: (low, high)}, known, truth, [patience])
        for (low, high), patience in tries
    )


def _tied(cell: Name, known: list[Sum]) -> tuple[set[Name], list[Sum]]:
    """The cells that sums tie to this one, and those sums: others have the truth to fit them."""
    tied, sums, before = {cell}, [], -1
    while len(tied) > before:
        before = len(tied)
        sums = [each for each in known if tied & {term[0] for term in each.terms}]
        tied |= {term[0] for each in sums for term in each.terms}
    return tied, sums


def _fits(bounds: Bounds, known: list[Sum], near: Counts, patience: list[int]) -> bool:
    """Whether some numbers within these bounds fit everything; looks near the truth first."""
    patience[0] -= 1
    if patience[0] < 0:
        return False
    narrowed = _narrowed(bounds, known)
    if narrowed is None:
        return False
    tried = {cell: min(max(near[cell], low), high) for cell, (low, high) in narrowed.items()}
    wrong = [each for each in known if not _holds(each, tried)]
    if not wrong:
        return True
    left = [cell for cell, _ in wrong[0].terms if narrowed[cell][0] < narrowed[cell][1]]
    cell = min(left, key=lambda each: (narrowed[each][1] - narrowed[each][0], each))
    low, high = narrowed[cell]
    numbers = sorted(range(low, high + 1), key=lambda number: abs(number - near[cell]))
    return any(_fits({**narrowed, cell: (n, n)}, known, near, patience) for n in numbers)


def _narrowed(bounds: Bounds, known: list[Sum]) -> Bounds | None:
    """The bounds without what no filling can hold; None where nothing fits."""
    bounds, before = dict(bounds), None
    while bounds != before:
        before = dict(bounds)
        for each in known:
            for side in (1, -1) if each.exact else (1,):
                if not _narrow(bounds, each, side):
                    return None
    return bounds


def _narrow(bounds: Bounds, each: Sum, side: int) -> bool:
    ends = [(cell, sign * side, *bounds[cell]) for cell, sign in each.terms]
    least = side * each.told + sum(min(sign * low, sign * high) for _, sign, low, high in ends)
    if least > 0:
        return False
    for cell, sign, low, high in ends:
        if sign > 0:
            bounds[cell] = (low, min(high, low - least))
        else:
            bounds[cell] = (max(low, high + least), high)
    return True
