"""Whether each line of a need means something for it, and leaves some item to which it applies."""

from __future__ import annotations

from collections.abc import Iterator

from schemas.faults import Fault
from services.policies.places import Table, needs, words

_COUNTING = ("strikes",)
_MEANT_FOR = {
    "at_least": ("strikes", "earlier_strike", "warned", "muted"),
    "within_months": ("strikes", "warned", "muted"),
    "mark": ("marked",),
    "period": ("period",),
    "level": ("warned",),
    "of": ("warned",),
    "similar": _COUNTING,
    "same_channel": _COUNTING,
    "counting": _COUNTING,
    "since": _COUNTING,
}


def meaningless_needs(file: Table) -> Iterator[Fault]:
    """Lines of a need that change nothing, and filters that leave nothing."""
    for path, need in needs(file):
        what = need.get("what")
        for key, meant_for in _MEANT_FOR.items():
            if key in need and isinstance(what, str) and what not in meant_for:
                problem = f"means nothing for a need {what}"
                yield Fault(f"{path}.{key}", problem, f"only for {' or '.join(meant_for)}")
        for key, excepted in (("categories", "except_categories"), ("kinds", "except_kinds")):
            named = words(need, key)
            if named and not set(named) - set(words(need, excepted)):
                yield Fault(f"{path}.{excepted}", f"excludes all {key} that are named", "fewer")
        if "mark" in need and need["mark"] == need.get("unless_mark"):
            yield Fault(f"{path}.unless_mark", "excludes what mark asks for", "one of the two")
