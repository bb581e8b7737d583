"""The tables of a register on PostgreSQL: numbered steps that only go forward."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import NamedTuple


class Migration(NamedTuple):
    """One step: its number, its name and the SQL that makes it."""

    number: int
    name: str
    sql: str


@cache
def migrations() -> tuple[Migration, ...]:
    """Every step that this Casebook knows, in their order."""
    found = [each for each in files(__name__).iterdir() if each.name.endswith(".sql")]
    return tuple(
        Migration(int(each.name[:4]), each.name[5:-4], each.read_text(encoding="utf-8"))
        for each in sorted(found, key=lambda each: each.name)
    )
