"""A block of fixed length at North Northamptonshire ends by the timer, not by an officer."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.rules.northants.steps import block, blocked, events
from tests.scenarios import Scenario

FIXED = {"kind": "fixed", "until": "2026-06-12"}
ENDS = "2026-06-12T23:00:00+00:00"


def on(council: Scenario, moment: str) -> None:
    """Let the council's clock show that moment."""
    council.now = datetime.fromisoformat(moment).astimezone(UTC)


def carried_out(council: Scenario, **fields: object) -> None:
    """A block of 1 June, told and applied on Facebook."""
    blocked(council, "2026-06-01", **fields)
    told = {"block": 1, "via": "email", "delivery": "sent"}
    council.given("notify-block", "2026-06-01", **told)
    council.given("apply-block", "2026-06-01", block=1, channel="facebook", result="applied")


@pytest.mark.rule("R-N21")
def test_the_timer_ends_it_at_the_end_of_its_last_day_in_london(northants: Scenario) -> None:
    carried_out(northants, length=FIXED)
    on(northants, "2026-06-12T22:59:59+00:00")
    assert northants.casework.tick() == []
    on(northants, "2026-06-13T09:00:00+00:00")
    assert [answer["case"] for answer in northants.casework.tick()] == [northants.case]
    assert northants.casework.tick() == []
    [ended] = events(northants, "BlockEnded")
    assert (ended["occurred_at"], ended["actor"]["kind"]) == (ENDS, "timer")
    assert ended["data"]["set_by"] == "jo.p"
    assert northants.appeals("2026-06-13")[0]["status"] == "ended"


@pytest.mark.rule("R-N21")
def test_what_ended_is_owed_its_lifting_on_every_page_it_reached(northants: Scenario) -> None:
    carried_out(northants, length=FIXED, channels=["facebook", "x"], review_on="2026-06-30")
    on(northants, "2026-06-13T09:00:00+00:00")
    northants.casework.tick()
    about_block = [duty for duty in northants.duties() if "block" in duty["about"]]
    assert [(d["code"], d["rule"], d["about"]["channel"]) for d in about_block] == [
        ("lift_block", "R-N21", "facebook")
    ]
    northants.given("lift-block", block=1, channel="facebook", result="lifted")
    assert northants.duties(code="lift_block") == []


def test_the_next_command_finds_it_ended(northants: Scenario) -> None:
    carried_out(northants, length=FIXED)
    on(northants, "2026-06-15T09:00:00+00:00")
    answer = northants.when("review-block", block=1, reasons="still needed")
    assert answer["outcome"] == "refused"
    assert [event["type"] for event in events(northants)][-1] == "BlockEnded"
    incident = northants.upheld("2026-06-15T08:00:00+00:00", explicit=True)
    again = block(northants, "2026-06-15T08:30:00+00:00", "explicit", incident)
    assert again["outcome"] == "accepted"


def test_a_question_finds_it_ended_too_and_records_nothing(northants: Scenario) -> None:
    carried_out(northants, length=FIXED)
    on(northants, "2026-06-15T09:00:00+00:00")
    kept = events(northants)
    question = {"command": "review-block", "council": northants.council, "actor": "jo.p"}
    question |= {"case": northants.case, "block": 1, "reasons": "still needed"}
    asked = northants.casework.handle(question, dry_run=True)
    assert asked["outcome"] == "refused"
    assert events(northants) == kept
    assert northants.send(question)["outcome"] == "refused"
    assert [event["type"] for event in events(northants)][len(kept) :] == ["BlockEnded"]


@pytest.mark.parametrize(
    "length",
    [
        {"kind": "indefinite"},
        {"kind": "per_case"},
        FIXED | {"ends": "on_request"},
        FIXED | {"ends": "by_decision"},
    ],
)
def test_no_other_length_ends_by_itself(northants: Scenario, length: dict[str, str]) -> None:
    carried_out(northants, length=length)
    on(northants, "2026-12-01T09:00:00+00:00")
    assert northants.casework.tick() == []
    assert northants.appeals("2026-12-01")[0]["status"] == "blocked"


def test_a_fixed_length_says_until_when(northants: Scenario) -> None:
    incident = northants.upheld("2026-06-01", explicit=True)
    for length in ({"kind": "fixed"}, {"kind": "fixed", "until": "2026-05-31"}):
        answer = block(northants, "2026-06-01", "explicit", incident, length=length)
        assert answer["outcome"] == "invalid"
        assert [error["path"] for error in answer["errors"]] == ["length.until"]


def test_a_last_day_is_said_of_a_fixed_length_only(northants: Scenario) -> None:
    incident = northants.upheld("2026-06-01", explicit=True)
    for kind in ("indefinite", "permanent"):
        length = {"kind": kind, "until": "2026-06-12"}
        answer = block(northants, "2026-06-01", "explicit", incident, length=length)
        assert [error["path"] for error in answer["errors"]] == ["length.until"]


def test_what_has_run_out_is_not_varied_and_the_answer_says_when_it_ended(
    northants: Scenario,
) -> None:
    carried_out(northants, length=FIXED)
    on(northants, "2026-06-15T09:00:00+00:00")
    answer = northants.when("vary-block", block=1, reasons="milder", scope="commenting")
    assert (answer["outcome"], answer["why"][0]) == ("refused", f"Block 1 was ended on {ENDS}")
