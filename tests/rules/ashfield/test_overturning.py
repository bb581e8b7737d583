"""Ashfield: a finding that was wrong is taken back, with all that it led to."""

from __future__ import annotations

import pytest

from tests.rules.ashfield.histories import (
    HATE,
    appeal,
    block_of,
    blocked,
    events,
    owed,
    twice_upheld_and_hidden,
)
from tests.scenarios import codes_of, rules_of, types_of

DAY, LATER = "2025-03-03", "2025-03-10"
WRONG = {"because": "error", "reasons": "another account wrote it"}


@pytest.mark.rule("R-A26")
def test_a_standing_block_that_lists_it_is_looked_at_again(ashfield):
    incidents = twice_upheld_and_hidden(ashfield, DAY)
    ashfield.given("block", DAY, **block_of(incidents))
    answer = ashfield.given("overturn", LATER, incident=incidents[1], **WRONG)
    assert [(d["code"], d["rule"], d["about"]) for d in answer["verdict"]["duties"]] == [
        ("restore_post", "R-A10", {"incident": 2}),
        ("review_block", "R-A26", {"block": 1}),
    ]
    ashfield.given("review-block", LATER, block=1, reasons="stands on the other incident")
    assert "review_block" not in owed(ashfield)


@pytest.mark.rule("R-A38")
def test_the_duties_that_the_finding_raised_end_with_it(ashfield):
    ashfield.flagged(DAY)
    ashfield.given("uphold", DAY, incident=1, findings=HATE, viewpoint_neutral=True)
    assert len(owed(ashfield)) == 4
    answer = ashfield.given("overturn", LATER, incident=1, **WRONG)
    assert (codes_of(answer), owed(ashfield)) == ([], [])
    assert len(events(ashfield)[-1]["discharges"]) == 4
    ashfield.given("close-incident", LATER, incident=1)


@pytest.mark.rule("R-A10")
def test_what_was_deleted_cannot_be_restored_and_that_is_said(ashfield):
    ashfield.given("delete", DAY, incident=ashfield.upheld(DAY))
    ashfield.given("overturn", LATER, incident=1, **WRONG)
    answer = ashfield.when("restore", LATER, incident=1, reason="the finding fell")
    assert (answer["outcome"], rules_of(answer)) == ("refused", ["STATE"])
    assert [way["command"] for way in answer["verdict"]["instead"]] == ["not-possible"]
    assert owed(ashfield) == ["restore_post"]
    ashfield.given("not-possible", LATER, action="restore", incident=1, reason="it was deleted")
    assert owed(ashfield) == []


def test_a_finding_is_not_dismissed_but_overturned(ashfield):
    incident = ashfield.upheld(DAY)
    answer = ashfield.when("dismiss", LATER, incident=incident, reason="mistaken")
    assert (answer["outcome"], rules_of(answer)) == ("refused", ["STATE"])
    assert [way["command"] for way in answer["verdict"]["instead"]] == ["overturn"]
    ashfield.given("overturn", LATER, incident=incident, **WRONG)
    twice = ashfield.when("overturn", LATER, incident=incident, **WRONG)
    assert (twice["outcome"], rules_of(twice)) == ("refused", ["STATE"])


@pytest.mark.rule("R-A28")
def test_an_early_or_ended_appeal_is_no_occasion_for_a_reversal(ashfield):
    blocked(ashfield, f"{DAY}T10:00:00+00:00")
    ashfield.given("file-appeal", LATER, **appeal(LATER))
    because = {"block": 1, "because": "appeal", "appeal": 1, "reasons": "fair"}
    answer = ashfield.when("agree-reversal", LATER, **because, actor="mia.m")
    assert (answer["outcome"], rules_of(answer)) == ("refused", ["STATE"])
    assert types_of(answer) == []
    nameless = {"block": 1, "because": "appeal", "reasons": "fair"}
    invalid = ashfield.when("agree-reversal", LATER, **nameless, actor="mia.m")
    assert (invalid["outcome"], invalid["errors"][0]["path"]) == ("invalid", "appeal")
