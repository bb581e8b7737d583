"""What a finding rests on, clause by clause: the rules that it cites, and what is no breach."""

from __future__ import annotations

import pytest

from tests.scenarios import Answer, Scenario, rules_of

DAY = "2026-03-03"
SWEARING = {"category": "abusive_threatening", "sub_reason": "swearing"}


def upholding(council: Scenario, *findings: dict[str, object], **fields: object) -> Answer:
    """The answer to finding all this in one captured item."""
    incident = council.flagged(DAY)
    council.given("capture", DAY, incident=incident, held_at="S:/evidence")
    asked = {"findings": list(findings), "viewpoint_neutral": True} | fields
    return council.when("uphold", DAY, incident=incident, **asked)


@pytest.mark.rule("R-A5")
@pytest.mark.parametrize(
    "finding", [SWEARING, {"category": "discriminatory", "characteristics": ["age"]}]
)
def test_swearing_abuse_and_discrimination_are_not_condoned(
    ashfield: Scenario, finding: dict[str, object]
) -> None:
    answer = upholding(ashfield, finding)
    assert answer["outcome"] == "accepted"
    assert "R-A5" in rules_of(answer)
    assert "remove_content" in {duty["code"] for duty in ashfield.duties()}


@pytest.mark.rule("R-A7")
def test_a_want_of_respect_adds_nothing_to_a_breach(ashfield: Scenario) -> None:
    answer = upholding(ashfield, SWEARING, {"category": "disrespectful"})
    assert (answer["outcome"], rules_of(answer)) == ("refused", ["R-A3", "R-A7"])
    assert answer["verdict"]["missing"] == ["findings.1.category"]


@pytest.mark.rule("R-N2", "R-N34")
@pytest.mark.parametrize("category", ["criticises_the_council", "unpopular_view"])
def test_a_view_that_no_category_names_is_no_breach(northants: Scenario, category: str) -> None:
    answer = upholding(northants, {"category": category})
    assert (answer["outcome"], rules_of(answer)) == ("refused", ["R-N34", "R-N2"])
    assert [way["command"] for way in answer["verdict"]["instead"]] == ["dismiss"]
    northants.given("dismiss", DAY, incident=1, reason="no_breach")
    assert northants.duties() == []


@pytest.mark.rule("R-N35")
def test_a_want_of_respect_is_asked_for_and_no_breach(northants: Scenario) -> None:
    answer = upholding(northants, {"category": "disrespectful"})
    assert answer["outcome"] == "refused"
    assert answer["verdict"]["missing"] == ["findings.0.category"]
