"""What may be unlawful to hold is never captured: it is described, and others are told (D-17)."""

from __future__ import annotations

import pytest

from tests.scenarios import Scenario, codes_of, rules_of

DAY = "2026-03-02"


@pytest.mark.rule("D-17", "D-16")
def test_what_may_be_unlawful_to_hold_is_never_captured_and_is_told_at_once(
    northants: Scenario,
) -> None:
    incident = northants.flagged(DAY, item={"formats": ["image"], "url": "https://fb.example/1"})
    image = {"incident": incident, "held_at": "S:/evidence"}
    unasked = northants.when("capture", DAY, **image)
    assert (unasked["outcome"], rules_of(unasked)) == ("refused", ["D-17"])
    assert unasked["verdict"]["missing"] == ["lawful_to_hold"]
    assert [way["command"] for way in unasked["verdict"]["instead"]] == ["do-not-capture"]
    suspected = {"ground": "suspected_illegal_image", "description": "seen at the link only"}
    told = northants.given("do-not-capture", DAY, incident=incident, **suspected)
    owed = [(duty["code"], duty["rule"]) for duty in told["verdict"]["duties"]]
    assert owed == [("refer_police", "D-17"), ("report_platform", "D-17")]
    banned = northants.when("capture", DAY, **image, lawful_to_hold=True)
    assert (banned["outcome"], rules_of(banned)) == ("refused", ["D-17"])
    assert banned["verdict"]["rules"][0]["force"] == "never"
    assert [event["type"] for event in banned["events"]] == ["RefusalRecorded"]
    northants.given("not-referred", DAY, incidents=[incident], reason="not sure")
    assert len(northants.duties(code="refer_police")) == 1
    northants.given(
        "not-referred", DAY, incidents=[incident], reason="a known film still", actor="mia.m"
    )
    assert northants.duties(code="refer_police") == []


@pytest.mark.rule("D-17")
@pytest.mark.parametrize("ground", ["content_gone", "technical"])
def test_a_capture_that_merely_failed_may_be_made_good(northants: Scenario, ground: str) -> None:
    incident = northants.flagged(DAY)
    failed = {"incident": incident, "ground": ground, "description": "the page did not load"}
    assert codes_of(northants.given("do-not-capture", DAY, **failed)) == []
    northants.given("capture", DAY, incident=incident, held_at="S:/evidence")
