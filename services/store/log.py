"""Reading the whole register in the order of recording, a batch at a time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple
from uuid import UUID

from domain.recorded import Recorded
from services.store.database import Database
from services.store.mapper import EventMapper

Positioned = tuple[int, Recorded]


class Stored(NamedTuple):
    """An event as the register keeps it; `body` is what is published."""

    position: int
    stream: bytes
    sequence: int
    type: str
    body: bytes


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
        """The next `size` events after position `after`, none that a crash could undo."""
        rows = self.stored(after=after, size=size)
        recorded = self._mapper.recorded
        # Several events of a batch are of one stream.
        streams = {stream: UUID(bytes=stream) for stream in {row.stream for row in rows}}
        return [
            (position, recorded(streams[stream], sequence, body))
            for position, stream, sequence, _, body in rows
        ]

    def stored(self, *, after: int, size: int) -> list[Stored]:
        """As `batch`, each event as it is stored: its body is the published bytes."""
        rows = self._database.query(
            "SELECT position, stream, sequence, type, body FROM events WHERE position > ? "
            "ORDER BY position LIMIT ?",
            (after, size),
        )
        if rows:
            self._database.flush()
        return [Stored(*row) for row in rows]

    def bodies(self, *, after: int, size: int) -> list[tuple[int, bytes]]:
        """As `stored`, the positions and the bytes alone: half the time for who only hashes."""
        rows: list[Any] = self._database.query(
            "SELECT position, body FROM events WHERE position > ? ORDER BY position LIMIT ?",
            (after, size),
        )
        if rows:
            self._database.flush()
        return rows

    def of(self, stream: UUID) -> list[tuple[int, bytes]]:
        """The stored bytes of every event of one stream, with the positions, in order."""
        rows = self._database.query(
            "SELECT position, body FROM events WHERE stream = ? ORDER BY sequence", (stream.bytes,)
        )
        return [(position, body) for position, body in rows]
