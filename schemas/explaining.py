"""Every fault of a document at once, in words: the slow path, once something is wrong."""

import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from functools import cache
from typing import Any

from jsonschema import Draft7Validator, ValidationError
from jsonschema.validators import extend

from schemas.catalogue import Schema
from schemas.faults import Fault
from schemas.wording import problem_of, wanted_by


def every_fault(schema: Schema, document: Mapping[str, Any]) -> list[Fault]:
    """All that is wrong with the document, one fault a field and problem, in order of path."""
    found = (
        fault for error in _validator()(schema).iter_errors(document) for fault in _faults_of(error)
    )
    return sorted(dict.fromkeys(found))


@cache
def _validator() -> Any:
    return extend(Draft7Validator, {"pattern": _whole_pattern})  # type: ignore[no-untyped-call]


def _whole_pattern(_: Any, pattern: str, text: Any, __: Any) -> Iterator[ValidationError]:
    # In Python "$" also matches before a final line break; the quick check doesn't let that pass.
    if isinstance(text, str) and not re.search(re.sub(r"(?<!\\)\$", r"\\Z", pattern), text):
        yield ValidationError(f"{text!r} is not of the form {pattern}")


def _faults_of(error: ValidationError) -> Iterator[Fault]:
    path = ".".join(map(str, error.absolute_path))
    match error.validator:
        case "required":
            yield from _missing(error, path)
        case "additionalProperties":
            yield from _unknown(error, path)
        case "anyOf":
            yield from _no_branch(error, path)
        case _:
            schema: Any = error.schema
            yield Fault(path, problem_of(error), wanted_by(schema))


def _missing(error: ValidationError, path: str) -> Iterator[Fault]:
    schema: Any = error.schema
    value: Any = error.instance
    for field in schema["required"]:
        # One error is reported for each missing field; each is turned into faults only once.
        if field not in value and error.message.startswith(repr(field)):
            wanted = schema.get("properties", {}).get(field, {})
            yield Fault(_within(path, field), "is missing", wanted_by(wanted))


def _unknown(error: ValidationError, path: str) -> Iterator[Fault]:
    schema: Any = error.schema
    value: Any = error.instance
    known = list(schema["properties"])
    for field in value:
        if field not in schema["properties"]:
            near = get_close_matches(str(field), known) or known
            yield Fault(_within(path, field), "is not a field here", "one of: " + ", ".join(near))


def _no_branch(error: ValidationError, path: str) -> Iterator[Fault]:
    branches: Any = error.validator_value
    value: Any = error.instance
    heads = [branch["required"][0] for branch in branches if "required" in branch]
    if len(heads) == len(branches) and isinstance(value, dict) and not set(heads) & set(value):
        yield Fault(_within(path, heads[0]), "is missing", " or ".join(heads))
        return
    meant = _branch_meant(branches, value)
    inner = [child for child in error.context or () if child.schema_path[0] == meant]
    if inner and not any(child.validator == "type" and not child.path for child in inner):
        for child in inner:
            yield from _faults_of(child)
    else:
        schema: Any = error.schema
        yield Fault(path, problem_of(error), wanted_by(schema))


def _branch_meant(branches: list[Schema], value: Any) -> int:
    """The alternative that the writer seems to have had in mind."""
    kind = {str: "string", int: "integer", list: "array", dict: "object"}.get(type(value))
    for index, branch in enumerate(branches):
        named = branch.get("required", ())
        if branch.get("type") == kind or (named and all(field in value for field in named)):
            return index
    return 0


def _within(path: str, field: object) -> str:
    return f"{path}.{field}" if path else str(field)
