"""The same item before both councils: what is a breach of which policy, and what it then owes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.rules.both import DAY, Both, both_councils
from tests.scenarios import codes_of, rules_of

THREAT = {"category": "abusive_threatening", "sub_reason": "threat"}
SWEARING = {"category": "abusive_threatening", "sub_reason": "swearing"}
AT_STAFF = {"category": "intimidatory", "target": {"kind": "employee"}}


@pytest.fixture
def both(tmp_path: Path) -> Iterator[Both]:
    with both_councils(tmp_path) as made:
        yield made


@pytest.mark.rule("R-A16", "R-A33", "R-A34", "R-N9", "R-N10", "R-N11")
@pytest.mark.parametrize(
    ("finding", "outcomes"),
    [
        ({"category": "personal_individual"}, ("accepted", "refused")),
        ({"category": "personal_attack"}, ("accepted", "refused")),
        ({"category": "hate", "characteristics": ["religion"]}, ("accepted", "refused")),
        ({"category": "hate_incitement"}, ("refused", "accepted")),
        (AT_STAFF, ("refused", "accepted")),
        (
            {
                "category": "abusive_threatening",
                "sub_reason": "adapted_spelling",
                "intended_word": "fuck",
            },
            ("refused", "accepted"),
        ),
        ({"category": "defamatory_false", "sub_reason": "slanderous"}, ("refused", "accepted")),
        ({"category": "off_topic"}, ("accepted", "refused")),
    ],
    ids=lambda value: value.get("sub_reason", value["category"]) if "category" in value else "",
)
def test_some_breaches_are_breaches_at_one_only(
    both: Both, finding: dict[str, Any], outcomes: tuple[str, str]
) -> None:
    ashfield, northants = both.judged(finding)
    assert (ashfield["outcome"], northants["outcome"]) == outcomes


@pytest.mark.rule("R-A33", "R-N37")
@pytest.mark.parametrize(
    ("characteristic", "outcomes"),
    [
        ("age", ("accepted", "refused")),
        ("gender", ("accepted", "refused")),
        ("gender_identity", ("refused", "accepted")),
        ("nationality", ("refused", "accepted")),
        ("belief", ("refused", "accepted")),
        ("religion", ("accepted", "accepted")),
        ("disability", ("accepted", "accepted")),
        ("sexual_orientation", ("accepted", "accepted")),
    ],
)
def test_hate_is_about_other_groups_at_each(
    both: Both, characteristic: str, outcomes: tuple[str, str]
) -> None:
    named = {"characteristics": [characteristic]}
    ashfield = both.judged({"category": "hate", **named})[0]
    northants = both.judged({"category": "hate_incitement", **named})[1]
    assert (ashfield["outcome"], northants["outcome"]) == outcomes


@pytest.mark.rule("R-A38", "R-N33", "R-N11", "D-16")
def test_hate_goes_to_the_police_at_one_and_to_the_platform_at_the_other(both: Both) -> None:
    ashfield = both.judged({"category": "hate", "characteristics": ["religion"]})[0]
    northants = both.judged({"category": "hate_incitement", "characteristics": ["religion"]})[1]
    sent = {"refer_police", "consider_police", "report_platform"}
    assert sent & set(codes_of(ashfield)) == {"refer_police"}
    assert sent & set(codes_of(northants)) == {"consider_police", "report_platform"}
    closed = both.told("not-referred", incidents=[1], reason="no offence suspected")
    assert [answer["outcome"] for answer in closed] == ["accepted", "accepted"]
    assert len(both.ashfield.duties(code="refer_police")) == 1
    both.northants.given("not-referred", DAY, incidents=[2], reason="no offence suspected")
    assert both.northants.duties(code="consider_police") == []


@pytest.mark.rule("R-A38", "R-N23")
def test_a_screenshot_is_owed_for_hate_at_one_and_for_any_breach_at_the_other(both: Both) -> None:
    for council in both:
        council.flagged(DAY)
    found = {"incident": 1, "findings": [SWEARING], "viewpoint_neutral": True}
    answers = both.told("uphold", **found)
    assert ["capture_evidence" in codes_of(answer) for answer in answers] == [False, True]


@pytest.mark.rule("R-A15", "R-N24", "R-N33")
def test_a_threat_is_told_to_the_platform_and_to_lawyers_at_one_only(both: Both) -> None:
    ashfield, northants = (set(codes_of(answer)) for answer in both.judged(THREAT))
    others = {"consider_police", "consider_legal", "report_platform"}
    assert others & ashfield == {"consider_police"}
    assert others & northants == others


@pytest.mark.rule("R-A50", "R-N42", "R-N45")
@pytest.mark.parametrize(
    ("ground", "outcomes"),
    [
        ("pre_election", ("refused", "accepted")),
        ("protect_person", ("refused", "accepted")),
        ("reserved_power", ("accepted", "refused")),
    ],
)
def test_without_a_breach_each_removes_on_its_own_grounds(
    both: Both, ground: str, outcomes: tuple[str, str]
) -> None:
    window = {"kind": "pre_election", "name": "council", "reason": "notice"}
    dates = {"from": "2026-03-01", "until": "2026-05-07"}
    for council in both:
        council.given("declare-period", "2026-02-01", actor="mia.m", **window, **dates)
        number = council.flagged(DAY)
        council.given("capture", DAY, incident=number, held_at="S:/evidence")
    hide = {"incident": 1, "ground": ground, "reason": "as said", "viewpoint_neutral": True}
    assert both.outcomes("hide", actor="mia.m", **hide) == outcomes


@pytest.mark.rule("R-A39", "R-N46", "D-18", "D-19")
def test_on_friday_at_ten_to_five_one_office_is_open_and_the_other_closed(both: Both) -> None:
    """A duty due on a Friday shows when each office closes that day."""
    friday = "2026-03-06"
    both.blocked()
    reviewed = both.told("review-block", block=1, reasons="still needed", review_on=friday)
    due = [answer["verdict"]["duties"][0]["due"] for answer in reviewed]
    assert due == [f"{friday}T17:00:00+00:00", f"{friday}T16:45:00+00:00"]


@pytest.mark.rule("R-A11", "R-N16")
def test_being_off_topic_must_be_complete_at_one_only_and_is_a_strike_at_neither(
    both: Both,
) -> None:
    partly = both.judged({"category": "off_topic"})
    assert [rules_of(answer) for answer in partly] == [["R-A11"], ["R-N16"]]
    assert [answer["outcome"] for answer in partly] == ["accepted", "refused"]
    wholly = both.judged({"category": "off_topic", "completely": True})
    assert [codes_of(answer) for answer in wholly] == [[], []]
