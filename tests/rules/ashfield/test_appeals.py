"""Ashfield: from which day a block may be appealed, by whom, and when the answer is due."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.rules.ashfield.histories import OWNER, appeal, block_of, blocked, owed, reversal
from tests.scenarios import codes_of, rules_of, types_of

DECIDED = "2023-03-23T10:00:00+00:00"


@pytest.mark.rule("R-A27")
@pytest.mark.rule("D-2")
def test_the_day_before_is_too_early_and_the_day_itself_is_not(ashfield):
    blocked(ashfield, DECIDED)
    early = ashfield.given("file-appeal", "2024-03-22", **appeal("2024-03-22"))
    assert types_of(early) == ["AppealReceivedEarly"]
    assert early["verdict"]["allowed_from"] == "2024-03-23"
    assert rules_of(early) == ["R-A27", "D-4"]
    filed = ashfield.given("file-appeal", "2024-03-23", **appeal("2024-03-23"))
    assert (types_of(filed), rules_of(filed)) == (["AppealFiled"], ["R-A27"])
    assert filed["verdict"]["allowed_from"] is None


@pytest.mark.rule("R-A27")
@pytest.mark.rule("D-1")
@pytest.mark.parametrize(
    ("decided", "opens"),
    [
        ("2024-02-29T12:00:00+00:00", "2025-02-28"),
        ("2023-02-28T12:00:00+00:00", "2024-02-28"),
        ("2023-03-01T12:00:00+00:00", "2024-03-01"),
        ("2024-02-28T12:00:00+00:00", "2025-02-28"),
        ("2023-03-23T00:00:00+00:00", "2024-03-23"),
        ("2024-06-30T23:30:00+00:00", "2025-07-01"),  # 1 July in London
        ("2024-12-31T23:30:00+00:00", "2025-12-31"),
    ],
)
def test_twelve_months_are_calendar_months_of_london(ashfield, decided, opens):
    blocked(ashfield, decided)
    opening = date.fromisoformat(opens)
    before = (opening - timedelta(days=1)).isoformat()
    [row] = ashfield.appeals(before)
    assert (row["eligible"], row["eligible_from"]) == (False, opens)
    [row] = ashfield.appeals(opens)
    assert (row["eligible"], row["eligible_from"]) == (True, opens)
    early = ashfield.given("file-appeal", f"{before}T12:00:00+00:00", **appeal(before))
    assert early["verdict"]["allowed_from"] == opens
    filed = ashfield.given("file-appeal", f"{opens}T12:00:00+00:00", **appeal(opens))
    assert types_of(filed) == ["AppealFiled"]


@pytest.mark.rule("D-1")
def test_a_block_at_half_past_eleven_at_night_in_june_is_of_the_next_day(ashfield):
    ashfield.now = ashfield.now.replace(year=2027)
    blocked(ashfield, "2025-06-30T23:30:00+00:00")
    assert ashfield.appeals("2025-06-30") == []
    [row] = ashfield.appeals("2025-07-01")
    assert (row["decided_on"], row["clock_started"]) == ("2025-07-01", "2025-07-01")
    assert row["eligible_from"] == "2026-07-01"
    by_email = appeal("2026-06-30")
    early = ashfield.given("file-appeal", "2026-06-30T22:30:00+00:00", **by_email)
    assert types_of(early) == ["AppealReceivedEarly"]
    midnight = appeal("2026-07-01")
    filed = ashfield.given("file-appeal", "2026-06-30T23:00:00+00:00", **midnight)
    assert types_of(filed) == ["AppealFiled"]


@pytest.mark.rule("R-A27")
def test_from_the_day_it_opens_it_stays_open(ashfield):
    blocked(ashfield, DECIDED)
    assert ashfield.appeals("2023-03-22") == []
    for days in range(0, 800, 25):
        day = date(2023, 3, 23) + timedelta(days=days)
        [row] = ashfield.appeals(day.isoformat())
        assert row["eligible"] is (day >= date(2024, 3, 23))
        assert row["because"][0]["rule"] == "R-A27"
        assert row["agreement_needed"] == ["communications_manager"]


@pytest.mark.rule("D-3")
def test_the_clock_starts_at_an_application_before_the_decision(ashfield):
    blocked(ashfield, "2025-03-23T10:00:00+00:00")
    applied = {"block": 1, "channel": "facebook", "result": "applied"}
    ashfield.given("apply-block", "2025-03-21T22:00:00+00:00", **applied)
    ashfield.given("apply-block", "2025-03-25", **applied | {"channel": "x"})
    [row] = ashfield.appeals("2026-03-21")
    assert (row["decided_on"], row["clock_started"]) == ("2025-03-23", "2025-03-21")
    assert (row["eligible_from"], row["eligible"]) == ("2026-03-21", True)
    filed = ashfield.given("file-appeal", "2026-03-21", **appeal("2026-03-21"))
    assert types_of(filed) == ["AppealFiled"]


@pytest.mark.rule("D-3")
def test_a_later_application_moves_nothing_and_a_new_block_has_a_new_clock(ashfield):
    blocked(ashfield, DECIDED, channels=["facebook"])
    ashfield.given("apply-block", "2023-04-23", block=1, channel="facebook", result="applied")
    ashfield.given("block", "2023-05-01", **block_of([2], channels=["x"]))
    found = {row["block"]: row["eligible_from"] for row in ashfield.appeals("2024-01-01")}
    assert found == {1: "2024-03-23", 2: "2024-05-01"}


@pytest.mark.rule("D-5")
@pytest.mark.rule("D-19")
def test_an_appeal_is_acknowledged_in_5_and_decided_in_20_working_days(ashfield):
    blocked(ashfield, DECIDED)
    filed = ashfield.given("file-appeal", "2024-04-03", **appeal("2024-03-28"))
    assert [(d["code"], d["rule"], d["owed_by"], d["due"]) for d in filed["verdict"]["duties"]] == [
        ("acknowledge_appeal", "D-5", "complaints_officer", "2024-04-08T16:00:00+00:00"),
        ("decide_appeal", "D-5", "officer", "2024-04-29T16:00:00+00:00"),
    ]
    [row] = ashfield.appeals("2024-04-03")
    [shown] = row["appeals"]
    assert (shown["acknowledge_by"], shown["decide_by"]) == ("2024-04-08", "2024-04-29")


@pytest.mark.rule("D-5")
def test_an_appeal_may_be_made_again_after_it_was_dismissed(ashfield):
    blocked(ashfield, DECIDED)
    ashfield.given("file-appeal", "2024-04-02", **appeal("2024-04-02"))
    ashfield.given("dismiss-appeal", "2024-04-09", appeal=1, reasons="no change", actor="pat.o")
    assert "decide_appeal" not in owed(ashfield)
    again = ashfield.given("file-appeal", "2024-04-10", **appeal("2024-04-10"))
    assert codes_of(again) == ["acknowledge_appeal", "decide_appeal"]


@pytest.mark.rule("D-5")
def test_no_bar_is_stated_so_a_second_appeal_may_come_beside_the_first(ashfield):
    blocked(ashfield, DECIDED)
    ashfield.given("file-appeal", "2024-04-02", **appeal("2024-04-02"))
    ashfield.given("file-appeal", "2024-04-03", **appeal("2024-04-03"))
    because = reversal("appeal", appeal=2)
    ashfield.given("agree-reversal", "2024-04-04", **because, actor="mia.m")
    ashfield.given("reverse-block", "2024-04-04", **because, actor="pat.o")
    assert "decide_appeal" not in owed(ashfield)
    [row] = ashfield.appeals("2024-04-04")
    assert [each["status"] for each in row["appeals"]] == ["upheld", "upheld"]


@pytest.mark.rule("D-6")
@pytest.mark.parametrize("via", ["email", "letter", "web_form", "telephone", "direct_message"])
@pytest.mark.parametrize("kind", ["owner", "representative"])
def test_the_owner_or_who_speaks_for_them_appeals_by_any_way(ashfield, via, kind):
    blocked(ashfield, DECIDED)
    by = {"appellant": OWNER | {"kind": kind}, "via": via}
    ashfield.given("file-appeal", "2024-04-02", **appeal("2024-04-02") | by, actor="col.c")


@pytest.mark.rule("D-6")
@pytest.mark.parametrize("appellant", [{"kind": "owner"}, {"kind": "owner", "checked": " "}, {}])
def test_an_appeal_says_how_control_of_the_account_was_shown(ashfield, appellant):
    blocked(ashfield, DECIDED)
    by = {"appellant": appellant}
    answer = ashfield.when("file-appeal", "2024-04-02", **appeal("2024-04-02") | by)
    assert answer["outcome"] == "invalid"
    assert answer["errors"][-1]["path"].startswith("appellant")


@pytest.mark.parametrize(
    ("received", "problem"), [("2023-03-22", "before block 1"), ("2024-04-03", "is after")]
)
def test_received_on_lies_between_the_block_and_today(ashfield, received, problem):
    blocked(ashfield, DECIDED)
    answer = ashfield.when("file-appeal", "2024-04-02", **appeal(received))
    assert (answer["outcome"], answer["errors"][0]["path"]) == ("invalid", "received_on")
    assert problem in answer["errors"][0]["problem"]
