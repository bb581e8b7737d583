"""What was done is recorded as done, and marked irregular where the rules ask for more."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.importing.registers import as_csv, brought, irregular, kept, one, row

BLOCKED = {"Blocked": "Y", "Date_blocked": "10/03/2025", "Decision_by": "JP"}


def test_a_row_becomes_a_flag_evidence_a_finding_and_a_removal(register, tmp_path) -> None:
    events = brought(register, tmp_path, row())
    assert [event["type"] for event in events] == [
        "AccountOpened",
        "CommentFlagged",
        "EvidenceCaptured",
        "FlagUpheld",
        "PostHidden",
    ]
    assert {event["actor"]["kind"] for event in events} == {"import"}
    assert [event["precision"] for event in events] == ["day", "day", "unknown", "unknown", "day"]
    flagged = one(events, "CommentFlagged")
    assert flagged["data"]["item"]["posted_at"] == "2025-03-03"
    assert flagged["occurred_at"] == "2025-03-04T00:00:00+00:00"


def test_a_day_is_a_london_day(register, tmp_path) -> None:
    events = brought(register, tmp_path, row(Date_of_post="01/07/2025", Date_seen="1/7/25"))
    flagged = one(events, "CommentFlagged")
    assert flagged["occurred_at"] == "2025-06-30T23:00:00+00:00"
    hidden = one(events, "PostHidden")
    assert hidden["occurred_at"] == flagged["occurred_at"]
    assert "before what it follows" in irregular(hidden)["R-A24"]


def test_a_time_in_a_cell_is_kept(register, tmp_path) -> None:
    events = brought(register, tmp_path, row(Date_seen="04/07/2025 14:30"))
    flagged = one(events, "CommentFlagged")
    assert (flagged["precision"], flagged["occurred_at"]) == ("time", "2025-07-04T13:30:00+00:00")


@pytest.mark.rule("R-A4", "R-A24")
def test_what_a_person_would_have_had_to_give_is_irregular(register, tmp_path) -> None:
    events = brought(register, tmp_path, row(Account_name="", Why_unacceptable=""))
    assert irregular(one(events, "CommentFlagged"))["R-A24"] == (
        "not recorded: account.name, why, item.kind"
    )
    upheld = one(events, "FlagUpheld")
    assert upheld["data"]["findings"] == []
    assert irregular(upheld)["R-A4"] == "not recorded: viewpoint_neutral"


@pytest.mark.rule("R-A30", "R-A31", "R-A25")
def test_a_block_without_evidence_and_a_director_not_told(register, tmp_path) -> None:
    events = brought(register, tmp_path, row(Screenshot="N", **BLOCKED))
    blocked = irregular(one(events, "Blocked"))
    assert blocked["R-A30"].startswith("not recorded: ground, scope, proportionality, reason")
    assert blocked["R-A31"] == "that the service director was told was not recorded"
    assert "no evidence was recorded" in blocked["R-A30"]
    assert "no evidence was recorded" in irregular(one(events, "PostHidden"))["R-A25"]
    assert one(events, "BlockApplied")["data"]["channel"] == "facebook"


def test_who_imports_decided_nothing(register, tmp_path) -> None:
    events = brought(register, tmp_path, row(**BLOCKED))
    assert one(events, "Blocked")["on_behalf_of"] == "JP"
    [case] = register.cases()
    answer = register.casework.handle(
        {
            "command": "agree-reversal",
            "council": "ashfield",
            "actor": "mia.m",
            "case": case["case"],
            "block": 1,
            "because": "error",
            "reasons": "the wrong account",
        }
    )
    assert answer["outcome"] == "accepted"


def test_a_block_on_no_known_day_stands_after_what_it_follows(register, tmp_path) -> None:
    events = brought(register, tmp_path, row(Blocked="Y"))
    blocked = one(events, "Blocked")
    assert blocked["precision"] == "unknown"
    assert blocked["occurred_at"] == one(events, "PostHidden")["occurred_at"]
    assert "when it was decided" in irregular(blocked)["R-A30"]


def test_each_row_that_blocks_is_a_block_also_while_one_stands(register, tmp_path) -> None:
    brought(register, tmp_path, row(**BLOCKED), row(Ref="A2", **BLOCKED))
    assert [block["status"] for block in register.appeals()] == ["blocked", "blocked"]


@pytest.mark.rule("R-A27", "D-1", "D-2")
@pytest.mark.parametrize(
    ("received", "outcome", "type", "said"),
    [
        ("09/03/2026", "", "AppealReceivedEarly", None),
        ("10/03/2026", "", "AppealFiled", None),
        ("09/03/2026", "refused", "AppealReceivedEarly", "refused before its day"),
        ("10/03/2026", "too early – told to wait", "AppealFiled", "called too early"),
    ],
)
def test_early_or_not_is_told_by_dates_alone(
    register, tmp_path, received: str, outcome: str, type: str, said: str | None
) -> None:
    appeal = row(Appeal_received=received, Outcome_of_appeal=outcome, **BLOCKED)
    events = brought(register, tmp_path, appeal)
    asked = one(events, type)
    assert "AppealDismissed" not in {event["type"] for event in events}
    assert said is None or any(said in what for what in irregular(asked).values())


@pytest.mark.rule("R-A28")
def test_a_reversal_with_no_manager_is_recorded_as_it_was(register, tmp_path) -> None:
    appeal = row(Appeal_received="01/04/2026", Outcome_of_appeal="reversed", **BLOCKED)
    events = brought(register, tmp_path, appeal)
    reversed_ = one(events, "BlockReversed")
    assert reversed_["data"] == {"block": 1, "because": "appeal", "appeal": 1}
    assert reversed_["precision"] == "unknown"
    assert "agreement of the communications manager" in irregular(reversed_)["R-A28"]
    [block] = register.appeals()
    assert (block["status"], block["appeals"][0]["status"]) == ("reversed", "upheld")


def test_a_dismissed_appeal_owes_nothing_and_an_open_one_its_decision(register, tmp_path) -> None:
    refused = row(Appeal_received="01/04/2026", Outcome_of_appeal="Refused", **BLOCKED)
    events = brought(register, tmp_path, refused)
    assert one(events, "AppealDismissed")
    assert all(event["duties"] == [] for event in events)
    still_open = row(Ref="A2", Appeal_received="01/04/2026", **BLOCKED)
    events = brought(register, tmp_path, still_open)
    [duty] = [duty for event in events for duty in event["duties"]]
    assert duty["code"] == "decide_appeal"


def test_what_is_due_still_ahead_is_owed(register, tmp_path) -> None:
    days = {"Date_of_post": "28/05/2026", "Date_seen": "29/05/2026"}
    told = row(**days, Blocked="Y", Date_blocked="01/06/2026")
    events = brought(register, tmp_path, told)
    owed = [duty["code"] for event in events for duty in event["duties"]]
    assert owed == ["tell_service_director"]


def test_a_version_that_is_not_held_is_unknown_and_an_appeal_irregular(tmp_path: Path) -> None:
    old = row(
        Date_of_post="03/04/2019",
        Date_seen="03/04/2019",
        Blocked="Y",
        Date_blocked="03/04/2019",
        Appeal_received="05/05/2020",
    )
    with kept(tmp_path / "register", "north-northamptonshire") as register:
        register.bring(as_csv(tmp_path / "rows.csv", [old]))
        [events] = register.events().values()
        blocked, asked = one(events, "Blocked"), one(events, "AppealFiled")
        assert blocked["policy"] == {"id": "north-northamptonshire", "version": "unknown"}
        assert "R-N50" in irregular(blocked)
        assert "R-N22" in irregular(blocked)
        assert irregular(asked)["SILENT-APPEALS"].endswith("the policy knows no appeal")
        [block] = register.appeals()
        assert block["eligible"] is None


def test_history_counts_from_now_on(register, tmp_path) -> None:
    brought(register, tmp_path, row())
    [case] = register.cases()
    here = {"council": "ashfield", "case": case["case"]}
    flag = {
        "command": "flag",
        "actor": "jo.p",
        "item": {"kind": "comment", "text": "again", "posted_at": "2026-05-30T09:00:00+00:00"},
        "source": {"kind": "officer"},
        "why": "abuse",
    }
    steps = [
        flag,
        {"command": "capture", "incident": 2, "held_at": "S:/", "lawful_to_hold": True},
        {
            "command": "uphold",
            "incident": 2,
            "findings": [{"category": "abusive_threatening", "sub_reason": "abuse"}],
            "viewpoint_neutral": True,
        },
        {"command": "hide", "incident": 2},
        {
            "command": "block",
            "ground": "continues",
            "incidents": [2],
            "scope": "interacting",
            "channels": "all",
            "reason": "it goes on",
            "proportionality": {"aim": "protect staff", "less_intrusive": "hiding did not help"},
            "viewpoint_neutral": True,
        },
    ]
    for step in steps:
        answer = register.casework.handle({"actor": "jo.p", **here, **step})
        assert answer["outcome"] == "accepted", answer
    assert register.casework.show(register.casework.reading.find_case(None, case["case"]))
    assert register.casework.reading.appeals(None, at=date(2026, 6, 1))[0]["ground"] == "continues"
    assert register.casework.differences() == []
