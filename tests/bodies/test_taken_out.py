"""Nothing stands in a body's file for nothing: without it the file, or an answer, is another."""

from __future__ import annotations

import pytest

from services.policies import explain
from services.policies.checking import CHECKS
from services.policies.reading import read
from tests.bodies.bodies import BODIES, IDS, Body
from tests.bodies.playing import play
from tests.bodies.taking_out import Left, taken_out
from tests.bodies.telling import told


@pytest.mark.parametrize("body", BODIES, ids=IDS)
def test_each_thing_taken_out_changes_an_answer_or_what_is_told(body: Body) -> None:
    """`told_only` names what the case does not try: without it the page of `explain` is another."""
    answers, page = told(body, play(body)), explain(body.file)
    only_told = [
        left
        for left in taken_out(body.file)
        if not is_refused(left) and told(body, play(body, left.text)) == answers
    ]
    assert [left.place for left in only_told if explain(read(left.text.encode())) == page] == []
    assert [left.place for left in only_told] == body.case["told_only"]


def is_refused(left: Left) -> bool:
    """Whether `policy check` finds a fault in it; the shape comes last, since it is slow to say."""
    return any(True for check in reversed(CHECKS) for _ in check(left.file))
