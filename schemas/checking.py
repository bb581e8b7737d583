"""Hold command documents and events to their schemas, quickly where they are right."""

import json
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from schemas.catalogue import Schema, command_names, command_schema, event_schema, event_types
from schemas.faults import Fault, InvalidDocument, InvalidEvent

Check = Callable[[Any], Any]
Yes = Callable[[Any], bool]


def check_command(document: Mapping[str, Any]) -> None:
    """Raise InvalidDocument with every fault where the document is no such command."""
    name = document.get("command")
    if not isinstance(name, str) or name not in command_names():
        raise InvalidDocument(_unknown_command(document))
    if _plainly(_command_yes(name), document):
        return
    try:
        _command_check(name)(document)
    except ValueError as first:
        raise InvalidDocument(_every_fault(command_schema(name), document, first)) from None


def check_event(event: Mapping[str, Any]) -> None:
    """Raise InvalidEvent with every fault where the event may not be stored as it is."""
    type, version = event.get("type"), event.get("version")
    try:
        if _plainly(_event_yes(type, version), event):
            return
    except KeyError:
        raise InvalidEvent([_unknown_event(type, version)]) from None
    try:
        _event_check(type, version)(event)
    except ValueError as first:
        raise InvalidEvent(_every_fault(event_schema(type, version), event, first)) from None


def _plainly(yes: Yes, value: Mapping[str, Any]) -> bool:
    """Whether it is sound beyond doubt; whatever isn't goes to the check that everybody can run."""
    try:
        return yes(value)
    except ValueError:
        return False


@cache
def _command_yes(name: str) -> Yes:
    return quick_check(command_schema(name))


@cache
def _event_yes(type: Any, version: Any) -> Yes:
    return quick_check(event_schema(str(type), version))


def quick_check(schema: Schema) -> Yes:
    """What says whether a document is sound under the schema, and never why not."""
    # Says yes or no in a third of the time that fastjsonschema needs to say why not.
    import jsonschema_rs

    return jsonschema_rs.Draft7Validator(schema).is_valid


@cache
def _command_check(name: str) -> Check:
    return _compiled(command_schema(name))


@cache
def _event_check(type: Any, version: Any) -> Check:
    return _compiled(event_schema(str(type), version))


def _compiled(schema: Schema) -> Check:
    import fastjsonschema

    check: Check = fastjsonschema.compile(schema, use_default=False, detailed_exceptions=False)
    return check


def _every_fault(schema: Schema, document: Mapping[str, Any], first: ValueError) -> list[Fault]:
    # Slow, and needs a library that is slow to import: only once something is wrong.
    from schemas.explaining import every_fault

    return every_fault(schema, document) or [Fault("", str(first), "a sound document")]


def _unknown_command(document: Mapping[str, Any]) -> list[Fault]:
    from difflib import get_close_matches

    name, names = document.get("command"), command_names()
    near = get_close_matches(str(name), names) if name is not None else []
    problem = "is missing" if name is None else f"is {json.dumps(name)}, which is no command"
    missing = [field for field in ("council", "actor") if field not in document]
    return [
        Fault("command", problem, "one of: " + ", ".join(near or names)),
        *(Fault(field, "is missing", f"the {field}'s id") for field in missing),
    ]


def _unknown_event(type: Any, version: Any) -> Fault:
    if type in event_types():
        return Fault("version", f"{version!r} is no version of {type}", "a version known here")
    return Fault("type", f"{type!r} is no event", "one of: " + ", ".join(event_types()))
