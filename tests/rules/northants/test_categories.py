"""What North Northamptonshire calls a breach, category by category, and what each asks for."""

from __future__ import annotations

from typing import Any

import pytest

from tests.scenarios import Answer, Scenario, codes_of, rules_of

MONDAY = "2026-03-02"
EMPLOYEE = {"kind": "employee", "name": "Alex Warden"}


def judged(council: Scenario, flagged: dict[str, Any] | None = None, **finding: Any) -> Answer:
    """The answer to upholding one finding against a fresh flag."""
    incident = council.flagged(MONDAY, **(flagged or {}))
    return council.when(
        "uphold", MONDAY, incident=incident, findings=[finding], viewpoint_neutral=True
    )


def refused_for(answer: Answer, rule: str, missing: str) -> bool:
    """Whether it was refused under that rule for want of that field."""
    return (
        answer["outcome"] == "refused"
        and rule in rules_of(answer)
        and missing in answer["verdict"]["missing"]
    )


@pytest.mark.rule("R-N8")
def test_a_spoken_slander_in_a_video_is_a_breach(northants: Scenario) -> None:
    spoken = {"item": {"kind": "post", "formats": ["video"]}}
    answer = judged(northants, spoken, category="defamatory_false", sub_reason="slanderous")
    assert answer["outcome"] == "accepted"
    assert rules_of(answer) == ["R-N8"]


@pytest.mark.rule("R-N8")
def test_defamatory_or_false_must_say_which_and_what_is_true(northants: Scenario) -> None:
    unsaid = judged(northants, category="defamatory_false")
    assert refused_for(unsaid, "R-N8", "findings.0.sub_reason")
    for sub_reason in ("false", "misleading"):
        bare = judged(northants, category="defamatory_false", sub_reason=sub_reason)
        assert refused_for(bare, "R-N8", "findings.0.true_facts")
        assert refused_for(bare, "R-N8", "findings.0.fact_source")
    known = {"true_facts": "The bins were emptied on 1 March", "fact_source": "round sheet"}
    told = judged(northants, category="defamatory_false", sub_reason="false", **known)
    assert told["outcome"] == "accepted"


@pytest.mark.rule("R-N9")
def test_an_adapted_spelling_is_swearing_once_the_intended_word_is_noted(
    northants: Scenario,
) -> None:
    starred = {"item": {"text": "f*ck off"}}
    spelt = {"category": "abusive_threatening", "sub_reason": "adapted_spelling"}
    bare = judged(northants, starred, **spelt)
    assert refused_for(bare, "R-N9", "findings.0.intended_word")
    noted = judged(northants, starred, **spelt, intended_word="fuck")
    assert noted["outcome"] == "accepted"
    assert rules_of(noted) == ["R-N9"]


@pytest.mark.rule("R-N9")
@pytest.mark.parametrize("sub_reason", ["abuse", "threat", "swearing"])
def test_abuse_threats_and_swearing_are_breaches(northants: Scenario, sub_reason: str) -> None:
    answer = judged(northants, category="abusive_threatening", sub_reason=sub_reason)
    assert rules_of(answer) == ["R-N9"]
    odd = judged(northants, category="abusive_threatening", sub_reason="sexual")
    assert refused_for(odd, "R-N9", "findings.0.sub_reason")


@pytest.mark.rule("R-N10")
def test_intimidation_names_whom_it_is_aimed_at(northants: Scenario) -> None:
    aimless = judged(northants, category="intimidatory")
    assert refused_for(aimless, "R-N10", "findings.0.target")
    for kind in ("group", "none", "resident"):
        other = judged(northants, category="intimidatory", target={"kind": kind})
        assert refused_for(other, "R-N10", "findings.0.target")


@pytest.mark.rule("R-N10")
@pytest.mark.parametrize("kind", ["employee", "councillor", "platform_user", "moderation_team"])
def test_staff_members_and_other_users_may_be_the_target(northants: Scenario, kind: str) -> None:
    answer = judged(northants, category="intimidatory", target={"kind": kind})
    assert answer["outcome"] == "accepted"
    assert "R-N10" in rules_of(answer)


@pytest.mark.rule("R-N10")
def test_a_target_named_by_the_flag_need_not_be_named_again(northants: Scenario) -> None:
    answer = judged(northants, {"target": EMPLOYEE}, category="intimidatory")
    assert answer["outcome"] == "accepted"


