"""A block that was proposed and not decided yet, and what the person was given to say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(slots=True)
class Proposal:
    """A proposed block; `terms` is what was proposed, as the event holds it."""

    number: int
    proposed_at: str
    proposed_by: frozenset[str]
    terms: dict[str, Any]
    status: str = "proposed"
    decided_at: str | None = None

    @property
    def open(self) -> bool:
        """Whether nobody has decided it yet."""
        return self.status == "proposed"


@dataclass(slots=True)
class Hearing:
    """What the person was told of an intended block, and what they replied."""

    reply_by: str | None = None
    responses: int = 0
    considered: int = 0

    @property
    def unconsidered(self) -> bool:
        """Whether a response came that nobody has considered yet."""
        return self.considered < self.responses
