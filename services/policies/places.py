"""Look into a policy file that may be misshapen: what is not there, or not of its kind, is none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

Table = Mapping[str, Any]


def table(file: Table, path: str) -> Table:
    """The table at a dotted path; an empty one where there is none."""
    place: Any = file
    for word in path.split("."):
        place = place.get(word) if isinstance(place, Mapping) else None
    return place if isinstance(place, Mapping) else {}


def tables(file: Table, path: str) -> Iterator[tuple[str, Table]]:
    """Each table directly within the table or list at a dotted path, with its own path."""
    around, _, last = path.rpartition(".")
    place = (table(file, around) if around else file).get(last)
    entries = place.items() if isinstance(place, Mapping) else enumerate(listed(place))
    for key, entry in entries:
        if isinstance(entry, Mapping):
            yield f"{path}.{key}", entry


def listed(value: Any) -> list[Any]:
    """The value where it is a list; else nothing."""
    return value if isinstance(value, list) else []


def words(entry: Table, key: str) -> list[str]:
    """The texts in the list under that key."""
    return [word for word in listed(entry.get(key)) if isinstance(word, str)]


def needs(file: Table) -> Iterator[tuple[str, Table]]:
    """Every need of every act, with its path."""
    for path in ("removal", "warnings", "mutes", "withholding", "platform_reports"):
        yield from tables(file, f"{path}.needs")
    for path in ("removal.grounds", "blocks.grounds", "authorities"):
        for ground, _ in tables(file, path):
            yield from tables(file, f"{ground}.needs")


def duties(file: Table) -> Iterator[tuple[str, Table]]:
    """Every duty, with its path."""
    yield from tables(file, "duties")
