"""Commands of many callers at once: those that wait are recorded together, in one call."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from threading import Event, Lock
from typing import Any
from uuid import uuid4

from services.casework.answers import Answer
from services.faults import AnswerLost, ServerUnreachable

MOST_AT_ONCE = 200


class _Waiting:
    __slots__ = ("answer", "document", "failure", "told")

    def __init__(self, document: dict[str, Any]) -> None:
        self.document = document
        self.answer: Answer | None = None
        self.failure: BaseException | None = None
        self.told = Event()


class CommandQueue:
    """Whoever comes first carries out what waits; the others get their answers from there.

    No thread of its own: a single caller is served as if there were no queue.
    """

    def __init__(
        self,
        one: Callable[[dict[str, Any]], Answer],
        several: Callable[[list[dict[str, Any]]], list[Answer]],
    ) -> None:
        self._one = one
        self._several = several
        self._waiting: deque[_Waiting] = deque()
        self._lock = Lock()
        self._is_led = False

    def handle(self, document: dict[str, Any]) -> Answer:
        """The answer to one document, durable when it returns.

        One without a command id gets one, so that it is recorded once also where the connection
        breaks before the answer comes. Raises AnswerLost where it bears one, or is lost twice.
        """
        if not isinstance(document, dict) or "command_id" in document:
            return self._wait(document)
        named = document | {"command_id": str(uuid4())}
        try:
            answer = self._wait(named)
        except AnswerLost:
            answer = self._wait(named)
            if answer["outcome"] == "duplicate":
                first: Answer = answer["first"]
                return first
        if answer["outcome"] == "invalid":
            answer["command_id"] = None
        return answer

    def _wait(self, document: dict[str, Any]) -> Answer:
        mine = _Waiting(document)
        with self._lock:
            self._waiting.append(mine)
            leads, self._is_led = not self._is_led, True
        if not leads:
            mine.told.wait()
        if mine.answer is None and mine.failure is None:
            self._lead(mine)
        if mine.failure is not None:
            raise mine.failure
        assert mine.answer is not None
        return mine.answer

    def _lead(self, mine: _Waiting) -> None:
        with self._lock:
            count = min(len(self._waiting), MOST_AT_ONCE)
            group = [self._waiting.popleft() for _ in range(count)]
        try:
            self._carry_out(group)
        finally:
            with self._lock:
                after = self._waiting[0] if self._waiting else None
                self._is_led = after is not None
            if after is not None:
                after.told.set()  # it finds no answer, and leads
            for each in group:
                if each is not mine:
                    each.told.set()

    def _carry_out(self, group: list[_Waiting]) -> None:
        try:
            if len(group) > 1:
                self._together(group)
            for each in group:
                if each.answer is None:
                    self._alone(each)
        except BaseException as stopped:
            for each in group:
                if each.answer is None:
                    each.failure = each.failure or stopped

    def _together(self, group: list[_Waiting]) -> None:
        try:
            found = self._several([each.document for each in group])
        except ServerUnreachable:
            raise  # what was sent may have been recorded: nothing is sent again
        except Exception:
            return  # one of them has spoilt it: each by itself, so that it fails alone
        for each, answer in zip(group, found, strict=True):
            each.answer = answer

    def _alone(self, waiting: _Waiting) -> None:
        try:
            waiting.answer = self._one(waiting.document)
        except ServerUnreachable:
            raise
        except Exception as failure:
            waiting.failure = failure
