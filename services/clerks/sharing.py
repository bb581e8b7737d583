"""Lines shared out among several clerks, and their answers brought back into one order."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from multiprocessing.connection import wait

from services.clerks.clerk import Clerk
from services.clerks.naming import names_in
from services.clerks.shares import Shares

MOST_LINES = 1000
MOST_BYTES = 2 * 1024 * 1024
MOST_WAITING = 4 * MOST_LINES
LOOKED_EACH = 100
ALONE = 200
"""As many lines after one of several accounts go to one clerk with it: there may soon be more."""

Tell = Callable[[list[bytes], int], None]
"""Is given answers that are next in order, and the highest exit code so far."""


class _Tray:
    """What is with one clerk: lines that wait for it, lines it decides, and its answers."""

    def __init__(self, clerk: Clerk) -> None:
        self.clerk = clerk
        self.waiting: deque[bytes] = deque()
        self.size = 0
        self.deciding = 0
        self.answers: deque[bytes] = deque()

    @property
    def load(self) -> int:
        return len(self.waiting) + self.deciding

    @property
    def has_a_group(self) -> bool:
        return len(self.waiting) >= MOST_LINES or self.size >= MOST_BYTES

    def put(self, line: bytes) -> None:
        self.waiting.append(line)
        self.size += len(line)

    def hand_over(self) -> None:
        """Give the clerk, who decides nothing now, its next group."""
        group: list[bytes] = []
        size = 0
        while self.waiting and len(group) < MOST_LINES and size < MOST_BYTES:
            size += len(self.waiting[0])
            group.append(self.waiting.popleft())
        if group:
            self.size -= size
            self.deciding = len(group)
            self.clerk.decide(group)

    def take_answers(self) -> int:
        self.deciding = 0  # whatever comes: one that failed answers no more
        worst, answers = self.clerk.answered()
        self.answers.extend(answers)
        return worst


class Sharing:
    """Takes lines, and tells their answers in the same order, each once it is durable."""

    def __init__(self, clerks: Sequence[Clerk], shares: Shares, tell: Tell) -> None:
        self.worst = 0
        self._trays = [_Tray(clerk) for clerk in clerks]
        self._shares = shares
        self._tell = tell
        self._order: deque[_Tray | bytes] = deque()
        """Who has the answers that are not told yet, or such an answer itself."""
        self._alone = 0
        self._taken = 0

    def take(self, line: bytes) -> None:
        """Have a line decided; waits where too many do."""
        tray = self._tray_of(line)
        tray.put(line)
        self._order.append(tray)
        self._taken += 1
        if self._taken % LOOKED_EACH == 0:
            self._gather(0, groups_only=True)
        while len(tray.waiting) >= MOST_WAITING or tray.size >= 4 * MOST_BYTES:
            self._gather(None)

    def take_answered(self, answer: bytes, code: int) -> None:
        """Have an answer told that is made already, in its turn."""
        self.worst = max(self.worst, code)
        self._order.append(answer)

    def finish(self) -> None:
        """Wait until every line is answered, and all answers are told."""
        while any(tray.load for tray in self._trays):
            self._gather(None)
        self._tell_in_order()

    def give_up(self) -> None:
        """After a failure: hand out nothing more, and tell all that is recorded.

        What lines in between got no answer is left out: each answer bears its command's id.
        """
        for tray in self._trays:
            tray.waiting.clear()
            if tray.deciding:
                with suppress(Exception):
                    self.worst = max(self.worst, tray.take_answers())
        # A clerk answers its lines in their order: those it has no answer to are its last ones.
        left = {id(tray): len(tray.answers) for tray in self._trays}
        answered: deque[_Tray | bytes] = deque()
        for next_ in self._order:
            if isinstance(next_, bytes):
                answered.append(next_)
            elif left[id(next_)]:
                left[id(next_)] -= 1
                answered.append(next_)
        self._order = answered
        self._tell_in_order()

    def _tray_of(self, line: bytes) -> _Tray:
        first = self._trays[0]
        if self._alone:
            self._alone = ALONE if names_in(line) is None else self._alone - 1
            if self._alone:
                return first
            self.finish()
            self._shares.forget()
        clerk = self._shares.clerk_of(line, self._least_busy)
        if clerk is not None:
            return self._trays[clerk]
        self.finish()
        self._shares.forget()
        # It may have been given to nobody only because so much was remembered, or in flight.
        self._alone = ALONE
        return first

    def _least_busy(self) -> int:
        load = [tray.load for tray in self._trays]
        return load.index(min(load))

    def _gather(self, seconds: float | None, *, groups_only: bool = False) -> None:
        """Hand out what waits, and take the answers that come within that time."""
        for tray in self._trays:
            if not tray.deciding and (tray.has_a_group or not groups_only):
                tray.hand_over()
        deciding = {tray.clerk.fileno(): tray for tray in self._trays if tray.deciding}
        ready = wait(list(deciding), seconds) if deciding else []
        for told in ready:
            tray = deciding[told]  # type: ignore[index]
            worst = tray.take_answers()
            self.worst = max(self.worst, worst)
            if tray.has_a_group:
                tray.hand_over()
        if ready:
            self._tell_in_order()

    def _tell_in_order(self) -> None:
        told: list[bytes] = []
        while self._order:
            next_ = self._order[0]
            if isinstance(next_, bytes):
                told.append(next_)
            elif next_.answers:
                told.append(next_.answers.popleft())
            else:
                break
            self._order.popleft()
        if told:
            self._tell(told, self.worst)
