"""Between an event of the domain and its stored bytes, which are the published bytes."""

from __future__ import annotations

from typing import Any, cast
from uuid import UUID

import orjson
from eventsourcing.domain import DomainEventProtocol
from eventsourcing.persistence import JSONTranscoder, Mapper, StoredEvent

import schemas
from domain.recorded import Recorded
from services.faults import RegisterCorrupt, RegisterTooNew
from services.store.sealing import InClear, Sealing


class EventMapper(Mapper[UUID]):
    """Stores nothing that its schema does not allow, under the event's own stable name."""

    def __init__(self, sealing: Sealing | None = None) -> None:
        super().__init__(JSONTranscoder())
        self._sealing = sealing or InClear()
        self._known: set[tuple[str, int]] = set()

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
        """The event stored as `body`; raises RegisterTooNew where its schema is not known here."""
        return Recorded(stream, sequence, self.event(stream, sequence, body))

    def event(self, stream: UUID | bytes, sequence: int, body: bytes) -> dict[str, Any]:
        """As `recorded`, the published event alone."""
        try:
            event = orjson.loads(body)
            named = event["type"], event["version"]
        except (orjson.JSONDecodeError, KeyError, TypeError) as error:
            id = UUID(bytes=stream) if isinstance(stream, bytes) else stream
            raise RegisterCorrupt(
                f"Event {sequence} of {id} can't be read: it is not a published event. "
                "Put back the last backup."
            ) from error
        if named not in self._known:
            self._know(*named)
        return self._sealing.unseal(event)

    def _know(self, type: str, version: int) -> None:
        try:
            schemas.event_schema(type, version)
        except KeyError:
            raise RegisterTooNew(
                f"The register holds {type} version {version}, which this Casebook does not know. "
                "Install the newer Casebook that wrote it."
            ) from None
        self._known.add((type, version))
