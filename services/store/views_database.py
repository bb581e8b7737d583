"""A register on a PostgreSQL server, opened by who folds its events into the views."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from services.store.copying import Copying
from services.store.database import Row
from services.store.postgres import PostgresDatabase
from services.store.server_sql import BEGIN
from services.store.transactions import Kind

WORTH_COPYING = 20
"""Fewer rows are quicker inserted one by one, in one round trip."""

_Rows = Sequence[Sequence[Any]]


class ViewsDatabase(PostgresDatabase):
    """What is written here takes no lock that casework needs; many rows are copied at once."""

    begins = BEGIN | {Kind.WRITING: "BEGIN"}

    def __init__(self, address: str) -> None:
        super().__init__(address)
        self._copying = Copying()

    def find(
        self, table: str, columns: Sequence[str], key: str, wanted: Sequence[Any]
    ) -> list[Row]:
        """Read the rows with one of these keys, in no order."""
        sql = f"SELECT {', '.join(columns)} FROM {table} WHERE {key} = ANY(?)"
        return self.query(sql, (list(wanted),))

    def append(self, table: str, columns: Sequence[str], rows: _Rows) -> None:
        """Add rows inside `writing()`, none of which is there yet."""
        if len(rows) < WORTH_COPYING:
            super().append(table, columns, rows)
            return
        self._must_be_writing()
        with self._translating():
            self._copying.append(self._cursor, table, columns, rows)

    def put(self, table: str, columns: Sequence[str], rows: _Rows) -> None:
        """Add rows inside `writing()`, or change those with the same first column."""
        if len(rows) < WORTH_COPYING:
            super().put(table, columns, rows)
            return
        self._must_be_writing()
        with self._translating():
            self._copying.put(self._cursor, table, columns, rows)
