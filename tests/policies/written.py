"""Write a whole policy file by a few lines of TOML on top of a minimal sound one."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

MINIMAL = Path(__file__).with_name("minimal.toml")
COUNCIL = "alder-bay"
# Where the minimal file is silent about a matter, and the lines on top speak of it.
SPEAKS_OF = {
    "SILENT-ASKING": "asking",
    "SILENT-NOTICE": "blocks.notice",
    "SILENT-APPEALS": "appeals",
    "SILENT-DIRECTOR": "director",
}


def written(lines: str = "", *, without: Iterable[str] = ()) -> str:
    """The text of a policy file: the minimal one, less the dotted places, with these lines on top.

    A table is merged into the one there, anything else is put in its place; duties are added.
    """
    file = tomllib.loads(MINIMAL.read_text(encoding="utf-8"))
    said = tomllib.loads(lines)
    spoken = [f"silences.{number}" for number, place in SPEAKS_OF.items() if at(said, place)]
    for place in (*without, *spoken):
        around, _, last = place.rpartition(".")
        (at(file, around) if around else file).pop(last, None)
    duties = file.pop("duties", []) + said.pop("duties", [])
    _merge(file, said)
    return in_lines(file | {"duties": duties})


def in_lines(file: dict[str, Any]) -> str:
    """The text of a parsed policy file, without its comments."""
    named = {name: table for name, table in file.items() if name != "duties"}
    tables = [f"[{_key(name)}]\n{_lines(table)}" for name, table in named.items()]
    return "\n".join([f"duties = {_value(file.get('duties', []))}\n", *tables])


def at(file: dict[str, Any], place: str) -> Any:
    """What stands at a dotted place; None where nothing does."""
    found: Any = file
    for step in place.split("."):
        found = found.get(step) if isinstance(found, dict) else None
    return found


def _merge(into: dict[str, Any], said: dict[str, Any]) -> None:
    for key, value in said.items():
        if isinstance(value, dict) and isinstance(into.get(key), dict):
            _merge(into[key], value)
        else:
            into[key] = value


def _lines(table: dict[str, Any]) -> str:
    return "".join(f"{_key(key)} = {_value(value)}\n" for key, value in table.items())


def _key(name: str) -> str:
    return json.dumps(name, ensure_ascii=False)


def _value(value: Any) -> str:
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{_key(k)} = {_value(v)}" for k, v in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(_value(each) for each in value) + "]"
    return value.isoformat() if isinstance(value, date) else json.dumps(value, ensure_ascii=False)
