"""A block as it stands, with its notices, its channels, and what may undo it."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from domain.calendar.london import london_date


@dataclass(slots=True)
class Block:
    """One decision to block. `deciders` are all who took part in deciding it.

    `channels` are all it was ever to apply on; those in `dropped` it covers no more.
    """

    number: int
    sequence: int
    decided_at: str
    deciders: frozenset[str]
    ground: str
    incidents: tuple[int | str, ...]
    scope: str
    length: dict[str, Any]
    channels: dict[str, str]
    first_applied: str | None = None
    noticed: bool = False
    told: bool = False
    acknowledged: bool = False
    status: str = "blocked"
    ended_at: str | None = None
    interim: bool = False
    proposed_by: frozenset[str] = frozenset()
    length_set_by: frozenset[str] = frozenset()
    dropped: Set[str] = frozenset()

    @property
    def stands(self) -> bool:
        """Whether it is neither reversed nor run out."""
        return self.status == "blocked"

    @property
    def decided_on(self) -> date:
        """The London date of the decision."""
        return london_date(datetime.fromisoformat(self.decided_at))

    @property
    def clock_started(self) -> str:
        """The moment from which an appeal clock runs: decision or earlier application (D-3)."""
        return min(self.decided_at, self.first_applied or self.decided_at)

    @property
    def reached(self) -> list[str]:
        """The channels it covers where it was applied, wholly or partly, and not lifted."""
        return [c for c in self.covers if self.channels[c] in ("applied", "partly")]

    @property
    def covers(self) -> list[str]:
        """The channels that it is to apply on now."""
        return [c for c in self.channels if c not in self.dropped]


@dataclass(slots=True)
class Appeal:
    """An appeal against a block; an early one never opens by itself (D-4)."""

    number: int
    block: int
    received_on: str
    recorded_at: str
    status: str = "open"
    acknowledged: bool = False
    stood_over: bool = False


@dataclass(slots=True)
class Agreement:
    """The recorded agreement to one reversal, for one reason."""

    block: int
    because: str
    number: int | None
    agreed_by: frozenset[str]


@dataclass(slots=True)
class Complaint:
    """A complaint in its present stage."""

    number: int
    received_on: str
    recorded_at: str
    block: int | None
    stage: int = 1
    acknowledged_on: str | None = None
    extended: bool = False
    result: str | None = None
    handled_by: frozenset[str] = frozenset()


@dataclass(slots=True)
class Duty:
    """Something owed, as the event that raised it says."""

    id: str
    code: str
    rule: str
    owed_by: str | None
    due: str | None
    about: dict[str, Any] = field(default_factory=dict)
