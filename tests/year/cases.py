"""An account of a council, and the plain list of what has happened to it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from tests.year.councils import Council


@dataclass(frozen=True)
class Fact:
    """One thing that happened: when, in which order recorded, what, by whom."""

    at: datetime
    order: int
    type: str
    who: frozenset[str]
    data: dict[str, Any]


@dataclass
class Case:
    """One account of one council."""

    council: Council
    platform: str
    handle: str
    name: str | None = None
    account_id: str | None = None
    ref: str | None = None
    facts: list[Fact] = field(default_factory=list)

    def __hash__(self) -> int:
        return id(self)

    def __eq__(self, other: object) -> bool:
        return self is other

    @property
    def last(self) -> datetime | None:
        return max((f.at for f in self.facts), default=None)

    def count(self, kind: str) -> int:
        return max((f.data[kind] for f in self.facts if kind in f.data), default=0)
