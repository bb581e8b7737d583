"""Ashfield: what is a breach, what each category asks, and what follows from finding one."""

from __future__ import annotations

import pytest

from tests.rules.ashfield.histories import events, owed, recorded_refusals, refused, upholding
from tests.scenarios import rules_of

DAY = "2025-03-03"
EVERY_REMOVAL = [("remove_content", "R-A25")]


def raised(answer):
    return [(duty["code"], duty["rule"]) for duty in answer["verdict"]["duties"]]


@pytest.mark.rule("R-A3")
@pytest.mark.rule("R-A7")
@pytest.mark.parametrize("category", ["criticises_the_council", "disrespectful"])
def test_criticism_or_disrespect_alone_is_no_ground(ashfield, category):
    answer = upholding(ashfield, {"category": category})
    assert refused(answer, ["R-A3", "R-A7"], ["findings.0.category"])
    assert [way["command"] for way in answer["verdict"]["instead"]] == ["dismiss"]
    assert answer["verdict"]["rules"][0]["force"] == "never"
    assert recorded_refusals(ashfield) == [("uphold", "refused", ["R-A3", "R-A7"])]
    assert answer["events"][0]["type"] == "RefusalRecorded"
    ashfield.given("dismiss", DAY, incident=1, reason="no_breach")
    assert owed(ashfield) == []


@pytest.mark.rule("R-A5")
@pytest.mark.rule("R-A15")
@pytest.mark.parametrize("sub_reason", ["swearing", "abuse", "threat", None])
def test_abusive_words_are_a_category_with_three_sub_reasons(ashfield, sub_reason):
    finding = {"category": "abusive_threatening"}
    answer = upholding(ashfield, finding | ({"sub_reason": sub_reason} if sub_reason else {}))
    assert (answer["outcome"], rules_of(answer)) == ("accepted", ["R-A15", "R-A5"])
    threat = [("consider_police", "R-A15")] if sub_reason == "threat" else []
    assert raised(answer) == EVERY_REMOVAL + threat


@pytest.mark.rule("R-A15")
def test_a_sub_reason_of_the_other_council_is_refused(ashfield):
    answer = upholding(
        ashfield, {"category": "abusive_threatening", "sub_reason": "adapted_spelling"}
    )
    assert refused(answer, ["R-A15", "R-A5"], ["findings.0.sub_reason"])


@pytest.mark.rule("R-A11")
def test_an_off_topic_comment_may_be_hidden_but_is_no_strike(ashfield):
    answer = upholding(ashfield, {"category": "off_topic"})
    assert (answer["outcome"], rules_of(answer), raised(answer)) == ("accepted", ["R-A11"], [])
    assert events(ashfield)[-1]["data"]["strike"] is False
    ashfield.given("hide", DAY, incident=1)


@pytest.mark.rule("R-A12")
@pytest.mark.rule("R-A17")
@pytest.mark.parametrize("sub_reason", ["obscene", "profane", "sexual"])
def test_obscene_content_is_owed_a_removal_or_a_reason(ashfield, sub_reason):
    answer = upholding(ashfield, {"category": "obscene", "sub_reason": sub_reason})
    assert rules_of(answer) == ["R-A17"]
    assert raised(answer) == [("remove_content", "R-A12")]
    closed = ashfield.when("close-incident", DAY, incident=1)
    assert refused(closed, ["R-A12"], ["remove_content", "unremoved_because"])
    assert owed(ashfield) == ["remove_content"]
    ashfield.given("close-incident", DAY, incident=1, unremoved_because="a quotation from Chaucer")
    assert owed(ashfield) == []


@pytest.mark.rule("R-A14")
@pytest.mark.parametrize(
    ("finding", "missing"),
    [
        ({}, ["sub_reason"]),
        ({"sub_reason": "false"}, ["true_facts", "fact_source"]),
        ({"sub_reason": "misleading", "true_facts": "The bins came"}, ["fact_source"]),
        ({"sub_reason": "slanderous"}, ["sub_reason"]),
    ],
)
def test_a_false_post_needs_its_kind_the_truth_and_its_source(ashfield, finding, missing):
    answer = upholding(ashfield, {"category": "defamatory_false"} | finding)
    assert refused(answer, ["R-A14"], [f"findings.0.{field}" for field in missing])


@pytest.mark.rule("R-A14")
@pytest.mark.parametrize(
    "finding",
    [
        {"sub_reason": "defamatory"},
        {"sub_reason": "false", "true_facts": "The bins came", "fact_source": "crew log"},
    ],
)
def test_a_false_post_with_the_truth_is_upheld(ashfield, finding):
    answer = upholding(ashfield, {"category": "defamatory_false"} | finding)
    assert (answer["outcome"], raised(answer)) == ("accepted", EVERY_REMOVAL)


