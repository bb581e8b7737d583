"""Callers who wait are answered together; what one of them spoils, the others do not feel."""

from __future__ import annotations

from threading import Event, Thread
from typing import Any

import pytest

from services.casework.queue import CommandQueue
from services.faults import AnswerLost


class Desk:
    """Answers after the first group has been let go; keeps what it was asked, group by group."""

    def __init__(self, spoilt_by: Exception | None = None) -> None:
        self.groups: list[list[int]] = []
        self.entered, self.go_on = Event(), Event()
        self._spoilt_by = spoilt_by

    def one(self, document: dict[str, Any]) -> dict[str, Any]:
        self.groups.append([document["number"]])
        if document["number"] == 0:
            self.entered.set()
            assert self.go_on.wait(10)
        if document["number"] == 3 and self._spoilt_by:
            raise self._spoilt_by
        return {"to": document["number"]}

    def several(self, documents: list[dict[str, Any]]) -> list[dict[str, Any]]:
        self.groups.append([each["number"] for each in documents])
        if self._spoilt_by:
            raise self._spoilt_by
        return [{"to": each["number"]} for each in documents]


def answered(desk: Desk, count: int) -> dict[int, Any]:
    """What callers 0 … get, of whom all but the first come while it is being answered."""
    queue = CommandQueue(desk.one, desk.several)
    told: dict[int, Any] = {}

    def call(number: int) -> None:
        try:
            told[number] = queue.handle({"command_id": "", "number": number})["to"]
        except Exception as failure:
            told[number] = failure

    callers = [Thread(target=call, args=(number,)) for number in range(count)]
    callers[0].start()
    assert desk.entered.wait(10)
    for caller in callers[1:]:
        caller.start()
    while len(queue._waiting) < count - 1:
        pass
    desk.go_on.set()
    for caller in callers:
        caller.join(10)
    return told


def test_those_who_come_meanwhile_are_answered_in_one_call():
    desk = Desk()
    assert answered(desk, 9) == {number: number for number in range(9)}
    assert [len(group) for group in desk.groups] == [1, 8]
    assert sorted(desk.groups[1]) == list(range(1, 9))


def test_who_comes_alone_is_answered_alone():
    desk = Desk()
    desk.go_on.set()
    assert answered(desk, 1) == {0: 0}
    assert desk.groups == [[0]]


def test_one_that_fails_fails_alone():
    failure = LookupError("its policy is damaged")
    told = answered(Desk(failure), 6)
    assert told.pop(3) is failure
    assert told == {number: number for number in (0, 1, 2, 4, 5)}


def test_nothing_is_sent_again_where_it_may_have_been_recorded():
    failure = AnswerLost("the connection broke")
    desk = Desk(failure)
    told = answered(desk, 4)
    assert told == {0: 0, 1: failure, 2: failure, 3: failure}
    assert len(desk.groups) == 2


@pytest.mark.parametrize("stopping", [KeyboardInterrupt, SystemExit])
def test_one_who_is_stopped_leaves_nobody_waiting(stopping):
    desk = Desk(stopping())  # type: ignore[arg-type]
    queue = CommandQueue(desk.one, desk.several)
    desk.go_on.set()
    with pytest.raises(stopping):
        queue.handle({"command_id": "", "number": 3})
    assert queue.handle({"command_id": "", "number": 4})["to"] == 4
