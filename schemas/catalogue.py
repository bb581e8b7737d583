"""Which commands and events there are, and the schema of each."""

import json
from functools import cache
from pathlib import Path
from typing import Any

Schema = dict[str, Any]

_COMMANDS = Path(__file__).parent / "commands"
_EVENTS = Path(__file__).parent / "events"


@cache
def command_names() -> tuple[str, ...]:
    """Every command there is, in alphabetical order."""
    return tuple(sorted(file.stem for file in _COMMANDS.glob("*.json")))


@cache
def command_schema(name: str) -> Schema:
    """The schema of one command document; KeyError where there is no such command."""
    return _read(_COMMANDS / f"{name}.json", name)


@cache
def event_types() -> tuple[str, ...]:
    """The stored name of every event there is, in alphabetical order."""
    return tuple(sorted({file.name.split(".")[0] for file in _EVENTS.glob("*.json")}))


@cache
def event_schema(type: str, version: int = 1) -> Schema:
    """The schema of one stored event with its envelope; KeyError where there is none."""
    return _read(_EVENTS / f"{type}.v{version}.json", type)


def _read(file: Path, name: str) -> Schema:
    # A name comes from outside, and must never lead out of its folder.
    if not name.replace("-", "").isalnum() or not file.is_file():
        raise KeyError(name)
    schema: Schema = json.loads(file.read_bytes())
    return schema
