"""The rows of one view: those lately used kept in memory, those changed written once."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Collection, Iterable
from typing import Any

import orjson

from projections import Projection
from projections.facts import Row
from services.store.database import Database
from services.views.tables import Tables


class Rows:
    """The rows of one projection, changed in memory until `write`.

    A row in memory holds as long as nobody else writes the table: who knows of another writer, or
    of a transaction rolled back, calls `forget`.
    """

    def __init__(
        self, database: Database, projection: Projection, tables: Tables, kept: int
    ) -> None:
        self._database = database
        self._found_by = projection.found_by
        self._kept = kept
        self._rows: OrderedDict[bytes, Row | None] = OrderedDict()
        self._changed: dict[bytes, Row | None] = {}
        self._table = tables(projection.name)
        self._columns = ("stream", *projection.columns, "body", "personal")

    def keep_at_most(self, rows: int) -> None:
        """Keep no more rows in memory from now on."""
        self._kept = rows

    def __contains__(self, stream: bytes) -> bool:
        """Whether memory knows the stream's row, or that there is none."""
        return stream in self._rows

    def begin(self, stream: bytes) -> None:
        """Know that a stream has no row yet, and need not be looked for."""
        self._rows[stream] = None

    def load(self, streams: Collection[bytes]) -> None:
        """Read the rows of these streams."""
        wanted = list(streams)
        self._rows.update(dict.fromkeys(wanted))
        columns = ("stream", "body", "personal")
        for stream, body, personal in self._database.find(self._table, columns, "stream", wanted):
            self._rows[stream] = row_of(body, personal)

    def row(self, stream: bytes) -> Row | None:
        """The stream's row, which memory must know."""
        return self._rows[stream]

    def change(self, stream: bytes, row: Row | None) -> None:
        """Give the stream another row, or none."""
        self._rows[stream] = self._changed[stream] = row
        self._rows.move_to_end(stream)

    def write(self) -> None:
        """Write each changed row once, and let go of those not used for longest."""
        changed = self._changed
        if changed:
            gone = [(stream,) for stream, row in changed.items() if row is None]
            if gone:
                self._database.executemany(f"DELETE FROM {self._table} WHERE stream = ?", gone)
            values = [self._values(stream, row) for stream, row in changed.items() if row]
            self._database.put(self._table, self._columns, values)
            changed.clear()
        while len(self._rows) > self._kept:
            self._rows.popitem(last=False)

    def forget(self, streams: Iterable[bytes] | None = None) -> None:
        """Read these rows anew when next needed; all of them if none are named."""
        self._changed.clear()
        if streams is None:
            self._rows.clear()
        else:
            for stream in streams:
                self._rows.pop(stream, None)

    def _values(self, stream: bytes, row: Row) -> tuple[Any, ...]:
        if "personal" not in row:
            return (stream, *self._found_by(row), _written(row), None)
        clear = row.copy()
        personal = _written(clear.pop("personal"))
        return (stream, *self._found_by(row), _written(clear), personal)


def _written(row: Row) -> bytes:
    # Sorted: an event as recorded and as read back differ in the order of their keys.
    return orjson.dumps(row, option=orjson.OPT_SORT_KEYS)


def row_of(body: bytes, personal: bytes | None) -> Row:
    """A row as it was folded, from what was written of it."""
    row: Row = orjson.loads(body)
    if personal is not None:
        row["personal"] = orjson.loads(personal)
    return row
