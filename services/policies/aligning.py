"""Which entry of one version of a policy answers to which of another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

_HEADS = (("on", "code"), ("what",), ("field",))
Entry = Mapping[str, Any]


def in_order(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """The keys of both, in the later one's order; what is gone stands where it stood."""
    found = list(after)
    place = 0
    for key in before:
        if key in after:
            place = found.index(key) + 1
        else:
            found.insert(place, key)
            place += 1
    return found


def paired(
    before: Sequence[Entry], after: Sequence[Entry]
) -> Iterator[tuple[int, Entry | None, Entry | None]]:
    """Each entry with the one it answers to, or with None: first equals, then those of one head.

    The number is the entry's place in its own file, the later one where it is in both.
    """
    answering = _answering(before, after)
    answered = set(answering.values())
    for index, old in enumerate(before):
        if index not in answered:
            yield index, old, None
    for index, new in enumerate(after):
        yield index, before[answering[index]] if index in answering else None, new


def _answering(before: Sequence[Entry], after: Sequence[Entry]) -> dict[int, int]:
    """From the place of an entry to that of the earlier one which it answers to."""
    found: dict[int, int] = {}
    free = list(range(len(before)))
    for alike in (_equal, _almost, _of_one_head):
        for index, new in enumerate(after):
            if index in found:
                continue
            match = next((place for place in free if alike(before[place], new)), None)
            if match is not None:
                found[index] = match
                free.remove(match)
    return found


def _equal(old: Entry, new: Entry) -> bool:
    return old == new


def _almost(old: Entry, new: Entry) -> bool:
    """Of one head, and but one line apart."""
    apart = [key for key in {*old, *new} if old.get(key) != new.get(key)]
    return _of_one_head(old, new) and len(apart) == 1


def _of_one_head(old: Entry, new: Entry) -> bool:
    for head in _HEADS:
        if all(key in old and key in new for key in head):
            return all(old[key] == new[key] for key in head)
    return False
