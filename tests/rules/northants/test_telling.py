"""North Northamptonshire tells people that it blocks them, before it does or together with it."""

from __future__ import annotations

from typing import Any

import pytest

from tests.rules.northants.steps import blocked, events
from tests.scenarios import Scenario, codes_of, rules_of

DAY = "2026-03-03"
NOTICE = {"block": 1, "via": "direct_message", "delivery": "sent"}
APPLY = {"block": 1, "channel": "facebook", "result": "applied"}


@pytest.mark.rule("R-N22")
def test_a_block_owes_its_notice(northants: Scenario) -> None:
    blocked(northants)
    [notice] = northants.duties(code="notify_block")
    assert (notice["rule"], notice["owed_by"], notice["due"]) == ("R-N22", "officer", None)
    answer = northants.given("notify-block", DAY, **NOTICE, states=["reason", "complaint_route"])
    assert rules_of(answer) == ["R-N22", "D-13"]
    assert northants.duties(code="notify_block") == []


@pytest.mark.rule("R-N22", "D-13")
def test_nobody_is_blocked_unawares(northants: Scenario) -> None:
    blocked(northants)
    answer = northants.when("apply-block", DAY, **APPLY)
    assert (answer["outcome"], rules_of(answer)) == ("refused", ["R-N22", "D-13"])
    assert answer["verdict"]["missing"] == ["notify-block"]
    assert [way["command"] for way in answer["verdict"]["instead"]] == ["notify-block"]
    northants.given("notify-block", DAY, **NOTICE)
    northants.given("apply-block", DAY, **APPLY)


@pytest.mark.rule("R-N22", "D-13")
def test_a_message_that_bounced_is_recorded_and_does_not_stop_the_block(
    northants: Scenario,
) -> None:
    blocked(northants)
    bounced = NOTICE | {"delivery": "failed"}
    bare = northants.when("notify-block", DAY, **bounced)
    assert (bare["outcome"], bare["verdict"]["missing"]) == ("refused", ["failure"])
    northants.given("notify-block", DAY, **bounced, failure="messages are off")
    assert northants.duties(code="notify_block") == []
    northants.given("apply-block", DAY, **APPLY)
    [notice] = events(northants, "BlockNoticeGiven")
    assert (notice["data"]["delivery"], notice["data"]["failure"]) == ("failed", "messages are off")


@pytest.mark.rule("D-13")
@pytest.mark.parametrize(
    ("applied", "outcome"),
    [("10:59:59", "refused"), ("11:00:00", "accepted"), ("12:00:00", "accepted")],
)
def test_told_before_or_together_never_after(
    northants: Scenario, applied: str, outcome: str
) -> None:
    blocked(northants)
    northants.given("notify-block", f"{DAY}T11:00:00+00:00", **NOTICE)
    answer = northants.when("apply-block", f"{DAY}T{applied}+00:00", **APPLY)
    assert answer["outcome"] == outcome


@pytest.mark.rule("R-N22", "D-13")
def test_what_was_applied_unannounced_is_kept_as_irregular_and_the_notice_stays_owed(
    northants: Scenario,
) -> None:
    blocked(northants)
    done = {**APPLY, "already_done": {"reason": "applied in a hurry"}}
    northants.given("apply-block", DAY, **done, actor="mia.m")
    [applied] = events(northants, "BlockApplied")
    assert {entry["rule"] for entry in applied["irregular"]} == {"R-N22", "D-13"}
    assert len(northants.duties(code="notify_block")) == 1


@pytest.mark.rule("R-N22")
def test_the_notice_cannot_be_waived(northants: Scenario) -> None:
    blocked(northants)
    [notice] = northants.duties(code="notify_block")
    waived = {"duty": notice["duty"], "reason": "no time"}
    answer = northants.when("waive", DAY, **waived, actor="mia.m")
    assert (answer["outcome"], rules_of(answer)) == ("refused", ["R-N22"])


