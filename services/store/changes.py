"""Rows to be written, table by table: decided on in one place, written together in another."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from typing import Any, NamedTuple


class How(Enum):
    """What becomes of the rows of a change; a row is found by its first column."""

    ADD = "add"
    """None of them is there yet."""
    PUT = "put"
    """One that is there already is changed."""
    TAKE = "take"
    """Each is taken away; no other column is named."""


class Change(NamedTuple):
    """Rows of one table that change alike; but for `ADD`, no key stands in two of them."""

    table: str
    columns: tuple[str, ...]
    rows: Sequence[tuple[Any, ...]]
    how: How
