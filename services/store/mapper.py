"""Between an event of the domain and its stored bytes, which are the published bytes."""

from __future__ import annotations

from typing import cast
from uuid import UUID

import orjson
import schemas
from eventsourcing.domain import DomainEventProtocol
from eventsourcing.persistence import JSONTranscoder, Mapper, StoredEvent

from domain.recorded import Recorded
from services.store.sealing import InClear, Sealing


class EventMapper(Mapper[UUID]):
    """Stores nothing that its schema does not allow, under the event's own stable name."""

    def __init__(self, sealing: Sealing | None = None) -> None:
        super().__init__(JSONTranscoder())
        self._sealing = sealing or InClear()

    def to_stored_event(self, domain_event: DomainEventProtocol[UUID]) -> StoredEvent:
        """The event as it will be stored; raises what `schemas.check_event` raises."""
        recorded = cast(Recorded, domain_event)
        schemas.check_event(recorded.body)
        return StoredEvent(
            originator_id=recorded.originator_id,
            originator_version=recorded.originator_version,
            topic=recorded.type,
            state=schemas.canonical(self._sealing.seal(recorded.body)),
        )

    def to_domain_event(self, stored_event: StoredEvent) -> DomainEventProtocol[UUID]:
        """The event that was stored."""
        stream = cast(UUID, stored_event.originator_id)
        return self.recorded(stream, stored_event.originator_version, stored_event.state)

    def recorded(self, stream: UUID, sequence: int, body: bytes) -> Recorded:
        """The event that was stored as `body`."""
        return Recorded(stream, sequence, self._sealing.unseal(orjson.loads(body)))
