"""Ashfield: hate, the police, and what may not be captured."""

from __future__ import annotations

import pytest

from tests.rules.ashfield.histories import (
    HATE,
    block_of,
    events,
    owed,
    recorded_refusals,
)
from tests.scenarios import SWEARING, codes_of, rules_of, types_of

DAY = "2025-03-03"
REFERRAL = {"ground": "suspected_offence", "force": "Nottinghamshire", "legal_basis": "DPA Sch 2"}
UNREFERRED = {"incidents": [1], "reason": "no offence suspected"}


def found_hate(ashfield, **fields):
    incident = ashfield.flagged(DAY)
    asked = {"incident": incident, "findings": HATE, "viewpoint_neutral": True} | fields
    return ashfield.when("uphold", DAY, **asked)


@pytest.mark.rule("R-A33")
@pytest.mark.parametrize(
    "group",
    ["ethnic", "racial", "age", "religious", "gender", "sexual_orientation", "disability"],
)
def test_hate_is_against_one_of_the_seven_groups_named(ashfield, group):
    answer = found_hate(ashfield, findings=[{"category": "hate", "characteristics": [group]}])
    assert (answer["outcome"], rules_of(answer)) == ("accepted", ["R-A33"])


@pytest.mark.rule("R-A33")
@pytest.mark.parametrize("others", [{}, {"characteristics": ["nationality"]}])
def test_hate_without_a_group_of_the_list_is_refused(ashfield, others):
    answer = found_hate(ashfield, findings=[{"category": "hate"} | others])
    assert (answer["outcome"], rules_of(answer)) == ("refused", ["R-A33"])
    assert answer["verdict"]["missing"] == ["findings.0.characteristics"]


@pytest.mark.rule("R-A35")
def test_what_nobody_said_of_its_nature_is_unknown(ashfield):
    found_hate(ashfield)
    assert events(ashfield)[-1]["data"]["apparent_nature"] == "unknown"
    found_hate(ashfield, apparent_nature="criminal")
    assert events(ashfield)[-1]["data"]["apparent_nature"] == "criminal"


@pytest.mark.rule("R-A37")
@pytest.mark.rule("R-A38")
def test_hate_owes_capture_removal_and_the_police(ashfield):
    answer = found_hate(ashfield)
    assert [(d["code"], d["rule"]) for d in answer["verdict"]["duties"]] == [
        ("remove_content", "R-A25"),
        ("capture_evidence", "R-A38"),
        ("refer_police", "R-A38"),
        ("remove_or_block", "R-A37"),
    ]
    closed = ashfield.when("close-incident", DAY, incident=1)
    assert set(rules_of(closed)) == {"R-A25", "R-A37", "R-A38"}
    assert closed["verdict"]["missing"] == [
        "remove_content",
        "unremoved_because",
        "capture_evidence",
        "refer_police",
        "remove_or_block",
    ]
    ashfield.given("capture", DAY, incident=1, held_at="S:/evidence")
    ashfield.given("refer-police", DAY, incidents=[1], **REFERRAL | {"ground": "hate"})
    assert owed(ashfield) == ["remove_content", "remove_or_block"]
    reasoned = ashfield.when("close-incident", DAY, incident=1, unremoved_because="left for trial")
    assert (reasoned["outcome"], rules_of(reasoned)) == ("refused", ["R-A37"])
    assert reasoned["verdict"]["missing"] == ["remove_or_block"]
    ashfield.given("hide", DAY, incident=1)
    ashfield.given("close-incident", DAY, incident=1)


@pytest.mark.rule("R-A37")
def test_a_block_stands_for_removing_hate(ashfield):
    found_hate(ashfield, actor="pat.o", extreme={"reason": "a call to violence"})
    ashfield.given("capture", DAY, incident=1, held_at="S:/evidence")
    ashfield.given("block", DAY, **block_of([1], ground="extreme"))
    assert "remove_or_block" not in owed(ashfield)


@pytest.mark.rule("D-16")
def test_only_the_manager_leaves_hate_unsent(ashfield):
    found_hate(ashfield)
    officer = ashfield.given("not-referred", DAY, **UNREFERRED)
    assert "the referral stays owed" in officer["verdict"]["warnings"][0]
    assert "refer_police" in owed(ashfield)
    ashfield.given("not-referred", DAY, **UNREFERRED, actor="mia.m")
    assert "refer_police" not in owed(ashfield)
    assert ashfield.when("not-referred", DAY, incidents=[1])["outcome"] == "invalid"


@pytest.mark.rule("D-16")
def test_what_looks_non_criminal_is_sent_by_the_manager_only(ashfield):
    found_hate(ashfield, apparent_nature="non_criminal")
    referral = {"incidents": [1]} | REFERRAL | {"ground": "hate"}
    officer = ashfield.when("refer-police", DAY, **referral)
    assert (officer["outcome"], rules_of(officer)) == ("forbidden", ["R-A38", "D-16"])
    assert recorded_refusals(ashfield) == [("refer-police", "forbidden", ["R-A38", "D-16"])]
    assert "refer_police" in owed(ashfield)
    ashfield.given("refer-police", DAY, **referral, actor="mia.m")


