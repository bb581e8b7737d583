"""The rows of one view: those lately used kept in memory, those changed written once."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Collection, Iterable
from typing import Any

import orjson

from projections import Projection
from projections.facts import Row
from services.store.changes import Change, How
from services.store.database import Database
from services.views.tables import Tables


class Rows:
    """The rows of one projection, changed in memory until they are written.

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

    def changes(self) -> list[Change]:
        """What is to be written of each row changed since this was last asked.

        Those not used for longest are let go of; never one of these, which may not be found in
        the table before they are committed.
        """
        changed, self._changed = self._changed, {}
        most = max(self._kept, len(changed))
        while len(self._rows) > most:
            self._rows.popitem(last=False)
        gone = [(stream,) for stream, row in changed.items() if row is None]
        rows = [self._values(stream, row) for stream, row in changed.items() if row is not None]
        found = (
            Change(self._table, ("stream",), gone, How.TAKE),
            Change(self._table, self._columns, rows, How.PUT),
        )
        return [change for change in found if change.rows]

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
