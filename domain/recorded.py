"""One event as the record keeps it: whose stream, which number, and the body that is stored."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Recorded:
    """An event of a stream; `body` is the published event itself, envelope and data.

    Satisfies `eventsourcing`'s domain event protocol, so that an Application can save it.
    """

    originator_id: UUID
    originator_version: int
    body: dict[str, Any]

    @property
    def type(self) -> str:
        """The stored name, such as `PostHidden`."""
        name: str = self.body["type"]
        return name
