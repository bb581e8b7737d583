"""Which fields of an event carry a mark in its schema: x-personal, x-correctable."""

from collections.abc import Iterator
from functools import cache
from typing import Any

from schemas.catalogue import Schema, event_schema


@cache
def marked(type: str, version: int, mark: str) -> tuple[tuple[str, Any], ...]:
    """The marked fields and their marks, by dotted path from the event down; `*` is any item."""
    return tuple(_marked_in(event_schema(type, version), "", mark))


@cache
def correctable_fields(type: str, version: int = 1) -> tuple[str, ...]:
    """The fields inside the event's data that `correct` may name: item.posted_at, why …"""
    return tuple(
        path.removeprefix("data.") for path, yes in marked(type, version, "x-correctable") if yes
    )


def _marked_in(schema: Schema, path: str, mark: str) -> Iterator[tuple[str, Any]]:
    if mark in schema:
        yield path, schema[mark]
        return
    for name, field in schema.get("properties", {}).items():
        yield from _marked_in(field, f"{path}.{name}" if path else name, mark)
    if "items" in schema:
        yield from _marked_in(schema["items"], f"{path}.*", mark)
