"""Ashfield: entries made late, acts done though the rules said no, duties let go."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.rules.ashfield.histories import block_of, blocked, events, owed, twice_upheld_and_hidden
from tests.scenarios import SWEARING, codes_of, rules_of, types_of

FRIDAY, MONDAY = "2025-03-07", "2025-03-10"
DONE = {"already_done": {"reason": "pressed in haste"}}
SWORE = {"findings": SWEARING, "viewpoint_neutral": True}


def test_a_friday_act_recorded_after_mondays_is_late_and_judged_as_of_friday(ashfield):
    incident = ashfield.flagged(FRIDAY)
    ashfield.given("note", MONDAY, text="asked the team")
    ashfield.given("capture", FRIDAY, incident=incident, held_at="S:/evidence")
    assert events(ashfield)[-1]["late"] is True
    ashfield.given("uphold", MONDAY, incident=incident, **SWORE)
    early = ashfield.when("hide", FRIDAY, incident=incident)
    assert (early["outcome"], rules_of(early)) == ("refused", ["R-A3", "R-A10", "R-A23"])
    ashfield.given("hide", MONDAY, incident=incident)
    assert events(ashfield)[-1]["late"] is False


def test_naming_what_happened_later_is_invalid_and_says_when(ashfield):
    incident = ashfield.flagged(MONDAY)
    answer = ashfield.when("capture", FRIDAY, incident=incident, held_at="S:/evidence")
    assert (answer["outcome"], answer["errors"][0]["path"]) == ("invalid", "incident")
    assert "2025-03-10T09:00:00+00:00" in answer["errors"][0]["problem"]


def test_a_late_dismissal_takes_no_ground_from_a_later_finding(ashfield):
    incident = ashfield.flagged(FRIDAY)
    ashfield.given("capture", MONDAY, incident=incident, held_at="S:/evidence")
    ashfield.given("uphold", MONDAY, incident=incident, **SWORE)
    saturday = "2025-03-08"
    answer = ashfield.when("dismiss", saturday, incident=incident, reason="no_breach")
    assert (answer["outcome"], rules_of(answer)) == ("refused", ["STATE"])
    assert "FlagUpheld" in answer["why"][0]


def test_a_late_hiding_is_not_recorded_twice(ashfield):
    incident = ashfield.upheld(FRIDAY)
    ashfield.given("hide", MONDAY, incident=incident)
    answer = ashfield.when("hide", "2025-03-08", incident=incident)
    assert (answer["outcome"], set(rules_of(answer))) == ("refused", {"STATE"})


def test_a_refused_attempt_makes_nothing_late(ashfield):
    blocked(ashfield, f"{FRIDAY}T10:00:00+00:00")
    ashfield.when("notify-block", MONDAY, block=1, via="email", delivery="sent")
    ashfield.given("note", "2025-03-08", text="on Saturday")
    assert events(ashfield)[-1]["late"] is False


@pytest.mark.rule("R-A25")
def test_a_hiding_done_before_capture_is_kept_as_irregular(ashfield):
    incident = ashfield.flagged(FRIDAY)
    officer = ashfield.when("hide", FRIDAY, incident=incident, **DONE)
    assert officer["outcome"] == "forbidden"
    assert "recorded by the communications manager" in officer["why"][0]
    answer = ashfield.given("hide", FRIDAY, incident=incident, actor="mia.m", **DONE)
    kept = events(ashfield)[-1]
    assert (types_of(answer), kept["already_done"]) == (["PostHidden"], "pressed in haste")
    broken = {each["rule"] for each in kept["irregular"]}
    assert broken == {"R-A3", "R-A10", "R-A23", "R-A25"}


@pytest.mark.rule("R-A51")
@pytest.mark.rule("R-A28")
def test_a_notice_sent_and_a_block_reversed_alone_are_kept_as_irregular(ashfield):
    blocked(ashfield, f"{FRIDAY}T10:00:00+00:00")
    sent = {"block": 1, "via": "direct_message", "delivery": "sent", "actor": "mia.m"}
    ashfield.given("notify-block", FRIDAY, **sent, **DONE)
    assert [b["rule"] for b in events(ashfield)[-1]["irregular"]] == ["R-A51"]
    reversed_ = {"block": 1, "because": "error", "reasons": "wrong", "actor": "mia.m"}
    ashfield.given("reverse-block", FRIDAY, **reversed_, **DONE)
    assert [b["rule"] for b in events(ashfield)[-1]["irregular"]] == ["R-A28"]


@pytest.mark.rule("R-A26")
def test_a_block_done_on_a_first_incident_is_kept_and_still_owes(ashfield):
    incident = ashfield.upheld(FRIDAY)
    answer = ashfield.given("block", FRIDAY, **block_of([incident]), actor="mia.m", **DONE)
    assert codes_of(answer) == ["tell_service_director", "apply_block", "apply_block"]
    broken = [b["rule"] for b in events(ashfield)[-1]["irregular"]]
    assert broken == ["R-A26", "R-A23"]


@pytest.mark.rule("D-17")
def test_what_was_done_lifts_neither_the_capture_ban_nor_the_state(ashfield):
    incident = ashfield.upheld(FRIDAY)
    ashfield.given("hide", FRIDAY, incident=incident)
    twice = ashfield.when("hide", MONDAY, incident=incident, actor="mia.m", **DONE)
    assert (twice["outcome"], rules_of(twice)) == ("refused", ["STATE"])
    answer = ashfield.when("capture", MONDAY, incident=incident, held_at="x", **DONE)
    assert answer["outcome"] == "invalid"


def test_on_behalf_of_asks_the_role_of_that_person_then_and_the_actors_now(ashfield):
    incidents = twice_upheld_and_hidden(ashfield, FRIDAY)
    power = block_of(incidents, ground="reserved_power")
    typed = ashfield.given("block", FRIDAY, **power, on_behalf_of="mia.m")
    assert types_of(typed) == ["Blocked"]
    kept = events(ashfield)[-1]
    assert (kept["actor"]["id"], kept["on_behalf_of"]) == ("jo.p", "mia.m")
    nobody = ashfield.when("note", FRIDAY, text="x", on_behalf_of="ghost")
    assert nobody["why"][0].startswith("jo.p may note for ghost only where ghost held a role")
    for actor in ("jo.p", "mia.m"):
        error = {"block": 1, "because": "error", "reasons": "wrong"}
        answer = ashfield.when("agree-reversal", MONDAY, **error, actor=actor)
        assert answer["outcome"] != "accepted"


def test_the_manager_lets_a_duty_go_but_none_that_is_owed_to_the_person(ashfield):
    blocked(ashfield, "2024-03-07T10:00:00+00:00")
    received = {"block": 1, "received_on": FRIDAY, "via": "email"}
    appellant = {"kind": "owner", "checked": "a code"}
    ashfield.given("file-appeal", FRIDAY, **received, appellant=appellant)
    for duty in ashfield.duties():
        waived = {"duty": duty["duty"], "reason": "agreed", "actor": "mia.m"}
        answer = ashfield.when("waive", MONDAY, **waived)
        lets = duty["code"] not in ("acknowledge_appeal", "decide_appeal")
        assert answer["outcome"] == ("accepted" if lets else "refused"), duty
    assert owed(ashfield) == ["acknowledge_appeal", "decide_appeal"]
    again = ashfield.when("waive", MONDAY, duty="99.1", reason="none", actor="mia.m")
    assert again["outcome"] == "not_found"


def test_a_duty_that_has_its_own_command_is_not_discharged_by_saying_so(ashfield):
    ashfield.upheld(FRIDAY)
    [duty] = ashfield.duties(code="remove_content")
    answer = ashfield.when("discharge", MONDAY, duty=duty["duty"], how="it went away")
    assert (answer["outcome"], rules_of(answer)) == ("refused", ["STATE"])
    waived = ashfield.given("waive", MONDAY, duty=duty["duty"], reason="gone", actor="mia.m")
    assert types_of(waived) == ["DutyWaived"]
    twice = ashfield.when("waive", MONDAY, duty=duty["duty"], reason="gone", actor="mia.m")
    assert (twice["outcome"], rules_of(twice)) == ("refused", ["STATE"])


def test_a_fixed_block_ends_by_the_timer_in_the_name_of_who_set_it(ashfield):
    length = {"kind": "fixed", "until": "2025-03-31"}
    ashfield.now = datetime(2025, 3, 31, 22, 59, tzinfo=UTC)
    blocked(ashfield, f"{FRIDAY}T10:00:00+00:00", length=length)
    ashfield.given("apply-block", FRIDAY, block=1, channel="x", result="applied")
    assert ashfield.casework.tick() == []
    ashfield.now = datetime(2025, 4, 1, 9, tzinfo=UTC)
    ashfield.casework.tick()
    ended = events(ashfield)[-1]
    assert (ended["type"], ended["occurred_at"]) == ("BlockEnded", "2025-03-31T23:00:00+00:00")
    assert (ended["actor"]["kind"], ended["data"]["set_by"]) == ("timer", "jo.p")
    assert owed(ashfield) == ["lift_block", "tell_service_director"]
    [row] = ashfield.appeals("2026-03-07")
    assert (row["status"], row["eligible"]) == ("ended", False)


@pytest.mark.rule("R-A28")
def test_an_application_recorded_after_the_reversal_still_owes_its_lifting(ashfield):
    blocked(ashfield, f"{FRIDAY}T10:00:00+00:00")
    error = {"block": 1, "because": "error", "reasons": "wrong account"}
    ashfield.given("agree-reversal", MONDAY, **error, actor="mia.m")
    ashfield.given("reverse-block", MONDAY, **error, actor="pat.o")
    applied = {"block": 1, "channel": "x", "result": "applied"}
    late = ashfield.given("apply-block", "2025-03-08", **applied)
    assert [(d["code"], d["rule"], d["about"]) for d in late["verdict"]["duties"]] == [
        ("lift_block", "R-A28", {"block": 1, "channel": "x"})
    ]
    ashfield.given("lift-block", MONDAY, **applied | {"result": "lifted"})
    assert "lift_block" not in owed(ashfield)
