"""Evidence, police, lawyers and platforms at North Northamptonshire: what is owed, and to whom."""

from __future__ import annotations

from typing import Any

import pytest

from tests.rules.northants.steps import events
from tests.scenarios import SWEARING, Scenario, codes_of, rules_of

DAY = "2026-03-02"
THREAT = [{"category": "abusive_threatening", "sub_reason": "threat"}]
HATE = [{"category": "hate_incitement", "characteristics": ["religion"]}]
INTIMIDATORY = [{"category": "intimidatory", "target": {"kind": "employee"}}]
DISCRIMINATORY = [{"category": "discriminatory", "characteristics": ["disability"]}]
ILLEGAL = [{"category": "illegal_activity"}]
OFFICERS: dict[str, Any] = {"force": "Northamptonshire Police", "legal_basis": "DPA 2018 sch 2"}


def owed_after(council: Scenario, findings: list[dict[str, Any]], **marks: Any) -> dict[str, str]:
    """What upholding these findings owes, by code, besides evidence and asking: the rules."""
    incident = council.flagged(DAY)
    found = {"incident": incident, "findings": findings, "viewpoint_neutral": True}
    answer = council.given("uphold", DAY, **found, **marks)
    duties = answer["verdict"]["duties"]
    assert [duty for duty in duties if duty["due"]] == []
    usual = {"capture_evidence", "ask_removal_public", "ask_removal_direct"}
    assert usual <= set(codes_of(answer))
    return {duty["code"]: duty["rule"] for duty in duties if duty["code"] not in usual}


@pytest.mark.rule("R-N24", "R-N33", "R-N11")
@pytest.mark.parametrize(
    ("findings", "owed"),
    [
        (SWEARING, {}),
        (INTIMIDATORY, {"consider_police": "R-N24", "consider_legal": "R-N24"}),
        (DISCRIMINATORY, {"consider_police": "R-N24", "consider_legal": "R-N24"}),
        (ILLEGAL, {"consider_police": "R-N24", "consider_legal": "R-N24"}),
        (
            THREAT,
            {"consider_police": "R-N24", "consider_legal": "R-N24", "report_platform": "R-N33"},
        ),
        (
            HATE,
            {"consider_police": "R-N33", "consider_legal": "R-N11", "report_platform": "R-N33"},
        ),
    ],
    ids=["swearing", "intimidatory", "discriminatory", "illegal", "threat", "hate"],
)
def test_what_a_finding_owes_depends_on_what_it_is(
    northants: Scenario, findings: list[dict[str, Any]], owed: dict[str, str]
) -> None:
    assert owed_after(northants, findings) == owed


@pytest.mark.rule("R-N23", "R-N24", "R-N33")
def test_a_threat_is_not_closed_while_anything_is_owed(northants: Scenario) -> None:
    owed_after(northants, THREAT)
    steps: list[tuple[str, dict[str, Any], str]] = [
        ("capture", {"incident": 1, "held_at": "S:/evidence"}, "R-N23"),
        ("report-platform", {"incident": 1}, "R-N33"),
        ("not-referred", {"incidents": [1], "reason": "no intent"}, "R-N24"),
        ("consider-legal", {"incidents": [1], "outcome": "none", "reason": "a first"}, "R-N24"),
        ("removal-honoured", {"incident": 1}, "R-N20"),
    ]
    for command, told, rule in steps:
        closed = northants.when("close-incident", DAY, incident=1)
        assert closed["outcome"] == "refused"
        assert rule in rules_of(closed)
        northants.given(command, DAY, **told)
    northants.given("close-incident", DAY, incident=1)


@pytest.mark.rule("R-N23")
def test_a_reason_why_there_is_no_evidence_stands_for_it(northants: Scenario) -> None:
    owed_after(northants, SWEARING)
    gone = {"incident": 1, "ground": "content_gone", "description": "deleted before we could"}
    northants.given("do-not-capture", DAY, **gone)
    assert northants.duties(code="capture_evidence") == []


@pytest.mark.rule("R-N23")
def test_anything_may_be_captured_also_what_is_no_breach(northants: Scenario) -> None:
    incident = northants.flagged(DAY)
    northants.given("capture", DAY, incident=incident, held_at="S:/evidence")
    northants.given("dismiss", DAY, incident=incident, reason="no_breach")


@pytest.mark.rule("R-N24", "R-N33")
def test_the_police_are_a_choice_and_either_answer_settles_it(northants: Scenario) -> None:
    for answer_, told in (
        ("refer-police", {"ground": "suspected_offence", **OFFICERS}),
        ("not-referred", {"reason": "the victim asks us not to"}),
    ):
        owed_after(northants, HATE)
        number = len(events(northants, "CommentFlagged"))
        northants.given(answer_, DAY, incidents=[number], **told)
        left = [d for d in northants.duties() if d["about"] == {"incident": number}]
        assert "consider_police" not in {duty["code"] for duty in left}
        assert "consider_legal" in {duty["code"] for duty in left}


@pytest.mark.rule("R-N24")
def test_what_was_considered_is_recorded_with_its_reason(northants: Scenario) -> None:
    owed_after(northants, ILLEGAL)
    for command in ("not-referred", "consider-legal"):
        outcome = {"outcome": "none"} if command == "consider-legal" else {}
        bare = northants.when(command, DAY, incidents=[1], **outcome)
        assert bare["outcome"] == "invalid"
        assert [error["path"] for error in bare["errors"]] == ["reason"]


@pytest.mark.rule("D-24", "R-N33")
@pytest.mark.parametrize("platform", ["facebook", "x", "instagram"])
def test_the_platform_where_it_was_posted_is_told(northants: Scenario, platform: str) -> None:
    northants.upheld(DAY, THREAT, account={"platform": platform, "handle": "oak.leaf"})
    [report] = northants.duties(code="report_platform")
    assert report["rule"] == "R-N33"
    answer = northants.given("report-platform", DAY, incident=1)
    assert rules_of(answer) == ["R-N33", "D-24"]
    assert northants.duties(code="report_platform") == []
    [told] = events(northants, "PlatformReported")
    assert told["data"] == {"incident": 1, "to": "platform", "what": "content"}


@pytest.mark.rule("R-N33")
def test_a_text_message_has_no_platform_to_tell(northants: Scenario) -> None:
    sms = {"platform": "sms", "handle": "07700 900123"}
    northants.upheld(DAY, THREAT, account=sms, item={"kind": "text_message"})
    owed = {duty["code"] for duty in northants.duties()}
    assert owed == {"consider_police", "consider_legal"}


@pytest.mark.rule("D-16")
def test_what_looks_no_crime_goes_to_the_police_by_the_manager_only(northants: Scenario) -> None:
    incident = northants.upheld(DAY, HATE, apparent_nature="non_criminal")
    referral = {"incidents": [incident], "ground": "hate", **OFFICERS}
    answer = northants.when("refer-police", DAY, **referral)
    assert (answer["outcome"], rules_of(answer)) == ("forbidden", ["D-16"])
    assert len(events(northants, "RefusalRecorded")) == 1
    allowed = northants.given("refer-police", DAY, **referral, actor="mia.m")
    assert rules_of(allowed) == ["R-N33"]
