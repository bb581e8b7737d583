"""Lines as they come in: what is ready is read, and no line is held that is too long."""

from __future__ import annotations

import os
import select
from collections.abc import Iterator
from typing import NamedTuple

CHUNK = 1024 * 1024
BATCH = 2 * CHUNK
LONGEST_LINE = 1024 * 1024


class TooLong(NamedTuple):
    """A line over the limit, of which only its length was kept."""

    size: int


Line = bytes | TooLong


class Lines:
    """The lines of a file or a pipe, in the batches in which they come in.

    Iterating gives each batch as a list, and waits only where nothing is ready; `read` counts the
    bytes taken so far.
    """

    def __init__(self, source: int) -> None:
        self.read = 0
        self._source = source
        self._part = bytearray()
        self._dropped = 0

    def __iter__(self) -> Iterator[list[Line]]:
        ended = False
        while not ended:
            lines: list[Line] = []
            until = self.read + BATCH
            while self.read < until:
                chunk = os.read(self._source, CHUNK)
                if not chunk:
                    ended = True
                    lines += self._ended()
                    break
                self.read += len(chunk)
                lines += self._split(chunk)
                if not self.more_is_ready():
                    break
            if lines:
                yield lines

    def more_is_ready(self) -> bool:
        """Whether the next batch can be read without waiting; true at the end of a file too."""
        ready, _, _ = select.select([self._source], [], [], 0)
        return bool(ready)

    def _split(self, chunk: bytes) -> Iterator[Line]:
        *whole, rest = chunk.split(b"\n")
        for piece in whole:
            self._take(piece)
            yield from self._ended()
        self._take(rest)

    def _take(self, piece: bytes) -> None:
        if self._dropped or len(self._part) + len(piece) > LONGEST_LINE:
            self._dropped += len(self._part) + len(piece)
            self._part.clear()
        else:
            self._part += piece

    def _ended(self) -> Iterator[Line]:
        """The line that has come to its end; none where it is blank."""
        line = TooLong(self._dropped) if self._dropped else bytes(self._part)
        self._dropped = 0
        self._part.clear()
        if isinstance(line, TooLong) or line.strip():
            yield line
