"""Where an event that came with an import stood: which row of which file, with its SHA-256."""

from __future__ import annotations

import re
from typing import Any

_PLACE = re.compile(
    r"(?:(?P<ref>.+?): )?row (?P<row>[0-9]+)(?: of sheet (?P<sheet>.+?))? of (?P<file>.+), "
    r"SHA-256 (?P<sha256>[0-9a-f]{64})\.?",
)


def imported(event: dict[str, Any]) -> dict[str, Any] | None:
    """`file`, `sha256`, `row`, `sheet` and the row's own `ref`; None of what people recorded.

    The place stands in the event's note; where that was erased each of them is None.
    """
    if event["actor"]["kind"] != "import":
        return None
    first_line = (event.get("note") or "").partition("\n")[0]
    place = _PLACE.fullmatch(first_line)
    found: dict[str, Any] = dict.fromkeys(("file", "sha256", "row", "sheet", "ref"))
    if place:
        found |= place.groupdict()
        found["row"] = int(place["row"])
    return found
