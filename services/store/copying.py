"""Many rows into a PostgreSQL table at once: by COPY, which costs a tenth of as many inserts."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

Row = Sequence[Any]

_TYPES = (
    "SELECT attname, format_type(atttypid, NULL) FROM pg_attribute "
    "WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped"
)


class Copying:
    """Copies rows by the cursor of one connection; knows the columns of the tables it has met."""

    def __init__(self, cursor: Any) -> None:
        self._cursor = cursor
        self._types: dict[str, dict[str, str]] = {}
        self._made: set[str] = set()
        self._made_now: set[str] = set()
        self._used: set[str] = set()

    def ended(self, *, kept: bool) -> None:
        """Know that the transaction has ended: what it made is there now, or gone with it."""
        if kept:
            self._made |= self._made_now
        self._made_now.clear()
        self._used.clear()

    def append(self, table: str, columns: Sequence[str], rows: Sequence[Row]) -> None:
        """Add rows, none of which is there yet."""
        self._copy(table, columns, rows, self.types_of(table))

    def put(self, table: str, columns: Sequence[str], rows: Sequence[Row]) -> None:
        """Add rows, or change those with the same first column; no key stands in two of `rows`."""
        copied = f"copied_{table}"
        if copied not in self._made and copied not in self._made_now:
            self._cursor.execute(
                f"CREATE TEMPORARY TABLE {copied} (LIKE {table}) ON COMMIT DELETE ROWS"
            )
            self._made_now.add(copied)
        if copied in self._used:
            self._cursor.execute(f"TRUNCATE {copied}")
        self._used.add(copied)
        self._copy(copied, columns, rows, self.types_of(table))
        self._cursor.execute(
            f"INSERT INTO {table} ({', '.join(columns)}) "
            f"SELECT {', '.join(columns)} FROM {copied} {on_conflict(tuple(columns))}"
        )

    def types_of(self, table: str) -> dict[str, str]:
        """The type of each column of a table."""
        if table not in self._types:
            self._types[table] = dict(self._cursor.execute(_TYPES, (table,)).fetchall())
        return self._types[table]

    def _copy(
        self, table: str, columns: Sequence[str], rows: Sequence[Row], types: dict[str, str]
    ) -> None:
        sql = f"COPY {table} ({', '.join(columns)}) FROM STDIN (FORMAT BINARY)"
        with self._cursor.copy(sql) as copy:
            copy.set_types([types[column] for column in columns])
            for row in rows:
                copy.write_row(row)


@cache
def on_conflict(columns: tuple[str, ...]) -> str:
    """What makes an INSERT change the row that is there, found by the first column."""
    changes = ", ".join(f"{name} = excluded.{name}" for name in columns[1:])
    if not changes:
        return f"ON CONFLICT ({columns[0]}) DO NOTHING"
    return f"ON CONFLICT ({columns[0]}) DO UPDATE SET {changes}"
