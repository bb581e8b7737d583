"""Hate at North Northamptonshire: five identities; a perception, not a finding; often no crime."""

from __future__ import annotations

from typing import Any

import pytest

from tests.rules.northants.steps import events
from tests.scenarios import Answer, Scenario, rules_of

DAY = "2026-03-02"


def judged(council: Scenario, category: str, *characteristics: str, **said: Any) -> Answer:
    """The answer to upholding a finding about these identities."""
    incident = council.flagged(DAY)
    finding: dict[str, Any] = {"category": category}
    if characteristics:
        finding["characteristics"] = list(characteristics)
    found = {"incident": incident, "findings": [finding], "viewpoint_neutral": True}
    return council.when("uphold", DAY, **found, **said)


@pytest.mark.rule("R-N36")
@pytest.mark.parametrize("category", ["hate_incitement", "discriminatory"])
def test_an_officers_own_perception_is_another_persons(northants: Scenario, category: str) -> None:
    judged(northants, category, "religion")
    judged(northants, category, "religion", perceived_by="victim")
    own, victims = events(northants, "FlagUpheld")
    assert own["data"]["perceived_by"] == "other"
    assert victims["data"]["perceived_by"] == "victim"


@pytest.mark.rule("R-N36")
def test_who_perceived_it_is_one_of_two(northants: Scenario) -> None:
    answer = judged(northants, "hate_incitement", "religion", perceived_by="proved")
    assert answer["outcome"] == "invalid"


@pytest.mark.rule("R-N37")
@pytest.mark.parametrize(
    "identity", ["disability", "gender_identity", "race", "religion", "sexual_orientation"]
)
def test_the_five_identities_are_offered(northants: Scenario, identity: str) -> None:
    assert judged(northants, "hate_incitement", identity)["outcome"] == "accepted"
    assert judged(northants, "discriminatory", identity)["outcome"] == "accepted"


@pytest.mark.rule("R-N37")
@pytest.mark.parametrize("identity", ["age", "gender"])
def test_age_and_gender_are_not_among_them(northants: Scenario, identity: str) -> None:
    incited = judged(northants, "hate_incitement", "religion", identity)
    assert (incited["outcome"], rules_of(incited)) == ("refused", ["R-N36", "R-N37"])
    assert incited["verdict"]["missing"] == ["findings.0.characteristics"]
    other = judged(northants, "discriminatory", identity)
    assert (other["outcome"], rules_of(other)) == ("refused", ["R-N13", "R-N37"])


@pytest.mark.rule("R-N37")
def test_nationality_and_belief_are_words_for_two_of_the_five(northants: Scenario) -> None:
    judged(northants, "hate_incitement", "nationality", "belief", "ethnicity")
    [upheld] = events(northants, "FlagUpheld")
    assert upheld["data"]["findings"][0]["characteristics"] == ["race", "religion"]


@pytest.mark.rule("R-N11", "R-N37")
def test_hate_crime_words_need_no_identity_named(northants: Scenario) -> None:
    assert judged(northants, "hate_incitement")["outcome"] == "accepted"


@pytest.mark.rule("R-N38")
def test_hate_is_never_called_a_crime_unless_somebody_says_so(northants: Scenario) -> None:
    judged(northants, "hate_incitement", "religion")
    judged(northants, "hate_incitement", "religion", apparent_nature="non_criminal")
    unset, said = events(northants, "FlagUpheld")
    assert unset["data"]["apparent_nature"] == "unknown"
    assert said["data"]["apparent_nature"] == "non_criminal"


@pytest.mark.rule("R-N38")
def test_hate_by_text_message_is_judged_like_any_other(northants: Scenario) -> None:
    sms = {"platform": "sms", "handle": "07700 900123"}
    incident = northants.flagged(DAY, account=sms, item={"kind": "text_message"})
    finding = {"category": "hate_incitement", "characteristics": ["disability"]}
    found = {"incident": incident, "findings": [finding], "viewpoint_neutral": True}
    answer = northants.given("uphold", DAY, **found)
    owed = {duty["code"] for duty in answer["verdict"]["duties"]}
    assert owed == {"capture_evidence", "consider_police", "consider_legal"}
