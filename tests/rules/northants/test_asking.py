"""North Northamptonshire asks first: in public and by message, and waits before it blocks."""

from __future__ import annotations

import pytest

from tests.rules.northants.steps import WAYS, asked_both_ways, block
from tests.scenarios import Scenario, codes_of, rules_of

MONDAY, TUESDAY, WEDNESDAY = "2026-03-02", "2026-03-03", "2026-03-04"
TUESDAY_CLOSE = "2026-03-03T17:00:00+00:00"


@pytest.mark.rule("R-N20")
def test_a_finding_owes_both_a_public_reply_and_a_direct_message(northants: Scenario) -> None:
    northants.upheld(MONDAY)
    owed = {duty["code"]: duty["rule"] for duty in northants.duties() if "ask" in duty["code"]}
    assert owed == {"ask_removal_public": "R-N20", "ask_removal_direct": "R-N20"}


@pytest.mark.rule("R-N20")
@pytest.mark.parametrize(("sent", "lacking"), [WAYS, WAYS[::-1]])
def test_one_way_of_asking_alone_is_not_enough(
    northants: Scenario, sent: str, lacking: str
) -> None:
    incident = northants.upheld(MONDAY)
    northants.given("ask-removal", MONDAY, incident=incident, via=sent, delivery="sent")
    answer = block(northants, "2026-03-06", "non_compliance", incident)
    assert answer["outcome"] == "refused"
    assert rules_of(answer) == ["R-N20"]
    assert answer["verdict"]["missing"] == [f"ask-removal.{lacking}"]
    assert [way["command"] for way in answer["verdict"]["instead"]] == ["ask-removal"]
    assert f"{lacking.replace('_', ' ')} missing" in answer["why"][0]
    assert len(northants.duties(code="ask_removal_public")) == (lacking == "public_reply")


@pytest.mark.rule("R-N20")
def test_a_message_that_failed_counts_once_its_failure_is_recorded(northants: Scenario) -> None:
    incident = northants.upheld(MONDAY)
    northants.given("ask-removal", MONDAY, incident=incident, via="public_reply", delivery="sent")
    failed = {"incident": incident, "via": "direct_message", "delivery": "failed"}
    bare = northants.when("ask-removal", MONDAY, **failed)
    assert (bare["outcome"], rules_of(bare)) == ("refused", ["R-N20"])
    assert bare["verdict"]["missing"] == ["failure"]
    northants.given("ask-removal", MONDAY, **failed, failure="takes no messages")
    assert northants.duties(code="ask_removal_direct") == []
    assert block(northants, WEDNESDAY, "non_compliance", incident)["outcome"] == "accepted"


@pytest.mark.rule("R-N20")
def test_only_a_breach_is_asked_about_and_only_in_the_policys_two_ways(
    northants: Scenario,
) -> None:
    incident = northants.flagged(MONDAY)
    ask = {"incident": incident, "delivery": "sent"}
    unfound = northants.when("ask-removal", MONDAY, **ask, via="public_reply")
    assert (unfound["outcome"], unfound["verdict"]["missing"]) == ("refused", ["uphold"])
    posted = northants.when("ask-removal", MONDAY, **ask, via="letter")
    assert (posted["outcome"], posted["verdict"]["missing"]) == ("refused", ["via", "uphold"])


@pytest.mark.rule("R-N20", "R-N42")
def test_a_direct_message_is_answered_by_direct_message_alone(northants: Scenario) -> None:
    incident = northants.upheld(MONDAY, item={"kind": "direct_message"})
    assert northants.duties(code="ask_removal_public") == []
    northants.given("ask-removal", MONDAY, incident=incident, via=WAYS[1], delivery="sent")
    assert block(northants, WEDNESDAY, "non_compliance", incident)["outcome"] == "accepted"


@pytest.mark.rule("R-N20", "R-N38")
def test_nobody_is_asked_to_take_down_a_text_message(northants: Scenario) -> None:
    sms = {"platform": "sms", "handle": "07700 900123"}
    northants.upheld(MONDAY, account=sms, item={"kind": "text_message"})
    assert northants.duties() == []


@pytest.mark.rule("R-N21", "D-14")
@pytest.mark.parametrize("moment", ["2026-03-02T16:00:00", "2026-03-03T16:59:59"])
def test_within_the_window_nobody_is_blocked_and_the_refusal_says_from_when(
    northants: Scenario, moment: str
) -> None:
    incident = northants.upheld(MONDAY)
    asked_both_ways(northants, incident, MONDAY)
    answer = block(northants, f"{moment}+00:00", "non_compliance", incident)
    assert answer["outcome"] == "refused"
    assert rules_of(answer) == ["R-N21", "D-14"]
    assert answer["verdict"]["allowed_from"] == TUESDAY_CLOSE


