"""What changed between two moments, by either clock."""

from __future__ import annotations

from services.cli.days import moment_or_day
from services.replay.clocks import Clocks
from tests.replay.again import case_of
from tests.replay.steps import adopt_second_version, blocked, recorded_on
from tests.scenarios import Scenario


def happened(scenario: Scenario, first: str, second: str):
    clocks = (Clocks(as_of=moment_or_day(each)) for each in (first, second))
    return scenario.casework.replay.between(case_of(scenario), *clocks)


def test_events_state_duties_and_the_appeal_answer(ashfield: Scenario) -> None:
    blocked(ashfield)
    found = happened(ashfield, "2026-03-05", "2026-03-06")
    assert [event["type"] for event in found["came"]] == [
        *("CommentFlagged", "EvidenceCaptured", "FlagUpheld", "PostHidden", "Blocked"),
    ]
    assert found["gone"] == []
    assert found["words"][:3] == [
        "The case was open; it is now blocked.",
        "Incident 2: upheld, its post hidden; before there was none.",
        "Block 1: blocked, from interacting, indefinite; before there was none.",
    ]
    assert [each["what"] for each in found["duties"]] == [
        "duty 10.1, tell service director (block 1)",
        "duty 10.2, apply block (block 1, channel facebook)",
        "duty 10.3, apply block (block 1, channel x)",
    ]
    [answer] = found["appeals"]
    assert answer["is"] == "that its owner may not appeal before 6 March 2027 (R-A27, D-1)"


def test_a_day_alone_may_change_what_is_overdue_and_who_may_appeal(ashfield: Scenario) -> None:
    blocked(ashfield)
    found = happened(ashfield, "2026-03-08", "2026-03-09")
    assert (found["came"], found["state"]) == ([], [])
    assert found["words"] == [
        "Duty 10.1, tell service director (block 1) was owed, due on 9 March 2026; "
        "it is now owed, due on 9 March 2026, overdue."
    ]


def test_what_was_met_is_owed_no_more(ashfield: Scenario) -> None:
    blocked(ashfield)
    ashfield.given("apply-block", "2026-03-07", block=1, channel="x", result="applied")
    found = happened(ashfield, "2026-03-06", "2026-03-07")
    assert "Block 1 on x was pending; it is now applied." in found["words"]
    gone = "Duty 10.3, apply block (block 1, channel x) was owed; there is none any more."
    assert gone in found["words"]


def test_a_new_version_of_the_policy_in_force(ashfield: Scenario, tmp_path) -> None:
    ashfield.flagged("2026-03-05")
    adopt_second_version(ashfield, tmp_path, start="2026-04-01")
    found = happened(ashfield, "2026-03-31", "2026-04-01")
    assert found["words"] == [
        "The policy in force was ashfield version undated; it is now ashfield version v2."
    ]


def test_by_what_was_recorded_a_late_entry_came_when_it_was_recorded(ashfield: Scenario) -> None:
    with recorded_on(ashfield, "2026-03-05T12:00:00+00:00"):
        ashfield.upheld("2026-03-05")
    with recorded_on(ashfield, "2026-03-09T12:00:00+00:00"):
        ashfield.given("hide", "2026-03-05T11:00:00+00:00", incident=1)
    days = ("2026-03-06", "2026-03-09")
    assert happened(ashfield, *days)["came"] == []
    clocks = (Clocks(as_known_at=moment_or_day(day)) for day in days)
    found = ashfield.casework.replay.between(case_of(ashfield), *clocks)
    assert [event["type"] for event in found["came"]] == ["PostHidden"]


def test_nothing_is_another_on_the_same_day(ashfield: Scenario) -> None:
    blocked(ashfield)
    found = happened(ashfield, "2026-03-06", "2026-03-06")
    assert (found["came"], found["words"]) == ([], [])


def test_from_before_the_case_began(ashfield: Scenario) -> None:
    ashfield.flagged("2026-03-05")
    found = happened(ashfield, "2026-03-04", "2026-03-05")
    assert found["words"][0] == "The case: open; before there was none."
