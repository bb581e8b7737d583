"""Ashfield: would we act if the same words praised us?"""

from __future__ import annotations

import pytest

from tests.rules.ashfield.histories import refused, upholding
from tests.scenarios import SWEARING, rules_of

DAY = "2025-03-03"


@pytest.mark.rule("R-A4")
def test_nothing_is_upheld_without_the_viewpoint_answer_or_against_it(ashfield):
    unanswered = upholding(ashfield, *SWEARING, viewpoint_neutral=None)
    assert unanswered["outcome"] == "invalid"
    no = upholding(ashfield, *SWEARING, viewpoint_neutral=False)
    assert (no["outcome"], rules_of(no)) == ("refused", ["R-A4"])
    assert [(w["command"], w["rule"]) for w in no["verdict"]["instead"]] == [("dismiss", "R-A4")]


@pytest.mark.rule("R-A4")
@pytest.mark.parametrize(
    ("answered", "missing"), [({}, ["viewpoint_neutral"]), ({"viewpoint_neutral": False}, [])]
)
def test_nothing_is_hidden_under_the_reserved_power_without_the_viewpoint_answer(
    ashfield, answered, missing
):
    incident = ashfield.flagged(DAY)
    ashfield.given("capture", DAY, incident=incident, held_at="S:/evidence")
    ground = {"ground": "reserved_power", "reason": "a home address"} | answered
    answer = ashfield.when("hide", DAY, incident=incident, actor="mia.m", **ground)
    assert refused(answer, ["R-A4"], missing)