@pytest.mark.rule("R-N21", "D-14", "D-19")
def test_at_the_close_of_the_next_working_day_the_block_is_open(northants: Scenario) -> None:
    incident = northants.upheld(MONDAY)
    asked_both_ways(northants, incident, MONDAY)
    answer = block(northants, TUESDAY_CLOSE, "non_compliance", incident)
    assert answer["outcome"] == "accepted"
    assert rules_of(answer) == ["R-N21"]
    assert codes_of(answer) == ["notify_block", "apply_block"]


@pytest.mark.rule("D-14", "D-19", "R-N46")
@pytest.mark.parametrize(
    ("asked", "opens"),
    [
        ("2026-03-05", "2026-03-06T16:45:00+00:00"),
        ("2026-03-06", "2026-03-09T17:00:00+00:00"),
        ("2026-03-07", "2026-03-09T17:00:00+00:00"),
        ("2026-04-02", "2026-04-07T16:00:00+00:00"),
    ],
    ids=["Thursday", "Friday", "Saturday", "before Easter"],
)
def test_the_window_skips_weekends_and_bank_holidays(
    northants: Scenario, asked: str, opens: str
) -> None:
    incident = northants.upheld(asked)
    asked_both_ways(northants, incident, asked)
    answer = block(northants, f"{asked}T11:00:00+00:00", "non_compliance", incident)
    assert answer["verdict"]["allowed_from"] == opens
    assert block(northants, opens, "non_compliance", incident)["outcome"] == "accepted"


@pytest.mark.rule("D-14")
def test_the_window_runs_from_the_later_of_the_two_messages(northants: Scenario) -> None:
    incident = northants.upheld(MONDAY)
    for way, day in zip(WAYS, (MONDAY, TUESDAY), strict=True):
        northants.given("ask-removal", day, incident=incident, via=way, delivery="sent")
    answer = block(northants, TUESDAY_CLOSE, "non_compliance", incident)
    assert answer["verdict"]["allowed_from"] == "2026-03-04T17:00:00+00:00"


@pytest.mark.rule("R-N21")
@pytest.mark.parametrize(
    ("act", "told"),
    [
        ("removal-honoured", {}),
        ("removal-honoured", {"how": "edited"}),
        ("content-gone", {"by": "author"}),
    ],
)
def test_who_took_it_down_is_not_blocked_for_leaving_it_up(
    northants: Scenario, act: str, told: dict[str, str]
) -> None:
    incident = northants.upheld(MONDAY)
    asked_both_ways(northants, incident, MONDAY)
    northants.given(act, TUESDAY, incident=incident, **told)
    answer = block(northants, WEDNESDAY, "non_compliance", incident)
    assert answer["outcome"] == "refused"
    assert rules_of(answer) == ["R-N21", "D-14"]


@pytest.mark.rule("D-14")
def test_where_the_council_deleted_it_nobody_could_comply(northants: Scenario) -> None:
    incident = northants.upheld(MONDAY)
    asked_both_ways(northants, incident, MONDAY)
    northants.given("delete", TUESDAY, incident=incident)
    answer = block(northants, WEDNESDAY, "non_compliance", incident)
    assert (answer["outcome"], rules_of(answer)) == ("refused", ["R-N21", "D-14"])
    assert "deleted by us" in answer["why"][0]


@pytest.mark.rule("D-14", "R-N20")
def test_what_the_council_only_hid_can_still_be_taken_down_by_its_author(
    northants: Scenario,
) -> None:
    incident = northants.upheld(MONDAY)
    northants.given("hide", MONDAY, incident=incident)
    asked_both_ways(northants, incident, MONDAY)
    assert block(northants, WEDNESDAY, "non_compliance", incident)["outcome"] == "accepted"


@pytest.mark.rule("R-N20")
def test_who_could_be_asked_in_no_way_has_not_refused(northants: Scenario) -> None:
    incident = northants.upheld(MONDAY)
    for way in WAYS:
        cannot = {"action": "ask-removal", "via": way, "reason": "comments and messages are shut"}
        northants.given("not-possible", MONDAY, incident=incident, **cannot)
    assert northants.duties(code="ask_removal_public") == []
    answer = block(northants, WEDNESDAY, "non_compliance", incident)
    assert answer["outcome"] == "refused"
    assert rules_of(answer) == ["R-N20"]
    assert "could not be asked" in answer["why"][0]
