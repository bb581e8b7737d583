"""What a refused command asked, kept so that it can be judged again: codes, numbers, dates."""

from __future__ import annotations

from typing import Any

import schemas

LEFT_OUT = "…"
"""Stands for free words: that there were some may decide, what they were does not."""
LONGEST = 100_000
"""What the event has room for; a longer one is not kept, and can't be asked again."""
ELSEWHERE = frozenset(
    (
        *("command", "command_id", "council", "actor", "case", "occurred_at"),
        *("on_behalf_of", "note", "already_done"),
    )
)
TELL_NAMES = ("flag", "complete-record")
"""Of these the account's own names are judged; elsewhere they only say which case is meant."""
KINDS = {dict: "object", list: "array", str: "string", bool: "boolean", int: "integer"}
IDS = frozenset(("other", "told", "platform"))
"""Texts that name a case, a member of staff or a platform, which the guards look up."""


def without_free_words(fields: dict[str, Any]) -> str:
    """The command's own fields as JSON; what the event's envelope holds is not repeated."""
    known = schemas.command_schema(fields["command"])["properties"]
    kept = {
        key: _kept(value, known.get(key, {}), key)
        for key, value in fields.items()
        if key not in ELSEWHERE and (key != "account" or fields["command"] in TELL_NAMES)
    }
    return schemas.canonical(kept).decode()


def _kept(value: Any, schema: dict[str, Any], name: str = "") -> Any:
    schema = _fitting(value, schema)
    if isinstance(value, dict):
        inner = schema.get("properties", {})
        return {key: _kept(each, inner.get(key, {}), key) for key, each in value.items()}
    if isinstance(value, list):
        return [_kept(each, schema.get("items", {})) for each in value]
    if (
        isinstance(value, str)
        and name not in IDS
        and not {"enum", "pattern", "format"} & schema.keys()
    ):
        return LEFT_OUT
    return value


def _fitting(value: Any, schema: dict[str, Any]) -> dict[str, Any]:
    """Of a field that may be of several kinds, the kind that it is."""
    options: list[dict[str, Any]] = schema.get("anyOf", [schema])
    return next((each for each in options if each.get("type") == KINDS.get(type(value))), {})
