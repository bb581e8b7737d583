"""Reading the whole register in the order of recording, a batch at a time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple
from uuid import UUID

from domain.recorded import Recorded
from services.store.database import Database
from services.store.mapper import EventMapper

Positioned = tuple[int, Recorded]
Event = dict[str, Any]


class Stored(NamedTuple):
    """An event as the register keeps it; `body` is what is published."""

    position: int
    stream: bytes
    sequence: int
    type: str
    body: bytes


class Share(NamedTuple):
    """One of several shares of all streams: each stream is in one of them, by its last byte."""

    number: int
    """From 0."""
    of: int
    """How many there are, 256 at most."""

    @property
    def last_bytes(self) -> tuple[bytes, bytes]:
        """The least and the greatest last byte of the ids of its streams."""
        first, behind = (256 * number // self.of for number in (self.number, self.number + 1))
        return bytes([first]), bytes([behind - 1])


class Log:
    """Every event with its position; memory holds one batch, however long the register is."""

    def __init__(self, database: Database, mapper: EventMapper) -> None:
        self._database = database
        self._mapper = mapper

    @property
    def last(self) -> int:
        """The last position recorded; 0 in an empty register."""
        row = self._database.one("SELECT max(position) FROM events")
        return (row[0] if row else None) or 0

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

    def share(self, share: Share, *, after: int, upto: int) -> list[tuple[int, bytes, Event]]:
        """Of the events after one position up to another those of a share of the streams.

        Each with its position and its stream; what another process committed is safe already.
        """
        rows = self._database.query(
            "SELECT position, stream, sequence, body FROM events WHERE position > ? "
            "AND position <= ? AND substr(stream, 16, 1) BETWEEN ? AND ? ORDER BY position",
            (after, upto, *share.last_bytes),
        )
        event = self._mapper.event
        return [
            (position, stream, event(stream, sequence, body))
            for position, stream, sequence, body in rows
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
