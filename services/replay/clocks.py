"""The two clocks of a replay: what had happened by a moment, what had been recorded by one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from services.views.audit import Event, had_come


@dataclass(frozen=True, slots=True)
class Clocks:
    """What had happened by `as_of`, as far as it was recorded by `as_known_at`; None is no end."""

    as_of: datetime | None = None
    as_known_at: datetime | None = None

    def show(self, event: Event) -> bool:
        """Whether the event had happened by the one and was recorded by the other."""
        return had_come(event, self.as_of, self.as_known_at)

    def at(self, now: datetime) -> datetime:
        """The moment that is asked about."""
        return self.as_of or self.as_known_at or now
