"""Where the views that are read differ from views made anew: in which case and which field."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import orjson

from services.store.database import Database
from services.views.tables import LIVE, REBUILT

Difference = tuple[str, Any, Any]
NONE = "nothing"


def differing(database: Database, name: str, compared: str = "1 = 1") -> list[str]:
    """What differs in one view, in a line: how much, and first of all where; none if nothing.

    `compared` is a condition of SQL: only such rows are.
    """
    only_read = _only_in(LIVE(name), REBUILT(name), compared)
    only_made = _only_in(REBUILT(name), LIVE(name), compared)
    read, made = (
        database.query(f"SELECT count(*) FROM ({sql}) AS differing")[0][0]
        for sql in (only_read, only_made)
    )
    if not read and not made:
        return []
    counted = f"In {name}, {read} rows are read that a rebuild does not make, {made} are lacking."
    return [" ".join([counted, *_first(database, name, only_read, only_made)])]


def _only_in(here: str, there: str, compared: str) -> str:
    return f"SELECT * FROM {here} WHERE {compared} EXCEPT SELECT * FROM {there} WHERE {compared}"


def _first(database: Database, name: str, only_read: str, only_made: str) -> Iterator[str]:
    """The first row that differs, by case, and the first field in it."""
    key = "stream, sequence" if name == "audit" else "stream"
    either = (
        f"SELECT {key} FROM ({only_read}) AS read UNION SELECT {key} FROM ({only_made}) AS made"
    )
    where = database.query(f"SELECT {key} FROM ({either}) AS differing ORDER BY {key} LIMIT 1")[0]
    if name == "irregular":
        yield f"The first is of {_case(database, where[0])}."
        return
    condition = " AND ".join(f"{column} = ?" for column in key.split(", "))
    rows = [
        database.one(f"SELECT body, personal FROM {tables(name)} WHERE {condition}", where)
        for tables in (LIVE, REBUILT)
    ]
    numbered = f", event {where[1]}" if len(where) > 1 else ""
    field, read, made = _difference(rows[0], rows[1])
    yield (
        f"The first is of {_case(database, where[0])}{numbered}: "
        f"{field} is {read}, a rebuild makes it {made}."
    )


def _case(database: Database, stream: bytes) -> str:
    row = database.one("SELECT case_ref FROM cases WHERE stream = ?", (stream,))
    return f"case {row[0]}" if row else f"account {stream.hex()}"


def _difference(read: tuple[Any, ...] | None, made: tuple[Any, ...] | None) -> Difference:
    if read is None or made is None:
        words = ["there" if row else "not there" for row in (read, made)]
        return "the row", words[0], words[1]
    body = next(_fields("", _loaded(read[0]), _loaded(made[0])), None)
    if body:
        return body[0], _shown(body[1]), _shown(body[2])
    # What is personal is named and not shown.
    personal = next(_fields("", _loaded(read[1]), _loaded(made[1])), None)
    if personal:
        return f"what is personal in {personal[0] or 'it'}", "one thing", "another"
    return "what it is found by", "one thing", "another"


def _loaded(body: bytes | None) -> Any:
    try:
        return orjson.loads(body) if body else {}
    except ValueError:
        return body


def _fields(path: str, read: Any, made: Any) -> Iterator[Difference]:
    if isinstance(read, dict) and isinstance(made, dict):
        for key in sorted({*read, *made}):
            yield from _fields(f"{path}.{key}".lstrip("."), read.get(key), made.get(key))
    elif isinstance(read, list) and isinstance(made, list) and len(read) == len(made):
        for number, (one, other) in enumerate(zip(read, made, strict=True)):
            yield from _fields(f"{path}.{number}", one, other)
    elif read != made:
        yield path, read, made


def _shown(value: Any) -> str:
    if value is None:
        return NONE
    text = orjson.dumps(value).decode() if not isinstance(value, bytes) else "unreadable"
    return text if len(text) <= 60 else f"{text[:57]}…"
