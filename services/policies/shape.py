"""Whether a policy file has the shape that `schemas/policy.json` describes."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, time
from functools import cache
from importlib.resources import files
from typing import Any

from schemas.checking import quick_check
from schemas.faults import Fault

_DATES = ("in_force_from", "chosen_on")
_PATTERN_SHOWN = re.compile(r" \(\S+\)$")


@cache
def policy_schema() -> dict[str, Any]:
    """The schema of a policy file, with a description of every line for its officer."""
    schema: dict[str, Any] = json.loads((files("schemas") / "policy.json").read_bytes())
    return schema


def shape_faults(file: Mapping[str, Any]) -> Iterator[Fault]:
    """Every line that is missing, unknown, or not of its kind."""
    document = _as_json(file)
    if not _plainly(document):
        # Slow to import, and only needed here.
        from schemas.explaining import every_fault

        for fault in every_fault(policy_schema(), document):
            yield _without_pattern(_at_its_key(file, fault))
    yield from _kinds_that_json_mixes(file, "")


@cache
def _quick() -> Callable[[Any], bool]:
    return quick_check(policy_schema())


def _plainly(document: Any) -> bool:
    """Whether it has the shape beyond doubt; the rest is gone through slowly."""
    try:
        return _quick()(document)
    except ValueError:
        return False


def _as_json(value: Any) -> Any:
    """The value as JSON would hold it; a date becomes the text that a schema can check."""
    if isinstance(value, Mapping):
        return {key: _as_json(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_as_json(inner) for inner in value]
    return value.isoformat() if isinstance(value, date | time) else value


def _at_its_key(file: Mapping[str, Any], fault: Fault) -> Fault:
    """A fault of a table's key, moved from the table to that key."""
    place = _place(file, fault.path)
    if isinstance(place, Mapping):
        for key in place:
            if fault.problem == f"is {json.dumps(key, ensure_ascii=False)}":
                return Fault(f"{fault.path}.{key}", "is no name for this", fault.wanted)
    return fault


def _place(file: Mapping[str, Any], path: str) -> Any:
    place: Any = file
    for word in path.split("."):
        place = place.get(word) if isinstance(place, Mapping) else None
    return place


def _without_pattern(fault: Fault) -> Fault:
    return fault._replace(wanted=_PATTERN_SHOWN.sub("", fault.wanted))


def _kinds_that_json_mixes(value: Any, path: str) -> Iterator[Fault]:
    """A date where a text is wanted, a text where a date is, a fraction where a count is."""
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _kinds_that_json_mixes(inner, f"{path}.{key}" if path else str(key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _kinds_that_json_mixes(inner, f"{path}.{index}")
    elif path.rpartition(".")[2] in _DATES:
        if isinstance(value, str | datetime):
            yield Fault(path, "is no plain date", "a date without quotes, such as 2023-11-09")
    elif isinstance(value, float):
        yield Fault(path, "is a fraction", "a whole number")
    elif isinstance(value, date | time):
        yield Fault(path, "is a date or a time", f'text in quotes, such as "{value.isoformat()}"')
