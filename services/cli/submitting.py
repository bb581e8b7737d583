"""Record line after line, many in one commit, and answer each only once it is durable."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, BinaryIO

import orjson

import schemas
from services.casework import answers
from services.casework.answers import Answer
from services.casework.casework import exit_code
from services.cli.lines import LONGEST_LINE, Line, Lines, TooLong

if TYPE_CHECKING:
    from services.assemble import Casework

MOST_LINES = 500
MOST_BYTES = 2 * 1024 * 1024


class Submission:
    """One run of `casebook submit`; `done` and `worst` tell how far it came and how it ends."""

    def __init__(
        self,
        casework: Casework,
        out: BinaryIO,
        *,
        stop_on_error: bool,
        progress: Callable[[], None],
    ) -> None:
        self.done = 0
        self.worst = 0
        self._casework = casework
        self._out = out
        self._stop_on_error = stop_on_error
        self._progress = progress

    def run(self, lines: Lines) -> int:
        """Answer every line; returns the exit code. Raises faults, which leave no line halved."""
        for group in _groups(lines, most=1 if self._stop_on_error else MOST_LINES):
            self._answer(group)
            self._progress()
            if self._stop_on_error and self.worst:
                break
            if not lines.more_is_ready():
                self._out.flush()
        self._out.flush()
        return self.worst

    def _answer(self, group: list[Line]) -> None:
        readable = [line for line in group if isinstance(line, bytes)]
        answered = iter(self._casework.handle_lines(readable) if readable else ())
        told = [too_long(line) if isinstance(line, TooLong) else next(answered) for line in group]
        write_whole(self._out, b"".join(orjson.dumps(answer) + b"\n" for answer in told))
        self.done += len(told)
        self.worst = max(self.worst, *map(exit_code, told))


def write_whole(out: BinaryIO, told: bytes) -> None:
    """Write all of it; raises what keeps it from being written."""
    # Where Python was told not to buffer, a write to a pipe that breaks says only how much went.
    left = memoryview(told)
    while left:
        left = left[out.write(left) :]


def _groups(lines: Lines, most: int) -> Iterator[list[Line]]:
    for batch in lines:
        group: list[Line] = []
        size = 0
        for line in batch:
            weight = len(line) if isinstance(line, bytes) else 0
            if group and (len(group) == most or size + weight > MOST_BYTES):
                yield group
                group, size = [], 0
            group.append(line)
            size += weight
        yield group


def too_long(line: TooLong) -> Answer:
    """The answer to a line that was not held."""
    problem = f"is {line.size:,} bytes long, and a line may have {LONGEST_LINE:,}"
    fault = schemas.Fault("", problem, "one command document in each line")
    return answers.invalid(None, [fault])
