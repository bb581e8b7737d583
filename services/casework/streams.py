"""The small aggregates beside the account: a member of staff, and the council itself."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from domain.recorded import Recorded


class OfficeStream:
    """The events of one member of staff or of one council; its state is kept by the office."""

    def __init__(self, id: UUID) -> None:
        self.id = id
        self.version = 0
        self._pending: list[Recorded] = []

    def record(self, body: dict[str, Any]) -> None:
        """Take an event that was decided, and keep it to be saved."""
        self.version = body["sequence"]
        self._pending.append(Recorded(self.id, body["sequence"], body))

    def collect_events(self) -> Sequence[Recorded]:
        """Hand out the events that are to be saved, once."""
        collected, self._pending = self._pending, []
        return collected


def project_office(stream: OfficeStream | None, events: Iterable[Recorded]) -> OfficeStream | None:
    """Rebuild the stream from its stored events (a projector function)."""
    for event in events:
        stream = stream or OfficeStream(event.originator_id)
        stream.version = event.originator_version
    return stream