@pytest.mark.rule("R-N3")
def test_cyber_bullying_is_a_kind_of_intimidation(northants: Scenario) -> None:
    bullying = {"category": "intimidatory", "sub_reason": "cyber_bullying", "target": EMPLOYEE}
    answer = judged(northants, **bullying)
    assert answer["outcome"] == "accepted"
    assert rules_of(answer) == ["R-N10", "R-N3"]


@pytest.mark.rule("R-N11")
def test_inciting_hate_crime_opens_the_report_to_the_platform(northants: Scenario) -> None:
    answer = judged(northants, category="hate_incitement")
    assert rules_of(answer) == ["R-N11"]
    [report] = [d for d in answer["verdict"]["duties"] if d["code"] == "report_platform"]
    assert (report["rule"], report["due"]) == ("R-N33", None)
    assert {"consider_police", "consider_legal"} <= set(codes_of(answer))


@pytest.mark.rule("R-N12")
@pytest.mark.parametrize("sub_reason", ["obscene", "profane", "sexual", None])
def test_obscene_without_explicit_obliges_nobody_to_block(
    northants: Scenario, sub_reason: str | None
) -> None:
    said = {"sub_reason": sub_reason} if sub_reason else {}
    answer = judged(northants, category="obscene", **said)
    assert rules_of(answer) == ["R-N12"]
    assert codes_of(answer) == ["capture_evidence", "ask_removal_public", "ask_removal_direct"]


@pytest.mark.rule("R-N13")
def test_discrimination_names_the_identity_it_is_about(northants: Scenario) -> None:
    bare = judged(northants, category="discriminatory")
    assert refused_for(bare, "R-N13", "findings.0.characteristics")
    named = judged(northants, category="discriminatory", characteristics=["disability"])
    assert named["outcome"] == "accepted"
    assert rules_of(named) == ["R-N13"]


@pytest.mark.rule("R-N14", "R-N24")
def test_promoting_illegal_activity_asks_for_police_and_legal_consideration(
    northants: Scenario,
) -> None:
    answer = judged(northants, category="illegal_activity")
    assert rules_of(answer) == ["R-N14"]
    asked = {d["code"]: d["rule"] for d in answer["verdict"]["duties"] if "consider" in d["code"]}
    assert asked == {"consider_police": "R-N24", "consider_legal": "R-N24"}


@pytest.mark.rule("R-N15")
def test_a_local_business_link_is_advertising_and_no_matter_for_the_police(
    northants: Scenario,
) -> None:
    link = {"item": {"formats": ["link"], "text": "Half-price pizza at Nene Road"}}
    answer = judged(northants, link, category="advertising")
    assert rules_of(answer) == ["R-N15"]
    assert "consider_police" not in codes_of(answer)
    assert "report_platform" not in codes_of(answer)


@pytest.mark.rule("R-N16")
def test_off_topic_is_a_breach_only_where_it_is_completely_so(northants: Scenario) -> None:
    for said in ({}, {"completely": False}):
        partly = judged(northants, category="off_topic", **said)
        assert refused_for(partly, "R-N16", "findings.0.completely")
    wholly = judged(northants, category="off_topic", completely=True)
    assert rules_of(wholly) == ["R-N16"]
    assert codes_of(wholly) == []


@pytest.mark.rule("R-N17")
def test_one_post_alone_is_no_spam(northants: Scenario) -> None:
    alone = judged(northants, category="spam")
    assert refused_for(alone, "R-N17", "linked_incidents")
    northants.given("complete-record", MONDAY, incident=1, linked_incidents=[1])
    spam = {"incident": 1, "findings": [{"category": "spam"}], "viewpoint_neutral": True}
    itself = northants.when("uphold", MONDAY, **spam)
    assert refused_for(itself, "R-N17", "linked_incidents")
    again = judged(northants, {"linked_incidents": [1]}, category="spam")
    assert rules_of(again) == ["R-N17"]
    assert again["outcome"] == "accepted"


@pytest.mark.rule("R-N18", "D-22")
def test_trolling_needs_all_three_elements(northants: Scenario) -> None:
    three = ["controversial", "irrelevant", "off_topic"]
    for some in (None, three[:1], three[:2], three[1:]):
        said = {"elements": some} if some else {}
        part = judged(northants, category="trolling", **said)
        assert refused_for(part, "R-N18", "findings.0.elements")
        assert "D-22" in rules_of(part)
    whole = judged(northants, category="trolling", elements=three)
    assert whole["outcome"] == "accepted"
