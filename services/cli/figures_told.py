"""Figures in words, and as the rows that machines read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from projections.figures import Figure
from services.cli.saying import day, moment, plain
from services.views.figures import CouncilFigures

HEADINGS = ("council", "table", "row", "column", "count", "suppressed", "note")
SYMBOL = "[c]"
KEY = (
    "[c] is confidential: a number from 1 to 4 (primary suppression), or one from which such a "
    "number could be worked out (secondary suppression). 0 is none."
)
HOW = (
    "Where a table's total is told, at least two of its cells are [c] or none is; for each [c] "
    "another number fits all that is told, in this table and the others."
)
EXACT = "Nothing is suppressed: for inside use, not to be published."
ALL = "all that is recorded"


def rows(found: Sequence[CouncilFigures], *, exact: bool) -> list[dict[str, Any]]:
    """One row for each fact about the figures, then one for each figure, council by council.

    A suppressed figure has no count and the note [c]; what is about the figures stands in `note`.
    """
    listed = []
    for council in found:
        about = [_row(council, "about", row, note=note) for row, note in _about(council, exact)]
        listed += about + [_told(council, figure) for figure in council.figures]
    return listed


def in_words(found: Sequence[CouncilFigures], *, exact: bool) -> Iterator[str]:
    """What the figures rest on, then each measure with its tables, then what there was none of."""
    for number, council in enumerate(found):
        if number:
            yield ""
        yield f"{council.council}: figures as known on {moment(council.cut_off)}."
        yield f"Cut-off: {council.cut_off}; ask again with --at for the same figures."
        period = f"{day(council.first)} to {day(council.last)}, both days inclusive"
        yield f"Period: {period if council.first else ALL}; days and months are those of London."
        yield from (f"Policy: {_policy(adopted)}." for adopted in council.policies)
        yield from [EXACT] if exact else [KEY, HOW]
        yield ""
        yield from _measures(council.figures)


def _measures(figures: Sequence[Figure]) -> Iterator[str]:
    none = []
    for measure, told in groupby(figures, key=lambda figure: figure.column):
        total, *parts = told
        if total.count == 0:
            none.append(plain(measure))
            continue
        yield f"{plain(measure)}: {_count(total)}"
        for table, cells in groupby(parts, key=lambda figure: figure.table):
            listed = ", ".join(f"{plain(cell.row)} {_count(cell)}" for cell in cells)
            yield f"  by {plain(table)}: {listed}"
    if none:
        yield f"None: {', '.join(none)}."


def _count(figure: Figure) -> str:
    return SYMBOL if figure.suppressed else str(figure.count)


def _about(council: CouncilFigures, exact: bool) -> Iterator[tuple[str, str]]:
    yield "cut_off", council.cut_off
    yield "from", council.first or ALL
    yield "to", council.last or ALL
    for adopted in council.policies:
        yield "policy", _policy(adopted)
    yield "suppression", EXACT if exact else f"{KEY} {HOW}"


def _policy(adopted: dict[str, Any]) -> str:
    named = f"{adopted['policy']} version {adopted['policy_version']}"
    return f"{named}, from {adopted.get('from', 'the beginning')}, SHA-256 {adopted['sha256']}"


def _told(council: CouncilFigures, figure: Figure) -> dict[str, Any]:
    row = _row(council, figure.table, figure.row, figure.column, figure.count)
    return row | ({"suppressed": True, "note": SYMBOL} if figure.suppressed else {})


def _row(
    council: CouncilFigures,
    table: str,
    row: str,
    column: str | None = None,
    count: int | None = None,
    note: str | None = None,
) -> dict[str, Any]:
    return {
        "council": council.council,
        "table": table,
        "row": row,
        "column": column,
        "count": count,
        "suppressed": False,
        "note": note,
    }
