"""Ashfield: when an account may be blocked, by whom, and what a block then owes."""

from __future__ import annotations

import pytest

from tests.rules.ashfield.histories import (
    block_of,
    blocked,
    events,
    owed,
    recorded_refusals,
    twice_upheld_and_hidden,
)
from tests.scenarios import PROPORTIONATE, SWEARING, rules_of, types_of

DAY = "2025-03-03"
EXTREME = {"ground": "extreme", "reason": "a threat to kill"}


def once_upheld_and_hidden(ashfield, findings=None):
    incident = ashfield.upheld(DAY, findings)
    ashfield.given("hide", DAY, incident=incident)
    return incident


@pytest.mark.rule("R-A26")
@pytest.mark.rule("R-A30")
def test_behaviour_that_continues_may_be_blocked(ashfield):
    incidents = twice_upheld_and_hidden(ashfield, DAY)
    answer = ashfield.given("block", DAY, **block_of(incidents))
    assert types_of(answer) == ["Blocked"]
    assert answer["events"][0]["block"] == 1
    assert rules_of(answer) == ["R-A26", "R-A30"]
    assert events(ashfield)[-1]["actor"] == {"id": "jo.p", "role": "officer", "kind": "person"}
    assert events(ashfield)[-1]["data"]["incidents"] == incidents


@pytest.mark.rule("R-A23")
def test_hiding_comes_before_blocking(ashfield):
    ashfield.upheld(DAY)
    seen = ashfield.upheld(DAY)
    answer = ashfield.when("block", DAY, **block_of([seen]))
    assert (answer["outcome"], rules_of(answer)) == ("refused", ["R-A23"])
    assert answer["verdict"]["missing"] == ["hide"]
    assert [way["command"] for way in answer["verdict"]["instead"]] == ["hide", "delete"]
    ashfield.given("content-gone", DAY, incident=seen, by="author")
    ashfield.given("block", DAY, **block_of([seen]))


@pytest.mark.rule("R-A10")
@pytest.mark.rule("R-A30")
def test_every_listed_incident_is_upheld_and_captured(ashfield):
    ashfield.upheld(DAY)
    flagged = ashfield.flagged(DAY)
    answer = ashfield.when("block", DAY, **block_of([flagged]))
    assert rules_of(answer) == ["R-A10", "R-A30", "R-A23"]
    assert answer["verdict"]["missing"] == ["uphold", "capture", "hide"]
    none = ashfield.when("block", DAY, **block_of([]))
    assert (rules_of(none), none["verdict"]["missing"]) == (["R-A26"], ["incidents"])


@pytest.mark.rule("R-A30")
@pytest.mark.parametrize("actor", ["col.c", "aud.i", "sam.d", "rex.r", "admin", "nobody"])
def test_only_the_communications_team_decides_a_block(ashfield, actor):
    incidents = twice_upheld_and_hidden(ashfield, DAY)
    answer = ashfield.when("block", DAY, **block_of(incidents), actor=actor)
    assert (answer["outcome"], rules_of(answer)) == ("forbidden", ["R-A30"])
    assert recorded_refusals(ashfield) == [("block", "forbidden", ["R-A30"])]


@pytest.mark.rule("R-A13")
@pytest.mark.rule("D-9")
def test_a_swear_word_blocks_nobody_by_itself(ashfield):
    for _ in range(3):
        ashfield.upheld(DAY)
    assert "Blocked" not in {e["type"] for e in events(ashfield)}
    assert set(owed(ashfield)) == {"remove_content"}
    assert ashfield.appeals("2026-01-01") == []


@pytest.mark.rule("R-A29")
def test_the_reserved_power_blocks_without_an_earlier_incident(ashfield):
    incident = once_upheld_and_hidden(ashfield)
    power = block_of([incident], ground="reserved_power")
    for lacking in ("reason", "proportionality"):
        document = {key: value for key, value in power.items() if key != lacking}
        answer = ashfield.when("block", DAY, **document, actor="mia.m")
        assert answer["outcome"] == "invalid"
        assert [error["path"] for error in answer["errors"]] == [lacking]
    officer = ashfield.when("block", DAY, **power)
    assert (officer["outcome"], rules_of(officer)) == ("forbidden", ["R-A29", "R-A50", "R-A30"])
    answer = ashfield.given("block", DAY, **power, actor="mia.m")
    assert rules_of(answer) == ["R-A29", "R-A50", "R-A30"]
    assert [block["ground"] for block in ashfield.appeals(DAY)] == ["reserved_power"]


