"""Nothing stands in a body's file for nothing: without it the file, or an answer, is another."""

from __future__ import annotations

import pytest

from services.policies import explain
from services.policies.checking import CHECKS
from services.policies.reading import read
from services.policies.shape import _as_json, _plainly
from tests.bodies.bodies import BODIES, IDS, Body
from tests.bodies.playing import Played, play, play_while_alike
from tests.bodies.taking_out import Left, taken_out
from tests.bodies.telling import told

pytestmark = pytest.mark.embedded(
    "plays each case hundreds of times; test_cases plays it where the registers are"
)


@pytest.mark.parametrize("body", BODIES, ids=IDS)
def test_each_thing_taken_out_changes_an_answer_or_what_is_told(body: Body) -> None:
    """`told_only` names what the case does not try: without it the page of `explain` is another."""
    played, page = play(body), explain(body.file)
    alike = [
        left
        for left in taken_out(body.file)
        if not is_refused(left) and answers_alike(body, left, played)
    ]
    assert [left.place for left in alike if explain(read(left.text.encode())) == page] == []
    assert [left.place for left in alike] == body.case["told_only"]


def is_refused(left: Left) -> bool:
    """Whether `policy check` finds a fault in it; only whether, since what takes longer to say."""
    wrong = not _plainly(_as_json(left.file))
    return wrong or any(True for check in CHECKS for _ in check(left.file))


def answers_alike(body: Body, left: Left, played: Played) -> bool:
    """Whether every answer of the case, and what stands in the end, are as under the whole file."""
    now = play_while_alike(body, left.text, played)
    return now is not None and told(body, now) == told(body, played)