@pytest.mark.rule("R-A16")
@pytest.mark.rule("D-23")
def test_criticising_an_official_act_is_no_personal_comment(ashfield):
    finding = {"category": "personal_individual", "target": {"kind": "councillor", "name": "X"}}
    answer = upholding(ashfield, finding | {"elements": ["official_act"]})
    assert refused(answer, ["D-23"], ["findings.0.elements"])
    for element in ("attack", "private_data"):
        accepted = upholding(ashfield, finding | {"elements": [element]})
        assert (accepted["outcome"], rules_of(accepted)) == ("accepted", ["R-A16"])


@pytest.mark.rule("R-A18")
def test_discrimination_names_the_protected_characteristics(ashfield):
    answer = upholding(ashfield, {"category": "discriminatory"})
    assert refused(answer, ["R-A18", "R-A5"], ["findings.0.characteristics"])
    hair = upholding(ashfield, {"category": "discriminatory", "characteristics": ["hair_colour"]})
    assert hair["outcome"] == "refused"
    both = {"category": "discriminatory", "characteristics": ["religion", "pregnancy_maternity"]}
    assert upholding(ashfield, both)["outcome"] == "accepted"
    [kept] = events(ashfield)[-1]["data"]["findings"]
    assert kept["characteristics"] == ["pregnancy_maternity", "religious"]


@pytest.mark.rule("R-A19")
def test_promoting_crime_asks_for_an_answer_about_the_police(ashfield):
    answer = upholding(ashfield, {"category": "illegal_activity"})
    assert raised(answer) == [*EVERY_REMOVAL, ("consider_police", "R-A19")]
    ashfield.given("hide", DAY, incident=1)
    closed = ashfield.when("close-incident", DAY, incident=1)
    assert refused(closed, ["R-A19"], ["consider_police"])
    ashfield.given("not-referred", DAY, incidents=[1], reason="a joke about jaywalking")
    ashfield.given("close-incident", DAY, incident=1)


@pytest.mark.rule("R-A20")
def test_advertising_has_neither_police_nor_hate_duties(ashfield):
    answer = upholding(ashfield, {"category": "advertising"})
    assert (rules_of(answer), raised(answer)) == (["R-A20"], EVERY_REMOVAL)


@pytest.mark.rule("R-A21")
def test_one_post_is_no_spam(ashfield):
    assert refused(upholding(ashfield, {"category": "spam"}), ["R-A21"], ["linked_incidents"])
    itself = ashfield.flagged(DAY)
    ashfield.given("complete-record", DAY, incident=itself, linked_incidents=[itself])
    spam = {"findings": [{"category": "spam"}], "viewpoint_neutral": True}
    assert ashfield.when("uphold", DAY, incident=itself, **spam)["outcome"] == "refused"
    second = ashfield.flagged(DAY, linked_incidents=[1])
    ashfield.given("uphold", DAY, incident=second, **spam)


@pytest.mark.rule("R-A22")
@pytest.mark.rule("D-22")
@pytest.mark.parametrize(
    ("elements", "outcome"),
    [
        (None, "refused"),
        (["controversial"], "refused"),
        (["controversial", "off_topic"], "refused"),
        (["irrelevant", "off_topic"], "refused"),
        (["off_topic", "irrelevant", "controversial"], "accepted"),
    ],
)
def test_trolling_needs_all_three_elements(ashfield, elements, outcome):
    answer = upholding(
        ashfield, {"category": "trolling"} | ({"elements": elements} if elements else {})
    )
    assert (answer["outcome"], rules_of(answer)) == (outcome, ["R-A22", "D-22"])
    assert answer["verdict"]["missing"] == (
        [] if outcome == "accepted" else ["findings.0.elements"]
    )


@pytest.mark.rule("R-A34")
def test_a_personal_attack_needs_no_group_and_no_characteristic(ashfield):
    answer = upholding(ashfield, {"category": "personal_attack"})
    assert (answer["outcome"], rules_of(answer)) == ("accepted", ["R-A34"])
    assert raised(answer) == EVERY_REMOVAL


def test_a_refusal_names_every_fault_of_every_finding(ashfield):
    answer = upholding(
        ashfield,
        {"category": "trolling"},
        {"category": "spam"},
        {"category": "discriminatory"},
        viewpoint_neutral=False,
    )
    assert rules_of(answer) == ["R-A4", "R-A22", "D-22", "R-A21", "R-A18", "R-A5"]
    assert answer["verdict"]["missing"] == [
        "findings.0.elements",
        "linked_incidents",
        "findings.2.characteristics",
    ]
