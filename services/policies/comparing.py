"""What changed between two versions of a policy: by clause, setting, silence, step and duty."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from services.policies.aligning import in_order, paired

KINDS = {
    "policy": "policy",
    "clauses": "clause",
    "settings": "setting",
    "silences": "silence",
    "duties": "duty",
}
_WHOLE = ("clauses", "settings", "silences")


class Change(NamedTuple):
    """One change: what kind of thing, where, what befell it, and the rules that it rests on.

    `change` is added, removed, changed or reordered; `before` and `after` are what the files
    say there, None where one says nothing.
    """

    kind: str
    place: str
    change: str
    before: Any
    after: Any
    rules: tuple[str, ...]


def changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Change]:
    """All that two parsed policy files say differently, in the later one's order; none if equal.

    It knows no table by what it means, so that one added to the vocabulary is compared too.
    """
    found: list[Change] = []
    for table in in_order(before, after):
        kind = KINDS.get(table, "step")
        for place, old, new, rules in _differences(
            table, before.get(table), after.get(table), (), whole=1 if table in _WHOLE else None
        ):
            found.append(Change(kind, place, _befell(old, new), old, new, rules))
    return found


_Difference = tuple[str, Any, Any, tuple[str, ...]]


def _differences(
    place: str, old: Any, new: Any, rules: tuple[str, ...], whole: int | None = None
) -> Iterator[_Difference]:
    """Where two values part; `whole` is how many levels down an entry is taken as one."""
    if old == new:
        return
    rules = _rules(new) or _rules(old) or rules
    if whole != 0 and isinstance(old, Mapping) and isinstance(new, Mapping):
        deeper = None if whole is None else whole - 1
        for key in in_order(old, new):
            inner = f"{place}.{key}"
            yield from _differences(inner, old.get(key), new.get(key), rules, deeper)
    elif _are_entries(old) and _are_entries(new):
        yield from _entries(place, old, new, rules)
    else:
        yield place, old, new, rules


def _entries(
    place: str, old: Sequence[Any], new: Sequence[Any], rules: tuple[str, ...]
) -> Iterator[_Difference]:
    alike = True
    for index, was, now in paired(old, new):
        if was != now:
            alike = False
            yield f"{place}.{index}", was, now, _rules(now) or _rules(was) or rules
    if alike:
        yield place, old, new, rules


def _rules(entry: Any) -> tuple[str, ...]:
    found = entry.get("rules", ()) if isinstance(entry, Mapping) else ()
    return tuple(found) if isinstance(found, list) else ()


def _are_entries(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(entry, Mapping) for entry in value)


def _befell(old: Any, new: Any) -> str:
    if old is None or new is None:
        return "added" if old is None else "removed"
    lists = isinstance(old, list) and isinstance(new, list) and len(old) == len(new)
    same = lists and all(entry in new for entry in old) and all(entry in old for entry in new)
    return "reordered" if same else "changed"
