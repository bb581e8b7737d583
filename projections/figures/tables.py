"""The tables that counts are broken down in, and which row of one a thing falls into."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

Words = Mapping[str, tuple[str, ...]]
"""Of a table, the rows it may have: the words of the policies that the council had adopted."""

OTHER = "other"
NOT_RECORDED = "not_recorded"

FIELDS = {
    "capture_ground": "ground",
    "removal_ground": "ground",
    "police_ground": "ground",
    "legal_outcome": "outcome",
    "refusal": "outcome",
}
"""The field of an event that a table goes by, where it is not the table's own name."""

UNSAID = {"removal_ground": "breach"}
"""What it means where the event says nothing: what was removed on no ground was a breach."""

_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.:-]{0,63}")


def row_in(table: str, told: Mapping[str, Any], words: Words) -> str:
    """The row, by what is told of the thing.

    A category, ground or channel that no policy knows (an import keeps such words as they were
    written) is `other`: a cell of somebody's spreadsheet may hold a name.
    """
    value = told.get(FIELDS.get(table, table))
    if table == "welfare_concern":
        return "yes" if value else "no"
    if value is None:
        return UNSAID.get(table, NOT_RECORDED)
    row = str(value)
    known = row in words[table] if table in words else _CODE.fullmatch(row)
    return row if known else OTHER
