"""Reading the whole register in the order of recording, a batch at a time."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from domain.recorded import Recorded
from services.store.database import Database
from services.store.mapper import EventMapper

Positioned = tuple[int, Recorded]


class Log:
    """Every event with its position; memory holds one batch, however long the register is."""

    def __init__(self, database: Database, mapper: EventMapper) -> None:
        self._database = database
        self._mapper = mapper

    def batches(self, *, after: int = 0, size: int = 1000) -> Iterator[list[Positioned]]:
        """Batches of events after position `after`, up to the last one recorded."""
        while batch := self.batch(after=after, size=size):
            yield batch
            after = batch[-1][0]

    def batch(self, *, after: int, size: int) -> list[Positioned]:
        """The next `size` events after position `after`; empty at the end."""
        rows = self._database.query(
            "SELECT position, stream, sequence, body FROM events WHERE position > ? "
            "ORDER BY position LIMIT ?",
            (after, size),
        )
        recorded = self._mapper.recorded
        # Several events of a batch are of one stream.
        streams = {stream: UUID(bytes=stream) for stream in {row[1] for row in rows}}
        return [
            (position, recorded(streams[stream], sequence, body))
            for position, stream, sequence, body in rows
        ]

    def bodies(self, *, after: int, size: int) -> list[tuple[int, bytes]]:
        """The stored bytes of the next `size` events after position `after`, with the positions."""
        rows = self._database.query(
            "SELECT position, body FROM events WHERE position > ? ORDER BY position LIMIT ?",
            (after, size),
        )
        return [(position, body) for position, body in rows]

    def rows(self, *, after: int, size: int) -> list[tuple[int, bytes, int, str, bytes]]:
        """The next rows after position `after`: position, stream, sequence, type, bytes."""
        rows = self._database.query(
            "SELECT position, stream, sequence, type, body FROM events WHERE position > ? "
            "ORDER BY position LIMIT ?",
            (after, size),
        )
        return [(position, *rest) for position, *rest in rows]

    def of(self, stream: UUID) -> list[tuple[int, bytes]]:
        """The stored bytes of every event of one stream, with the positions, in order."""
        rows = self._database.query(
            "SELECT position, body FROM events WHERE stream = ? ORDER BY sequence", (stream.bytes,)
        )
        return [(position, body) for position, body in rows]