@pytest.mark.rule("R-A32")
@pytest.mark.parametrize("ground", ["abuse", "harassment", "suspected_offence"])
def test_the_police_may_be_told_on_three_grounds(ashfield, ground):
    ashfield.upheld(DAY, [{"category": "illegal_activity"}])
    answer = ashfield.given("refer-police", DAY, incidents=[1], **REFERRAL | {"ground": ground})
    assert (types_of(answer), rules_of(answer)) == (["PoliceReferred"], ["R-A32"])
    assert "consider_police" not in owed(ashfield)


@pytest.mark.rule("R-A32")
@pytest.mark.parametrize("lacking", ["ground", "legal_basis", "force"])
def test_a_referral_has_its_ground_and_legal_basis(ashfield, lacking):
    ashfield.upheld(DAY)
    document = {key: value for key, value in REFERRAL.items() if key != lacking}
    answer = ashfield.when("refer-police", DAY, incidents=[1], **document)
    assert (answer["outcome"], answer["errors"][0]["path"]) == ("invalid", lacking)


@pytest.mark.rule("R-A32")
def test_why_something_was_not_sent_is_kept(ashfield):
    ashfield.upheld(DAY)
    answer = ashfield.given("not-referred", DAY, **UNREFERRED)
    assert (types_of(answer), rules_of(answer)) == (["PoliceNotReferred"], ["R-A32"])
    assert events(ashfield)[-1]["data"]["reason"] == "no offence suspected"


@pytest.mark.rule("D-17")
@pytest.mark.parametrize("kind", ["suspected_illegal_image", "terrorist_content"])
def test_what_is_unlawful_to_hold_is_never_captured(ashfield, kind):
    ashfield.flagged(DAY, item={"formats": ["image"], "url": "https://fb.example/1"})
    ground = {
        "ground": kind,
        "description": "what it shows, in words",
        "url": "https://fb.example/1",
    }
    answer = ashfield.given("do-not-capture", DAY, incident=1, **ground)
    assert [(d["code"], d["rule"]) for d in answer["verdict"]["duties"]] == [
        ("refer_police", "D-17"),
        ("report_platform", "D-17"),
    ]
    held = {"incident": 1, "held_at": "S:/evidence", "lawful_to_hold": True}
    refused = ashfield.when("capture", DAY, **held)
    assert (refused["outcome"], rules_of(refused)) == ("refused", ["D-17"])
    assert refused["verdict"]["rules"][0]["force"] == "never"
    assert recorded_refusals(ashfield) == [("capture", "refused", ["D-17"])]
    ashfield.given("report-platform", DAY, incident=1, to="illegal_images_hotline")
    ashfield.given("refer-police", DAY, incidents=[1], **REFERRAL)
    assert owed(ashfield) == ["review_flag"]
    ashfield.given("uphold", DAY, incident=1, findings=SWEARING, viewpoint_neutral=True)
    ashfield.given("delete", DAY, incident=1)


@pytest.mark.rule("D-17")
@pytest.mark.parametrize("kind", ["content_gone", "technical"])
def test_another_reason_for_no_capture_owes_nothing_and_forbids_nothing(ashfield, kind):
    ashfield.flagged(DAY)
    answer = ashfield.given("do-not-capture", DAY, incident=1, ground=kind, description="no button")
    assert codes_of(answer) == []
    ashfield.given("capture", DAY, incident=1, held_at="S:/evidence")


@pytest.mark.rule("R-A17")
@pytest.mark.rule("D-17")
@pytest.mark.parametrize("kind", ["image", "video", "gif", "attachment"])
def test_imagery_is_captured_only_once_it_is_said_to_be_lawful(ashfield, kind):
    ashfield.flagged(DAY, item={"formats": ["text", kind]})
    held = {"incident": 1, "held_at": "S:/evidence"}
    answer = ashfield.when("capture", DAY, **held)
    assert (answer["outcome"], rules_of(answer)) == ("refused", ["D-17"])
    assert answer["verdict"]["missing"] == ["lawful_to_hold"]
    assert [way["command"] for way in answer["verdict"]["instead"]] == ["do-not-capture"]
    assert ashfield.when("capture", DAY, **held, lawful_to_hold=False)["outcome"] != "accepted"
    ashfield.given("capture", DAY, **held, lawful_to_hold=True)


@pytest.mark.rule("R-A10")
@pytest.mark.rule("R-A33")
def test_a_post_is_reported_to_the_platform_once_it_is_a_breach(ashfield):
    ashfield.flagged(DAY)
    answer = ashfield.when("report-platform", DAY, incident=1)
    assert (answer["outcome"], rules_of(answer)) == ("refused", ["R-A10"])
    ashfield.given("uphold", DAY, incident=1, findings=HATE, viewpoint_neutral=True)
    assert rules_of(ashfield.given("report-platform", DAY, incident=1)) == ["R-A10", "R-A33"]
