"""Puts rows in the order of recording, with no more of them in memory than a few thousand."""

from __future__ import annotations

import heapq
import pickle
import tempfile
from collections.abc import Iterable, Iterator
from operator import itemgetter
from typing import IO

from services.importing.rows import Row
from services.importing.sameness import Place, place

IN_MEMORY = 4_000
AT_ONCE = 50

Placed = tuple[Place, int, int, Row]
_KEY = itemgetter(0, 1, 2)


class InOrder:
    """The rows of a whole register by reference, or by date where it has none."""

    def __init__(self) -> None:
        self.count = 0
        self._held: list[Placed] = []
        self._written: list[IO[bytes]] = []

    def take(self, row: Row) -> None:
        """Take one more row."""
        self._held.append((place(row), row.sheet, row.number, row))
        self.count += 1
        if len(self._held) >= IN_MEMORY:
            self._write()

    def __iter__(self) -> Iterator[Placed]:
        """Every row, once: of two in the same place, the one higher up in the file first."""
        self._held.sort(key=_KEY)
        runs: list[Iterable[Placed]] = [_read(file) for file in self._written]
        yield from heapq.merge(*runs, self._held, key=_KEY)
        for file in self._written:
            file.close()

    def _write(self) -> None:
        # Nameless, and gone with the process: it holds what people posted.
        file = tempfile.TemporaryFile()  # noqa: SIM115  (closed once merged)
        self._written.append(file)
        self._held.sort(key=_KEY)
        for start in range(0, len(self._held), AT_ONCE):
            some = self._held[start : start + AT_ONCE]
            pickle.dump(some, file, pickle.HIGHEST_PROTOCOL)
        file.seek(0)
        self._held.clear()


def _read(file: IO[bytes]) -> Iterator[Placed]:
    while True:
        try:
            some: list[Placed] = pickle.load(file)
        except EOFError:
            return
        yield from some