@pytest.mark.rule("R-A30")
def test_the_reserved_power_needs_evidence_of_what_it_lists(ashfield):
    incident = ashfield.flagged(DAY)
    finding = {"findings": SWEARING, "viewpoint_neutral": True}
    ashfield.given("uphold", DAY, incident=incident, **finding)
    power = block_of([incident], ground="reserved_power")
    answer = ashfield.when("block", DAY, **power, actor="mia.m")
    assert (answer["outcome"], rules_of(answer)) == ("refused", ["R-A30"])
    assert answer["verdict"]["missing"] == ["capture"]


@pytest.mark.rule("R-A4")
@pytest.mark.rule("R-A50")
def test_the_reserved_power_on_no_incident_needs_the_viewpoint_answer(ashfield):
    ashfield.flagged(DAY)
    power = block_of([], ground="reserved_power")
    answer = ashfield.when("block", DAY, **power, actor="mia.m")
    assert (answer["outcome"], rules_of(answer)) == ("refused", ["R-A4"])
    assert answer["verdict"]["missing"] == ["viewpoint_neutral"]
    no = ashfield.when("block", DAY, **power, actor="mia.m", viewpoint_neutral=False)
    assert (no["outcome"], rules_of(no)) == ("refused", ["R-A4"])
    ashfield.given("block", DAY, **power, actor="mia.m", viewpoint_neutral=True)


def test_scope_channel_and_length_are_the_policys(ashfield):
    incidents = twice_upheld_and_hidden(ashfield, DAY)
    for wrong, rules, missing in (
        ({"scope": "commenting"}, ["R-A26"], ["scope"]),
        ({"channels": ["facebook", "tiktok"]}, ["R-A2"], ["channels.1"]),
        ({"length": {"kind": "permanent"}}, ["SILENT-BLOCK-LENGTH"], ["length.kind"]),
        ({"ground": "persistent"}, ["SILENT-BLOCK-GROUND"], ["ground"]),
    ):
        answer = ashfield.when("block", DAY, **block_of(incidents) | wrong)
        assert (answer["outcome"], rules_of(answer)) == ("refused", rules)
        assert answer["verdict"]["missing"] == missing


def test_a_second_block_needs_a_channel_that_the_first_lacks(ashfield):
    incidents = twice_upheld_and_hidden(ashfield, DAY)
    ashfield.given("block", DAY, **block_of(incidents, channels=["facebook"]))
    same = ashfield.when("block", DAY, **block_of(incidents, channels=["facebook"]))
    assert (same["outcome"], rules_of(same)) == ("refused", ["STATE"])
    assert "Block 1" in same["why"][0]
    wider = ashfield.given("block", DAY, **block_of(incidents))
    assert wider["events"][0]["block"] == 2


def test_what_a_block_owes(ashfield):
    answer = blocked(ashfield, "2026-04-02T15:00:00+00:00", review_on="2026-05-23")
    assert [(d["code"], d["rule"], d["about"], d["due"]) for d in answer["verdict"]["duties"]] == [
        ("tell_service_director", "R-A31", {"block": 1}, "2026-04-07T16:00:00+00:00"),
        ("apply_block", "R-A26", {"block": 1, "channel": "facebook"}, None),
        ("apply_block", "R-A26", {"block": 1, "channel": "x"}, None),
        ("review_block", "R-A26", {"block": 1}, "2026-05-26T16:00:00+00:00"),
    ]
    assert events(ashfield)[-1]["data"]["proportionality"] == PROPORTIONATE
    ashfield.given("review-block", "2026-05-22", block=1, reasons="still needed")
    ashfield.given("apply-block", "2026-04-03", block=1, channel="x", result="failed", failure="?")
    assert owed(ashfield) == ["apply_block", "apply_block", "tell_service_director"]
    ashfield.given("apply-block", "2026-04-03", block=1, channel="x", result="applied")
    ashfield.given(
        "not-possible",
        "2026-04-03",
        action="apply-block",
        block=1,
        channel="facebook",
        reason="gone",
    )
    assert owed(ashfield) == ["tell_service_director"]
    [row] = ashfield.appeals("2026-05-01")
    assert [c["state"] for c in row["channels"]] == ["not_possible", "applied"]
