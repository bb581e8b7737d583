"""A register as the views see one: positions, events, and a transaction around each group."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

import orjson

import schemas
from domain.recorded import Recorded
from services.store.database import Database
from services.views.projector import Projector

INSERT = "INSERT INTO events (position, stream, sequence, type, body) VALUES (?, ?, ?, ?, ?)"
Positioned = tuple[int, Recorded]


class Recording:
    """Records histories and folds them into the views, group by group; it is its own log."""

    def __init__(self, database: Database, **projector: Any) -> None:
        self.database = database
        self.projector = Projector(database, **projector)
        database.join(self.projector)
        self.events: list[Positioned] = []
        self.projector.catch_up(self)

    def __call__(self, *histories: Iterable[Mapping[str, Any]]) -> None:
        """Record all of each history that is not recorded yet, as one group."""
        group = self._fresh(histories)
        with self.database.writing():
            self.projector.recorded(group)
        self.events.extend(group)

    def _fresh(self, histories: Iterable[Iterable[Mapping[str, Any]]]) -> list[Positioned]:
        known = {(event.originator_id, event.originator_version) for _, event in self.events}
        fresh = [recorded(event) for history in histories for event in history]
        fresh = [e for e in fresh if (e.originator_id, e.originator_version) not in known]
        return list(enumerate(fresh, len(self.events) + 1))

    def batch(self, *, after: int, size: int) -> list[tuple[int, Recorded]]:
        some = self.events[after : after + size]
        return [(position, recorded(orjson.loads(_bytes(event)))) for position, event in some]


class Sending(Recording):
    """Records them in a register on a server, from where they get into its views by Kafka."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.events = []

    def __call__(self, *histories: Iterable[Mapping[str, Any]]) -> None:
        """Record all of each history that is not recorded yet, as one group."""
        group = self._fresh(histories)
        rows = [
            (position, e.originator_id.bytes, e.originator_version, e.body["type"], _bytes(e))
            for position, e in group
        ]
        with self.database.writing():
            self.database.executemany(INSERT, rows)
        self.events.extend(group)


def _bytes(event: Recorded) -> bytes:
    return schemas.canonical(dict(event.body))


def recorded(event: Mapping[str, Any]) -> Recorded:
    return Recorded(UUID(event["stream"]["id"]), event["sequence"], dict(event))
