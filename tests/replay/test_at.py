"""A case as it stood, and as it was known: state, duties, the appeal answer, the policy's words."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from services.replay.clocks import Clocks
from tests.replay.again import case_of
from tests.replay.steps import adopt_second_version, at, blocked, recorded_on
from tests.scenarios import Scenario


def test_as_of_a_moment_what_came_later_had_not_happened(ashfield: Scenario) -> None:
    blocked(ashfield)
    found = at(ashfield, as_of="2026-03-05T09:30:00+00:00")
    assert [event["type"] for event in found["events"]] == ["AccountOpened", "CommentFlagged"]
    assert found["state"]["status"] == "open"
    assert [duty["code"] for duty in found["state"]["duties"]] == ["review_flag"]
    assert found["appeals"] == []


def test_a_late_entry_had_happened_but_was_not_known(ashfield: Scenario) -> None:
    with recorded_on(ashfield, "2026-03-05T12:00:00+00:00"):
        ashfield.upheld("2026-03-05")
    with recorded_on(ashfield, "2026-03-09T12:00:00+00:00"):
        ashfield.given("note", "2026-03-09", text="nothing new")
        ashfield.given("hide", "2026-03-06", incident=1)
    stood = at(ashfield, as_of="2026-03-07")
    known = at(ashfield, as_known_at="2026-03-07")
    assert stood["state"]["incidents"][0]["content"] == "hidden"
    assert stood["events"][-1]["late"]
    assert stood["state"]["duties"] == []
    assert known["state"]["incidents"][0]["content"] == "visible"
    assert [duty["code"] for duty in known["state"]["duties"]] == ["remove_content"]


def test_both_clocks_together_tell_what_was_known_then_of_what_had_happened(
    ashfield: Scenario,
) -> None:
    with recorded_on(ashfield, "2026-03-05T12:00:00+00:00"):
        ashfield.upheld("2026-03-05")
    with recorded_on(ashfield, "2026-03-09T12:00:00+00:00"):
        ashfield.given("hide", "2026-03-06", incident=1)
        ashfield.given("note", "2026-03-09", text="nothing new")
    both = at(ashfield, as_of="2026-03-07", as_known_at="2026-03-09")
    assert [event["type"] for event in both["events"]][-1] == "PostHidden"
    before = at(ashfield, as_of="2026-03-07", as_known_at="2026-03-08")
    assert [event["type"] for event in before["events"]][-1] == "FlagUpheld"


@pytest.mark.rule("D-2")
def test_the_appeal_answer_is_the_one_given_then(ashfield: Scenario) -> None:
    ashfield.now = datetime(2028, 1, 1, tzinfo=UTC)
    blocked(ashfield, "2026-03-06")
    [eve] = at(ashfield, as_of="2027-03-05")["appeals"]
    [day] = at(ashfield, as_of="2027-03-06")["appeals"]
    assert (eve["eligible"], day["eligible"]) == (False, True)
    assert [reason["rule"] for reason in eve["because"]] == ["R-A27", "D-1"]
    assert eve == ashfield.appeals("2027-03-05")[0]
    assert day == ashfield.appeals("2027-03-06")[0]


@pytest.mark.rule("D-3")
def test_the_clock_starts_with_an_application_that_came_before_its_decision(ashfield) -> None:
    ashfield.now = datetime(2028, 1, 1, tzinfo=UTC)
    blocked(ashfield, "2026-03-06")
    applied = {"block": 1, "channel": "x", "result": "applied"}
    ashfield.given("apply-block", "2026-03-05T22:00:00+00:00", **applied)
    assert at(ashfield, as_of="2026-03-05")["appeals"] == []
    [block] = at(ashfield, as_of="2026-03-06")["appeals"]
    assert (block["clock_started"], block["eligible_from"]) == ("2026-03-05", "2027-03-05")


def test_duties_are_overdue_only_after_their_day(ashfield: Scenario) -> None:
    blocked(ashfield, "2026-03-06")
    by_code = {
        day: {d["code"]: d["overdue"] for d in at(ashfield, as_of=day)["state"]["duties"]}
        for day in ("2026-03-06", "2026-03-09")
    }
    assert by_code["2026-03-06"]["tell_service_director"] is False
    assert by_code["2026-03-09"]["tell_service_director"] is True


def test_the_account_goes_by_the_handle_that_it_had_then(ashfield: Scenario) -> None:
    ashfield.flagged("2026-03-05")
    ashfield.given("change-handle", "2026-03-10", handle="oak.owl")
    assert at(ashfield, as_of="2026-03-09")["handle"] == "maple.heron"
    assert at(ashfield, as_of="2026-03-10")["handle"] == "oak.owl"


def test_before_its_first_event_the_case_had_not_begun(ashfield: Scenario) -> None:
    ashfield.flagged("2026-03-05")
    found = at(ashfield, as_of="2026-03-04")
    assert (found["events"], found["state"], found["handle"]) == ([], None, None)
    assert found["begins"] == {
        "occurred_at": "2026-03-05T09:00:00+00:00",
        "recorded_at": "2026-06-01T12:00:00+00:00",
    }
    assert at(ashfield, as_known_at="2026-05-31")["events"] == []


@pytest.mark.rule("D-21")
def test_the_policy_is_the_version_in_force_then_in_its_own_words(ashfield, tmp_path) -> None:
    adopt_second_version(ashfield, tmp_path, start="2026-04-01")
    ashfield.upheld("2026-03-05")
    before, after = at(ashfield, as_of="2026-03-31"), at(ashfield, as_of="2026-04-01")
    assert (before["policy"]["version"], after["policy"]["version"]) == ("undated", "v2")
    words = {clause["rule"]: clause["quote"] for clause in after["policy"]["clauses"]}
    assert words["R-A15"] == "abusive words of any kind"
    words = {clause["rule"]: clause["quote"] for clause in before["policy"]["clauses"]}
    assert words["R-A15"].startswith("abusive or threatening")


@pytest.mark.rule("D-21")
def test_a_version_adopted_later_was_not_known_whatever_day_it_is_from(ashfield, tmp_path) -> None:
    with recorded_on(ashfield, "2026-06-01T12:00:00+00:00"):
        blocked(ashfield, "2026-03-06")
    with recorded_on(ashfield, "2026-06-20T12:00:00+00:00"):
        adopt_second_version(ashfield, tmp_path, start="2026-03-01", months=("12", "18"))
    with recorded_on(ashfield, "2026-07-01T12:00:00+00:00"):
        known = at(ashfield, as_of="2026-06-10", as_known_at="2026-06-10")
        now = at(ashfield, as_of="2026-06-10")
    assert (known["policy"]["version"], now["policy"]["version"]) == ("undated", "v2")
    assert known["appeals"][0]["eligible_from"] == "2027-03-06"
    assert now["appeals"][0]["eligible_from"] == "2027-09-06"


def test_a_correction_shows_what_was_said_what_is_said_who_when_and_why(ashfield) -> None:
    ashfield.flagged("2026-03-05")
    for day, value in (("2026-03-06", "Maple Herron"), ("2026-03-07", "M. Heron")):
        change = {"sequence": 1, "field": "name", "value": value, "reason": "misread"}
        ashfield.given("correct", day, **change)
    first, second = at(ashfield)["corrections"]
    assert (first["was"], first["now"]) == ("Maple Heron", "Maple Herron")
    assert (second["was"], second["now"]) == ("Maple Herron", "M. Heron")
    assert second["first"] == "Maple Heron"
    assert (first["by"], first["reason"], first["corrects"]) == ("jo.p", "misread", 1)
    assert first["occurred_at"] == "2026-03-06T10:00:00+00:00"
    assert at(ashfield, as_of="2026-03-05")["corrections"] == []


def test_nothing_is_recorded_by_a_replay(ashfield: Scenario) -> None:
    blocked(ashfield)
    before = ashfield.casework.database.query("SELECT count(*) FROM events")
    ashfield.casework.replay.at(case_of(ashfield), Clocks(ashfield.now))
    assert ashfield.casework.database.query("SELECT count(*) FROM events") == before
