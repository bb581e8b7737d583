"""Understands and sorts a register ahead of who records it, in processes of their own."""

from __future__ import annotations

import heapq
from collections.abc import Generator, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain, islice
from operator import attrgetter
from typing import Any

from services.beside import Asked, Beside, processors
from services.closing import Closing
from services.importing.order import InOrder, Placed
from services.importing.reading import ALL, RegisterFile, Share
from services.importing.rows import Row
from services.importing.sameness import digest, row_id
from services.undisturbed import undisturbed

WORTH_SHARING = 1_000_000
MOST_SHARES = 2
AT_ONCE = 100


@dataclass(slots=True)
class Counted:
    """How many rows there are, how many of them can be recorded, and those that can't."""

    rows: int = 0
    sound: int = 0
    unreadable: list[Row] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Known:
    """A row with the id under which it is kept that it was recorded, and what its cells mean."""

    placed: Placed
    id: str
    digest: bytes

    @property
    def row(self) -> Row:
        """The row itself."""
        return self.placed[3]


class Understood(Closing):
    """Every row of a register that can be recorded, once, in the order of recording.

    A file of `worth_sharing` bytes is understood in as many processes as there are to use.
    """

    def __init__(
        self, file: RegisterFile, council: str, now: datetime, worth_sharing: int = WORTH_SHARING
    ) -> None:
        shares = min(processors(), MOST_SHARES) if file.source.size >= worth_sharing else 1
        self._beside = (
            [Beside(_understand_apart, file, council, now, (of, shares)) for of in range(shares)]
            if shares > 1
            else []
        )
        self._told = [iter(each) for each in self._beside] or [understand(file, council, now)]
        counted = [next(told) for told in self._told]
        self.rows = sum(each.rows for each in counted)
        self.sound = sum(each.sound for each in counted)
        self.unreadable = [row for each in counted for row in each.unreadable]

    def __iter__(self) -> Iterator[Known]:
        runs = [chain.from_iterable(told) for told in self._told]
        return heapq.merge(*runs, key=_placed) if len(runs) > 1 else runs[0]

    def close(self) -> None:
        """End the processes."""
        for each in self._beside:
            each.close()


def understand(
    file: RegisterFile, council: str, now: datetime, share: Share = ALL
) -> Iterator[Any]:
    """First what was `Counted`, then lists of what is `Known`, in the order of recording."""
    counted, rows = Counted(), InOrder()
    with undisturbed():
        for row in file.rows(now, share):
            counted.rows += 1
            if row.fault:
                counted.unreadable.append(row)
            else:
                rows.take(row)
    counted.sound = rows.count
    yield counted
    waiting = iter(rows)
    while some := list(islice(waiting, AT_ONCE)):
        yield [Known(each, row_id(council, each[3]), digest(each[3])) for each in some]


def _understand_apart(_: Asked, *given: Any) -> Generator[Any, None, None]:
    with undisturbed():
        yield from understand(*given)


_placed = attrgetter("placed")
