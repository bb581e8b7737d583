"""Each thing that a policy file says, taken out in turn: the file that is left."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any, NamedTuple

from tests.policies.written import in_lines

Path = tuple[str | int, ...]
NUMBERED = ("clauses", "settings", "silences")
HEAD = ("policy",)


class Left(NamedTuple):
    """What was taken out, as a dotted place, and the file without it."""

    place: str
    file: dict[str, Any]

    @property
    def text(self) -> str:
        """The file as text."""
        return in_lines(self.file)


def taken_out(file: dict[str, Any]) -> Iterator[Left]:
    """Every clause with all that rests on it alone; every table, need, duty, key of a step."""
    for kind in NUMBERED:
        for number in file.get(kind, {}):
            yield Left(f"{kind}.{number}", _without_rule(file, number))
    for path in _steps(file):
        left = copy.deepcopy(file)
        del at(left, path[:-1])[path[-1]]
        yield Left(named(file, path), left)


def at(value: Any, path: Path) -> Any:
    """What stands at a path."""
    for step in path:
        value = value[step]
    return value


def named(file: dict[str, Any], path: Path) -> str:
    """A path with dots, and what a need or a duty on its way is."""
    words = []
    for length, step in enumerate(path, 1):
        held = at(file, path[:length])
        what = held.get("what") or held.get("code") if isinstance(held, dict) else None
        words.append(f"{step}({what})" if what and isinstance(step, int) else str(step))
    return ".".join(words)


def _steps(value: Any, path: Path = ()) -> Iterator[Path]:
    """Each key and each table in a list, outermost first; rules and numbered things are apart."""
    inner = value.items() if isinstance(value, dict) else enumerate(value)
    for step, held in inner:
        here = (*path, step)
        if step in NUMBERED or step in HEAD or _is_rules(here, held):
            continue
        yield here
        if isinstance(held, dict) or (isinstance(held, list) and _of_tables(held)):
            yield from _steps(held, here)


def _is_rules(path: Path, held: Any) -> bool:
    """A list of rules: which of them are cited is seen by taking the rule itself out."""
    return isinstance(held, list) and bool(held) and all(_numbered(each) for each in held)


def _numbered(word: Any) -> bool:
    return isinstance(word, str) and word.split("-")[0] in ("R", "D", "LAW", "SILENT", "DEFAULT")


def _of_tables(held: list[Any]) -> bool:
    return any(isinstance(each, dict) for each in held)


def _without_rule(file: dict[str, Any], number: str) -> dict[str, Any]:
    left: dict[str, Any] = _uncited(file, number)
    for kind in NUMBERED:
        left.get(kind, {}).pop(number, None)
    return {key: value for key, value in left.items() if value != {}}


GONE = object()


def _uncited(value: Any, number: str) -> Any:
    """The value without citations of a rule; a table that cited nothing else is gone with them."""
    if isinstance(value, list):
        kept = [each for each in value if each != number]
        if value and not kept:
            return GONE
        held = [_uncited(each, number) for each in kept]
        return [each for each in held if each is not GONE]
    if not isinstance(value, dict):
        return value
    held = {key: _uncited(each, number) for key, each in value.items()}
    if held.get("rules") is GONE:
        return GONE
    return {key: each for key, each in held.items() if each is not GONE}
