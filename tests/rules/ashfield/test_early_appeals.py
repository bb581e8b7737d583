"""Ashfield: an appeal that comes too early is kept, answered, and opened only by asking."""

from __future__ import annotations

import pytest

from tests.rules.ashfield.histories import appeal, blocked, events, owed
from tests.scenarios import rules_of, types_of

DECIDED = "2023-03-23T10:00:00+00:00"


@pytest.mark.rule("D-4")
def test_an_early_appeal_is_kept_and_answered_with_what_is_open(ashfield):
    blocked(ashfield, DECIDED)
    early = ashfield.given("file-appeal", "2023-04-06", **appeal("2023-04-06"))
    assert [(d["code"], d["rule"], d["owed_by"], d["due"]) for d in early["verdict"]["duties"]] == [
        ("acknowledge_appeal", "D-4", "complaints_officer", "2023-04-17T16:00:00+00:00")
    ]
    assert early["verdict"]["allowed_from"] == "2024-03-23"
    [way] = early["verdict"]["instead"]
    assert (way["command"], way["rule"]) == ("complain", "R-A53")
    assert events(ashfield)[-1]["data"]["opens_on"] == "2024-03-23"
    [row] = ashfield.appeals("2023-05-01")
    assert [(a["appeal"], a["status"]) for a in row["appeals"]] == [(1, "early")]
    dismissed = ashfield.when(
        "dismiss-appeal", "2023-04-07", appeal=1, reasons="too early", actor="pat.o"
    )
    assert (dismissed["outcome"], rules_of(dismissed)) == ("refused", ["R-A27", "D-4"])
    ashfield.given("acknowledge-appeal", "2023-04-07", appeal=1, actor="col.c")
    assert "acknowledge_appeal" not in owed(ashfield)


@pytest.mark.rule("D-4")
def test_an_early_appeal_opens_only_by_standing_over(ashfield):
    blocked(ashfield, DECIDED)
    ashfield.given("file-appeal", "2023-04-06", **appeal("2023-04-06"))
    [row] = ashfield.appeals("2024-04-01")
    assert row["appeals"][0]["status"] == "early"
    over = appeal("2024-03-22", stands_over=1)
    too_soon = ashfield.when("file-appeal", "2024-03-22", **over)
    assert (too_soon["outcome"], too_soon["verdict"]["allowed_from"]) == ("refused", "2024-03-23")
    assert too_soon["verdict"]["missing"] == ["received_on"]
    filed = ashfield.given("file-appeal", "2024-03-23", **over | {"received_on": "2024-03-23"})
    assert (types_of(filed), filed["events"][0]["appeal"]) == (["AppealFiled"], 2)
    again = ashfield.when("file-appeal", "2024-03-24", **over | {"received_on": "2024-03-24"})
    assert (again["outcome"], rules_of(again)) == ("refused", ["STATE"])


@pytest.mark.rule("D-4")
def test_an_early_appeal_may_be_withdrawn(ashfield):
    blocked(ashfield, DECIDED)
    ashfield.given("file-appeal", "2023-04-06", **appeal("2023-04-06"))
    ashfield.given("withdraw-appeal", "2023-04-08", appeal=1, actor="col.c")
    [row] = ashfield.appeals("2023-05-01")
    assert row["appeals"][0]["status"] == "withdrawn"
    over = ashfield.when("file-appeal", "2024-04-01", **appeal("2024-04-01", stands_over=1))
    assert (over["outcome"], rules_of(over)) == ("refused", ["STATE"])
