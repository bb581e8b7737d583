"""What counts for a need, and for which items it holds, in plain words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_COUNTED = {
    "upheld": "upheld incidents count",
    "warned": "upheld incidents that the person was warned of count",
    "moderated": "upheld incidents that were hidden or deleted count",
}
_SIMILAR = {"category": " of the same category", "sub_reason": " of the same kind of breach"}


def counted(need: Mapping[str, Any]) -> str:
    """How many breaches must count, and which do."""
    least = need.get("at_least", 1)
    if need["what"] == "earlier_strike":
        return f"at least {least} earlier incident counts"
    said = f"at least {least} {_COUNTED[need.get('counting', 'upheld')]}"
    said += _SIMILAR.get(str(need.get("similar")), "")
    said += " on the same page" if need.get("same_channel") else ""
    return said + (" since the last block" if need.get("since") else "")


def earlier_step(need: Mapping[str, Any]) -> str:
    """How often somebody was warned or muted before."""
    least = need.get("at_least", 1)
    often = "" if least == 1 else f" at least {least} times"
    if need["what"] == "muted":
        return f"the account is or was muted{often}"
    level = f", by a {need['level']} warning" if "level" in need else ""
    of = " of each incident that is listed" if need.get("of") == "listed" else ""
    return f"the person was warned{of}{often}{level}"
