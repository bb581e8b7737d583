"""Ashfield: nobody is told that they are blocked; the Service Director is; a complaint is open."""

from __future__ import annotations

from datetime import datetime

import pytest

from services.views.duties import list_duties
from tests.rules.ashfield.histories import appeal, blocked, events, owed, recorded_refusals
from tests.scenarios import rules_of, types_of

FRIDAY = "2025-03-14T10:00:00+00:00"
MONDAY_CLOSE = "2025-03-17T17:00:00+00:00"
VIAS = ["public_reply", "direct_message", "email", "letter", "telephone", "in_person", "web_form"]


def told(delivery="delivered", **fields):
    return {"block": 1, "told": "sam.d", "via": "email", "delivery": delivery} | fields


@pytest.mark.rule("R-A51")
@pytest.mark.parametrize("via", VIAS)
def test_telling_a_blocked_person_is_refused_and_the_attempt_is_on_record(ashfield, via):
    blocked(ashfield, FRIDAY)
    answer = ashfield.when("notify-block", "2025-03-15", block=1, via=via, delivery="sent")
    assert (answer["outcome"], rules_of(answer)) == ("refused", ["R-A51"])
    assert [rule["force"] for rule in answer["verdict"]["rules"]] == ["never"]
    assert types_of(answer) == ["RefusalRecorded"]
    assert recorded_refusals(ashfield) == [("notify-block", "refused", ["R-A51"])]
    assert events(ashfield)[-1]["data"]["block"] == 1
    assert events(ashfield)[-1]["occurred_at"] == "2025-03-15T10:00:00+00:00"


@pytest.mark.rule("R-A51")
def test_no_notice_is_owed_before_a_block_is_applied(ashfield):
    answer = blocked(ashfield, FRIDAY)
    assert "notify_block" not in [duty["code"] for duty in answer["verdict"]["duties"]]
    ashfield.given("apply-block", FRIDAY, block=1, channel="x", result="applied")
    steps = ashfield.casework.show(ashfield.casework.reading.find_case(None, ashfield.case))["next"]
    assert "notify-block" not in {step["command"] for step in steps}


@pytest.mark.rule("R-A51")
def test_asking_what_would_be_said_records_no_attempt(ashfield):
    blocked(ashfield, FRIDAY)
    document = {"command": "notify-block", "council": "ashfield", "actor": "jo.p"}
    document |= {"case": ashfield.case, "block": 1, "via": "email", "delivery": "sent"}
    answer = ashfield.casework.handle(document, dry_run=True)
    assert (answer["outcome"], answer["events"]) == ("refused", [])
    assert recorded_refusals(ashfield) == []


@pytest.mark.rule("R-A31")
@pytest.mark.rule("D-10")
def test_the_director_is_told_by_the_close_of_the_next_working_day(ashfield):
    blocked(ashfield, FRIDAY)
    [duty] = ashfield.duties(code="tell_service_director")
    assert (duty["rule"], duty["due"], duty["about"]) == ("R-A31", MONDAY_CLOSE, {"block": 1})
    views = ashfield.casework.database
    for moment, overdue in ((MONDAY_CLOSE, False), ("2025-03-17T17:00:01+00:00", True)):
        at = datetime.fromisoformat(moment)
        late = list_duties(views, at, case=ashfield.case, overdue=True)
        assert bool([d for d in late if d["code"] == "tell_service_director"]) is overdue


@pytest.mark.rule("D-10")
@pytest.mark.rule("D-18")
@pytest.mark.rule("D-19")
@pytest.mark.parametrize(
    ("decided", "due"),
    [
        ("2025-03-13T09:00:00+00:00", "2025-03-14T17:00:00+00:00"),  # Thursday: Friday
        ("2025-03-15T12:00:00+00:00", MONDAY_CLOSE),  # Saturday
        ("2025-03-28T18:00:00+00:00", "2025-03-31T16:00:00+00:00"),  # the clocks change between
        ("2025-10-24T12:00:00+00:00", "2025-10-27T17:00:00+00:00"),  # and back
        ("2026-04-02T15:00:00+00:00", "2026-04-07T16:00:00+00:00"),  # over Easter
        ("2021-12-24T12:00:00+00:00", "2021-12-29T17:00:00+00:00"),  # Christmas on a Saturday
        ("2025-06-30T23:30:00+00:00", "2025-07-02T16:00:00+00:00"),  # 1 July in London
    ],
)
def test_the_next_working_day_is_londons(ashfield, decided, due):
    answer = blocked(ashfield, decided)
    assert answer["verdict"]["duties"][0]["due"] == due


@pytest.mark.rule("D-10")
def test_aware_means_delivered_to_who_holds_the_post(ashfield):
    blocked(ashfield, FRIDAY)
    other = ashfield.when("tell-director", FRIDAY, **told(told="pat.o"))
    assert (other["outcome"], rules_of(other)) == ("refused", ["R-A31"])
    assert other["verdict"]["missing"] == ["told"]
    early = ashfield.when("director-acknowledges", FRIDAY, block=1, actor="sam.d")
    assert (early["outcome"], rules_of(early)) == ("refused", ["STATE"])
    ashfield.given("tell-director", FRIDAY, **told("failed"))
    assert "tell_service_director" in owed(ashfield)
    ashfield.given("tell-director", FRIDAY, **told())
    assert "tell_service_director" not in owed(ashfield)


@pytest.mark.rule("R-A31")
@pytest.mark.rule("D-10")
def test_only_the_director_acknowledges(ashfield):
    blocked(ashfield, FRIDAY)
    ashfield.given("tell-director", FRIDAY, **told())
    for actor in ("jo.p", "mia.m", "col.c"):
        answer = ashfield.when("director-acknowledges", FRIDAY, block=1, actor=actor)
        assert answer["outcome"] == "forbidden"
    answer = ashfield.given("director-acknowledges", FRIDAY, block=1, actor="sam.d")
    assert (types_of(answer), rules_of(answer)) == (["DirectorAcknowledged"], ["R-A31"])


@pytest.mark.rule("D-10")
def test_a_post_that_nobody_holds_leaves_the_duty_owed(ashfield):
    ashfield.given(
        "end-appointment", staff="sam.d", role="service_director", until="2025-03-13", actor="admin"
    )
    blocked(ashfield, FRIDAY)
    assert rules_of(ashfield.when("tell-director", FRIDAY, **told())) == ["R-A31"]
    assert "tell_service_director" in owed(ashfield)
    assert any("service director" in told["finding"] for told in ashfield.casework.doctor())


@pytest.mark.rule("R-A53")
def test_a_complaint_is_open_from_the_first_day_an_appeal_is_not(ashfield):
    blocked(ashfield, FRIDAY)
    about = {"via": "email", "about": "the block is unfair", "block": 1}
    complaint = ashfield.given("complain", "2025-03-15", received_on="2025-03-15", **about)
    assert (types_of(complaint), rules_of(complaint)) == (["ComplaintReceived"], ["R-A53"])
    ashfield.given("complain", "2025-03-14", received_on="2025-03-14", **about)
    early = ashfield.given("file-appeal", "2025-03-15", **appeal("2025-03-15"))
    assert types_of(early) == ["AppealReceivedEarly"]
    [way] = early["verdict"]["instead"]
    assert (way["command"], way["rule"]) == ("complain", "R-A53")
    [row] = ashfield.appeals("2025-03-15")
    assert row["complaint_route"] == way["text"]
