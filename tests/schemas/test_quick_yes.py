"""The quick yes is never given to what the full check refuses: every example, spoilt everywhere."""

import copy
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import fastjsonschema
import pytest

import schemas
from schemas.checking import _plainly, quick_check
from schemas.explaining import every_fault
from services.policies.shape import policy_schema

SCHEMAS = {
    **{name: schemas.event_schema(name) for name in schemas.event_types()},
    **{name: schemas.command_schema(name) for name in schemas.command_names()},
}
POLICY = Path(__file__).parents[1] / "policies" / "minimal.toml"
SPOILT = (None, True, 0, -1, 1.0, 2.5, 10**20, 10**400)
SPOILT += ("\ud800", "", "no such word", "x" * 30_000, [], {}, [[]])
SPOILT += (["a", "a"], [1, 1], [1, True], [None], {"no such field": 1})


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_quick_yes_is_given_to_every_example(name: str) -> None:
    yes = quick_check(SCHEMAS[name])
    assert all(_plainly(yes, example) for example in SCHEMAS[name]["examples"])


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_quick_yes_is_given_to_nothing_that_the_full_check_refuses(name: str) -> None:
    schema = SCHEMAS[name]
    yes = quick_check(schema)
    check = fastjsonschema.compile(schema, use_default=False, detailed_exceptions=False)
    for example in schema["examples"]:
        for spoilt in (*SPOILT, *spoiled(example)):
            if _plainly(yes, spoilt):
                check(spoilt)


def test_a_policy_file_that_is_quickly_sound_has_no_fault_of_shape() -> None:
    file = tomllib.loads(POLICY.read_text(encoding="utf-8"))
    file["policy"]["in_force_from"] = "2020-01-01"
    yes = quick_check(policy_schema())
    assert _plainly(yes, file)
    sound = [spoilt for spoilt in spoiled(file) if _plainly(yes, spoilt)]
    assert [spoilt for spoilt in sound if every_fault(policy_schema(), spoilt)] == []


def spoiled(example: Any) -> Iterator[Any]:
    """The example with one thing taken out, added or replaced, at every depth."""
    for path in paths(example):
        holder, last = place(example, path)
        value = holder[last]
        for other in (*SPOILT, *also(value)):
            yield changed(example, path, lambda holder, last, other=other: put(holder, last, other))
        yield changed(example, path, lambda holder, last: holder.__delitem__(last))
        if isinstance(holder, dict):
            yield changed(example, path, lambda holder, _: holder.update({"no such field": 1}))


def also(value: Any) -> list[Any]:
    if isinstance(value, str):
        return [value + "\n", value + " ", value[:-1]]
    return [value * 2] if isinstance(value, list) else []


def paths(value: Any, above: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value)
    for key, item in inner:
        yield (*above, key)
        if isinstance(item, dict | list):
            yield from paths(item, (*above, key))


def place(value: Any, path: tuple[Any, ...]) -> tuple[Any, Any]:
    for step in path[:-1]:
        value = value[step]
    return value, path[-1]


def put(holder: Any, last: Any, value: Any) -> None:
    holder[last] = value


def changed(example: Any, path: tuple[Any, ...], change: Any) -> Any:
    made = copy.deepcopy(example)
    change(*place(made, path))
    return made
