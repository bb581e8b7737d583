"""What a log of events promises to whoever reads it, whichever it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple, Protocol

from services.log.counting import Place
from services.log.records import Logged


class Read(NamedTuple):
    """A batch of a log: what counts in it, and how far each partition was read after it."""

    records: list[Logged]
    places: dict[int, Place]


class EventLog(Protocol):
    """Each event once, those of one account in order, the bytes those that were stored.

    Whoever begins at the places that a batch ended with misses nothing and sees nothing again.
    """

    partitions: int

    def read(self, places: Mapping[int, Place]) -> Iterator[Read]:
        """All that is there from these places on; a partition not named, from its beginning."""