@pytest.mark.rule("R-N21")
def test_each_page_is_owed_and_recorded_by_itself(northants: Scenario) -> None:
    blocked(northants, channels="all")
    owed = northants.duties(code="apply_block")
    assert [duty["about"]["channel"] for duty in owed] == ["facebook", "x", "instagram"]
    northants.given("notify-block", DAY, **NOTICE)
    for channel, result in (("facebook", "applied"), ("x", "failed"), ("instagram", "partly")):
        told = {"block": 1, "channel": channel, "result": result}
        failure = {} if result == "applied" else {"failure": "not on this page"}
        northants.given("apply-block", DAY, **told, **failure)
    owed = northants.duties(code="apply_block")
    assert [duty["about"]["channel"] for duty in owed] == ["x", "instagram"]
    never = {"action": "apply-block", "block": 1, "channel": "x", "reason": "no such account"}
    northants.given("not-possible", DAY, **never)
    owed = northants.duties(code="apply_block")
    assert [duty["about"]["channel"] for duty in owed] == ["instagram"]


def test_what_cannot_be_done_on_a_page_says_which_page_and_which_incident(
    northants: Scenario,
) -> None:
    blocked(northants, channels=["x"])
    never = {"action": "apply-block", "block": 1, "reason": "no such account"}
    unsaid = northants.when("not-possible", DAY, **never)
    assert [error["path"] for error in unsaid["errors"]] == ["channel"]
    nowhere = northants.when("not-possible", DAY, **never, channel="x", incident=9)
    assert nowhere["outcome"] == "not_found"
    northants.given("not-possible", DAY, **never, channel="x", incident=1)
    assert northants.duties(code="apply_block") == []
    [shown] = northants.appeals(DAY)
    assert shown["channels"] == [{"channel": "x", "state": "not_possible"}]
    northants.given("not-possible", DAY, action="vary-block", block=1, reason="no such setting")


@pytest.mark.rule("R-N21")
def test_a_reversal_ends_what_the_block_owed_and_owes_its_lifting(northants: Scenario) -> None:
    blocked(northants, channels=["facebook", "x"])
    northants.given("notify-block", DAY, **NOTICE)
    northants.given("apply-block", DAY, **APPLY)
    told: dict[str, Any] = {"block": 1, "because": "error", "reasons": "the account was hacked"}
    answer = northants.given("reverse-block", "2026-03-04", **told, actor="pat.o")
    assert codes_of(answer) == ["lift_block"]
    assert northants.duties(code="apply_block") == []
    [lifting] = northants.duties(code="lift_block")
    assert (lifting["rule"], lifting["about"]["channel"]) == ("R-N21", "facebook")
    lift = {"block": 1, "channel": "facebook"}
    northants.given("lift-block", "2026-03-04", **lift, result="failed", failure="page is down")
    assert len(northants.duties(code="lift_block")) == 1
    northants.given("lift-block", "2026-03-04", **lift, result="lifted")
    assert northants.duties(code="lift_block") == []


@pytest.mark.rule("R-N21")
def test_what_was_applied_in_part_is_lifted_although_trying_again_failed(
    northants: Scenario,
) -> None:
    blocked(northants, channels=["x"])
    northants.given("notify-block", DAY, **NOTICE)
    for result in ("partly", "failed"):
        told = {"block": 1, "channel": "x", "result": result, "failure": "the page was down"}
        northants.given("apply-block", DAY, **told)
    [shown] = northants.appeals(DAY)
    assert shown["channels"] == [{"channel": "x", "state": "partly"}]
    wrong: dict[str, Any] = {"block": 1, "because": "error", "reasons": "the account was hacked"}
    answer = northants.given("reverse-block", "2026-03-04", **wrong, actor="pat.o")
    assert codes_of(answer) == ["lift_block"]
    northants.given("lift-block", "2026-03-04", block=1, channel="x", result="lifted")


@pytest.mark.rule("R-N21")
def test_a_standing_block_is_reversed_before_it_is_lifted(northants: Scenario) -> None:
    blocked(northants)
    northants.given("notify-block", DAY, **NOTICE)
    northants.given("apply-block", DAY, **APPLY)
    answer = northants.when("lift-block", DAY, block=1, channel="facebook", result="lifted")
    assert (answer["outcome"], rules_of(answer)) == ("refused", ["SILENT-REVERSAL"])
    assert [way["command"] for way in answer["verdict"]["instead"]] == ["reverse-block"]
