"""Events in and out of the register, in the terms of `eventsourcing`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast
from uuid import UUID

from eventsourcing.persistence import ApplicationRecorder, Notification, StoredEvent

from services.store.database import Database
from services.store.subscription import PollingSubscription

_INSERT = "INSERT INTO events (position, stream, sequence, type, body) VALUES (?, ?, ?, ?, ?)"


class Recorder(ApplicationRecorder):
    """Numbers events 1, 2, 3 … without gaps: the last plus one, under the write lock.

    The events of a transaction are written together, at its commit or before anything is read.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._waiting: list[tuple[int, bytes, int, str, bytes]] = []
        self.last = 0
        """The last position of the transaction that is open, or was open last."""
        database.join(self)

    def insert_events(self, stored_events: Sequence[StoredEvent], **_: Any) -> Sequence[int]:
        """Record in the open transaction, or in one of their own; returns their positions.

        That the stream already holds an event of the same number is an IntegrityError, at the
        commit at the latest.
        """
        with self._database.writing():
            first = self.last + 1
            for event in stored_events:
                self.last += 1
                stream = cast(UUID, event.originator_id).bytes
                self._waiting.append(
                    (self.last, stream, event.originator_version, event.topic, event.state)
                )
            return range(first, self.last + 1)

    def select_events(
        self,
        originator_id: UUID | str,
        *,
        gt: int | None = None,
        lte: int | None = None,
        desc: bool = False,
        limit: int | None = None,
    ) -> Sequence[StoredEvent]:
        """The events of one stream after number `gt` up to number `lte`."""
        # Whoever is in the middle of writing has the turn: what waits is theirs to write.
        with self._database.reading():
            return self._select_events(cast(UUID, originator_id), gt, lte, desc, limit)

    def _select_events(
        self, originator_id: UUID, gt: int | None, lte: int | None, desc: bool, limit: int | None
    ) -> list[StoredEvent]:
        waiting = self._waiting_of(originator_id, gt, lte) if self._waiting else []
        sql = "SELECT sequence, type, body FROM events WHERE stream = ?"
        parameters: list[Any] = [originator_id.bytes]
        for condition, bound in ((" AND sequence > ?", gt), (" AND sequence <= ?", lte)):
            if bound is not None:
                sql += condition
                parameters.append(bound)
        sql += " ORDER BY sequence DESC" if desc else " ORDER BY sequence"
        if limit is not None:
            sql += " LIMIT ?"
            parameters.append(limit)
        found = [StoredEvent(originator_id, *row) for row in self._database.query(sql, parameters)]
        if not waiting:
            return found
        found = [*waiting[::-1], *found] if desc else [*found, *waiting]
        return found[:limit] if limit is not None else found

    def select_notifications(
        self,
        start: int | None,
        limit: int,
        stop: int | None = None,
        topics: Sequence[str] = (),
        *,
        inclusive_of_start: bool = True,
    ) -> Sequence[Notification]:
        """The events of all streams in the order of their positions."""
        after = (start or 0) - (1 if inclusive_of_start and start else 0)
        sql = "SELECT stream, sequence, type, body, position FROM events WHERE position > ?"
        parameters: list[Any] = [after]
        if stop is not None:
            sql += " AND position <= ?"
            parameters.append(stop)
        if topics:
            sql += f" AND type IN ({', '.join('?' * len(topics))})"
            parameters.extend(topics)
        sql += " ORDER BY position LIMIT ?"
        parameters.append(limit)
        with self._database.reading():
            self.write_waiting()
            rows = self._database.query(sql, parameters)
        self._database.flush()
        return [Notification(UUID(bytes=stream), *rest) for stream, *rest in rows]

    def max_notification_id(self) -> int | None:
        """The last position, or None in an empty register."""
        with self._database.reading():
            self.write_waiting()
            return self._last_in_register() or None

    def subscribe(self, gt: int | None = None, topics: Sequence[str] = ()) -> PollingSubscription:
        """Events after position `gt` as they are recorded, by this or any other process."""
        return PollingSubscription(self, gt, topics)

    def begun(self) -> None:
        """Find where numbering goes on; what is only proposed is numbered from 1."""
        self.last = 0 if self._database.proposal else self._last_in_register()

    def committing(self) -> None:
        """Write what waits, or propose it."""
        if self._database.proposal:
            self._database.proposal.events = self._waiting.copy()
        else:
            self.write_waiting()

    def ended(self, *, kept: bool) -> None:
        """Drop what a rolled-back transaction did not write; the next asks the register again."""
        proposal = self._database.proposal
        if kept and proposal and proposal.last is not None:
            self.last = proposal.last
        self._waiting.clear()

    def write_waiting(self) -> None:
        """Write the events recorded so far, so that they can be read inside the transaction."""
        if self._waiting and not self._database.proposal:
            self._database.executemany(_INSERT, self._waiting)
            self._waiting.clear()

    def _waiting_of(self, id: UUID | str, gt: int | None, lte: int | None) -> list[StoredEvent]:
        """Those of one stream that no statement could read."""
        self.write_waiting()
        stream = cast(UUID, id).bytes
        return [
            StoredEvent(id, sequence, type, body)
            for _, of, sequence, type, body in self._waiting
            if of == stream and (gt is None or sequence > gt) and (lte is None or sequence <= lte)
        ]

    def _last_in_register(self) -> int:
        row = self._database.one("SELECT max(position) FROM events")
        return (row[0] if row else None) or 0
