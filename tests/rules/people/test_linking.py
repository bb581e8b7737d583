"""Linking two cases, and taking it back: on both histories at once, once, with a reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.people.pairs import FAR, NEW, OLD, WHY, block, history, linking, strike
from tests.scenarios import Scenario, rules_of, scenario, types_of

DAY = "2025-03-10"
LATER = "2025-04-10"


@pytest.fixture
def old(ashfield: Scenario) -> str:
    return strike(ashfield, OLD, "2025-03-03")


@pytest.fixture
def new(ashfield: Scenario) -> str:
    return strike(ashfield, NEW, "2025-03-04")


def state_refused(answer: dict[str, object]) -> bool:
    return (answer["outcome"], rules_of(answer)) == ("refused", ["STATE"])


@pytest.mark.rule("D-26")
def test_a_link_is_recorded_in_both_histories(ashfield: Scenario, old: str, new: str) -> None:
    command_id = "0b6f2c9e-4a0f-4f6c-8a53-6a7f0c1d2e3f"
    told = linking(new, old, evidence="both profiles side by side", command_id=command_id)
    answer = ashfield.given("link-accounts", DAY, **told)
    assert rules_of(answer) == ["D-26"]
    assert types_of(answer) == ["AccountsLinked", "AccountsLinked"]
    assert [event.get("case") for event in answer["events"]] == [None, old]
    assert all("evidence" not in event for event in answer["events"])
    here, there = history(ashfield, new)[-1], history(ashfield, old)[-1]
    assert (here["data"]["other"], there["data"]["other"]) == (old, new)
    assert here["sequence"] == answer["version"]
    assert {here["command_id"], there["command_id"]} == {command_id}
    said = f"Jo P found case {old} to be of the same account, because “{WHY['reason']}”"
    assert here["words"] == f"{said}, on this evidence: “both profiles side by side”."


@pytest.mark.rule("D-26")
@pytest.mark.parametrize("command", ["link-accounts", "unlink-accounts"])
def test_a_reason_is_always_asked(ashfield: Scenario, old: str, new: str, command: str) -> None:
    told = {"case": new, "other": old, "kind": "same_account", "reason": " "}
    answer = ashfield.when(command, DAY, **told)
    assert answer["outcome"] == "invalid"
    assert [error["path"] for error in answer["errors"]] == ["reason"]


def test_evidence_may_be_what_the_case_holds_by_number(
    ashfield: Scenario, old: str, new: str
) -> None:
    nothing = ashfield.when("link-accounts", DAY, **linking(new, old, evidence=[1, 7]))
    assert (nothing["outcome"], nothing["why"]) == (
        "not_found",
        [f"case {new} has no evidence 7"],
    )
    ashfield.given("link-accounts", DAY, **linking(new, old, evidence=[1]))
    assert history(ashfield, new)[-1]["words"].endswith(", on evidence 1.")
    assert f"“evidence 1 of case {new}”" in history(ashfield, old)[-1]["words"]


def test_the_same_command_again_links_nothing_again(ashfield: Scenario, old: str, new: str) -> None:
    told = linking(new, old, command_id="0b6f2c9e-4a0f-4f6c-8a53-6a7f0c1d2e3f")
    first = ashfield.given("link-accounts", DAY, **told)
    again = ashfield.when("link-accounts", DAY, **told)
    assert (again["outcome"], again["first"]) == ("duplicate", first)
    assert [e["type"] for e in history(ashfield, old)].count("AccountsLinked") == 1


def test_itself_twice_and_what_is_not_there(ashfield: Scenario, old: str, new: str) -> None:
    assert state_refused(ashfield.when("link-accounts", DAY, **linking(new, new)))
    assert state_refused(ashfield.when("unlink-accounts", DAY, **linking(new, old)))
    ashfield.given("link-accounts", DAY, **linking(new, old.lower()))
    for here, other in ((new, old), (old, new)):
        assert state_refused(ashfield.when("link-accounts", LATER, **linking(here, other)))
    ashfield.given("link-accounts", LATER, **linking(old, new, "same_person"))
    ashfield.given("unlink-accounts", LATER, **linking(old, new))
    assert state_refused(ashfield.when("unlink-accounts", LATER, **linking(new, old)))
    missing = ashfield.when("link-accounts", DAY, **linking(new, "ASH-2222-2222"))
    assert missing["outcome"] == "not_found"


def test_one_account_is_on_one_platform(ashfield: Scenario, old: str) -> None:
    far = strike(ashfield, FAR, "2025-03-04")
    answer = ashfield.when("link-accounts", DAY, **linking(old, far))
    assert state_refused(answer)
    assert [way["command"] for way in answer["verdict"]["instead"]] == ["link-accounts"]
    ashfield.given("link-accounts", DAY, **linking(old, far, "same_person"))


def test_a_case_of_another_council_is_not_there(
    ashfield: Scenario, old: str, tmp_path: Path
) -> None:
    with scenario(tmp_path / "other", "north-northamptonshire") as other:
        other.flagged("2025-03-03", account=NEW)
        assert ashfield.when("link-accounts", DAY, **linking(old, other.case))["outcome"] == (
            "not_found"
        )


def test_an_officer_links_and_a_complaints_officer_does_not(
    ashfield: Scenario, old: str, new: str
) -> None:
    answer = ashfield.when("link-accounts", DAY, **linking(new, old), actor="col.c")
    assert answer["outcome"] == "forbidden"
    assert all(event["type"] != "AccountsLinked" for event in history(ashfield, old))


def test_a_dry_run_links_nothing(ashfield: Scenario, old: str, new: str) -> None:
    document = {"command": "link-accounts", "council": "ashfield", "actor": "jo.p"}
    answer = ashfield.casework.handle(document | linking(new, old), dry_run=True)
    assert answer["outcome"] == "accepted"
    assert [len(history(ashfield, case)) for case in (old, new)] == [5, 5]


def test_a_case_not_yet_opened_is_not_linked(ashfield: Scenario, old: str, new: str) -> None:
    answer = ashfield.when("link-accounts", "2025-03-03T18:00:00+00:00", **linking(old, new))
    assert (answer["outcome"], answer["errors"][0]["path"]) == ("invalid", "other")
    assert "2025-03-04" in answer["errors"][0]["problem"]


def test_a_late_entry_neither_repeats_nor_undoes_what_came_after(
    ashfield: Scenario, old: str, new: str
) -> None:
    ashfield.given("link-accounts", LATER, **linking(new, old))
    late = ashfield.when("link-accounts", DAY, **linking(old, new))
    assert state_refused(late)
    assert "linked after this, on 2025-04-10" in late["why"][0]
    ashfield.given("unlink-accounts", "2025-05-01", **linking(new, old))
    again = ashfield.when("unlink-accounts", "2025-04-20", **linking(old, new))
    assert state_refused(again)


def test_a_late_unlinking_takes_no_ground_from_a_block(
    ashfield: Scenario, old: str, new: str
) -> None:
    ashfield.given("link-accounts", DAY, **linking(new, old))
    assert block(ashfield, new, LATER, [1])["outcome"] == "accepted"
    for here, other in ((new, old), (old, new)):
        late = ashfield.when("unlink-accounts", "2025-03-20", **linking(here, other))
        assert state_refused(late)
        assert f"Block 1 of case {new} was decided after this" in late["why"][0]
    ashfield.given("unlink-accounts", "2025-05-01", **linking(old, new))


def test_a_link_entered_late_is_marked_so_where_it_is_late(
    ashfield: Scenario, old: str, new: str
) -> None:
    ashfield.given("note", LATER, case=old, text="rang again")
    ashfield.given("link-accounts", DAY, **linking(new, old))
    assert [history(ashfield, case)[-1]["late"] for case in (old, new)] == [True, False]
    assert ashfield.casework.differences() == []
