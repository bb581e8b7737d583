"""How many of each: cells, and the rows that a table shows though nothing fell into them."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

TOTAL = "total"
MONTH = "month"
NOT_KNOWN = "not_known"


class Cell(NamedTuple):
    """One number of one table: how many of `measure` there are in that row."""

    measure: str
    table: str = TOTAL
    row: str = TOTAL


Tally = Counter[Cell]
"""Each measure's total, and its parts in each of its tables, which add up to it."""


def months(first: str, last: str) -> list[str]:
    """Every month from one to the other, as `2025-07`."""
    start, end = (int(month[:4]) * 12 + int(month[5:7]) - 1 for month in (first, last))
    return [f"{number // 12:04}-{number % 12 + 1:02}" for number in range(start, end + 1)]
