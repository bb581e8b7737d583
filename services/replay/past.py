"""What the register held at a time: the events of a stream, and the offices that they come to."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from projections.facts import as_stored
from services.casework.offices import Office, Offices
from services.store.directory import Directory
from services.store.register import Register

Body = dict[str, Any]


class Past(Protocol):
    """The register as it was."""

    def events(self, stream: UUID) -> list[Body]:
        """The events of a stream that were recorded then, in the order of recording."""


class RecordedBy:
    """What had been recorded by a moment; None asks for all there is."""

    def __init__(self, register: Register, moment: datetime | None) -> None:
        self._register = register
        self._moment = as_stored(moment) if moment else None

    def events(self, stream: UUID) -> list[Body]:
        """The events of a stream whose `recorded_at` is not after the moment."""
        bodies = bodies_of(self._register, stream)
        return [
            each for each in bodies if self._moment is None or each["recorded_at"] <= self._moment
        ]


class RecordedBefore:
    """What had been recorded before the event at a position, whatever the clocks said."""

    def __init__(self, register: Register, position: int) -> None:
        self._register = register
        self._position = position

    def events(self, stream: UUID) -> list[Body]:
        """The events of a stream at lower positions."""
        row = self._register.database.one(
            "SELECT max(sequence) FROM events WHERE stream = ? AND position < ?",
            (stream.bytes, self._position),
        )
        last = row[0] if row else None
        return bodies_of(self._register, stream, last) if last else []


class OfficesOf:
    """The offices of a register as they were known in a past."""

    def __init__(self, past: Past, offices: Offices, directory: Directory) -> None:
        self._past = past
        self._offices = offices
        self._directory = directory
        self._known: dict[str, Office | None] = {}

    def of(self, council: str) -> Office | None:
        """The office of a council; None where it had adopted no policy yet."""
        if council not in self._known:
            stream = self._directory.council(council)
            office = self._offices.folded(council, stream, self._past.events) if stream else None
            self._known[council] = office if office and office.council.adoptions else None
        return self._known[council]


def bodies_of(register: Register, stream: UUID, last: int | None = None) -> list[Body]:
    """The events of a stream, up to number `last` where one is named."""
    return [event.body for event in register.events.get(stream, lte=last)]  # type: ignore[attr-defined]
