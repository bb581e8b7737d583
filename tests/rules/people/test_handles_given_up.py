"""Handles change hands: old ones are read by, not written by, and somebody else may take them."""

from __future__ import annotations

from tests.rules.people.names import DAY, LATER, case_of, flag, given_up, note, read, searched
from tests.rules.people.pairs import history, linking, shown
from tests.scenarios import Scenario, rules_of


def test_a_handle_given_up_is_taken_by_saying_that_it_is_a_new_account(ashfield: Scenario) -> None:
    old = case_of(ashfield, handle="maple.heron")
    ashfield.given("change-handle", DAY, case=old, handle="maple.egret")
    assert given_up(flag(ashfield, LATER, handle="maple.heron"), old)
    assert given_up(flag(ashfield, LATER, handle="maple.heron", account_id="2002"), old)
    assert ashfield.given("note", LATER, case=old, text="one way on")["case"] == old
    new = case_of(ashfield, LATER, handle="maple.heron", new_account=True)
    assert new != old
    assert read(ashfield, "maple.heron") == new
    assert read(ashfield, "maple.egret") == old
    assert searched(ashfield, "maple.heron") == {old, new}
    # Given up once more: the last who had it is read, and nobody writes by it.
    ashfield.given("change-handle", LATER, case=new, handle="maple.ibis")
    assert read(ashfield, "maple.heron") == new
    assert given_up(note(ashfield, handle="maple.heron"), new)


def test_another_id_says_by_itself_that_a_handle_given_up_has_a_new_owner(
    ashfield: Scenario,
) -> None:
    old = case_of(ashfield, handle="maple.heron", account_id="1001")
    ashfield.given("change-handle", DAY, case=old, handle="maple.egret")
    assert case_of(ashfield, LATER, handle="maple.heron", account_id="1001") == old
    ashfield.given("change-handle", LATER, case=old, handle="maple.ibis")
    new = case_of(ashfield, LATER, handle="maple.heron", account_id="2002")
    assert new != old
    assert read(ashfield, "maple.heron") == new


def test_a_handle_still_held_is_taken_by_saying_that_it_is_a_new_account(
    ashfield: Scenario,
) -> None:
    old = case_of(ashfield, handle="maple.heron")
    new = case_of(ashfield, LATER, handle="maple.heron", new_account=True)
    assert new != old
    assert note(ashfield, handle="maple.heron")["case"] == new
    assert shown(ashfield, old)["case"] == old


def test_an_account_may_go_back_to_a_handle_it_gave_up(ashfield: Scenario) -> None:
    case = case_of(ashfield, handle="maple.heron")
    for handle in ("maple.egret", "maple.heron"):
        ashfield.given("change-handle", DAY, case=case, handle=handle)
    assert note(ashfield, handle="maple.heron")["case"] == case
    assert given_up(note(ashfield, handle="maple.egret"), case)


def test_a_change_entered_late_gives_up_nothing_that_came_after(ashfield: Scenario) -> None:
    case = case_of(ashfield, handle="maple.heron")
    ashfield.given("change-handle", "2025-05-01", case=case, handle="maple.ibis")
    ashfield.given("change-handle", LATER, case=case, handle="maple.egret")
    assert shown(ashfield, case)["handle"] == "maple.ibis"
    assert note(ashfield, handle="maple.ibis")["case"] == case
    for old in ("maple.heron", "maple.egret"):
        assert read(ashfield, old) == case
        assert given_up(note(ashfield, handle=old), case)


def test_a_handle_is_changed_to_that_of_another_case_only_by_another_id(
    ashfield: Scenario,
) -> None:
    case = case_of(ashfield, handle="maple.heron", account_id="1001")
    held = case_of(ashfield, handle="oak.leaf")
    answer = ashfield.when("change-handle", LATER, case=case, handle="@Oak.Leaf")
    assert (answer["outcome"], rules_of(answer)) == ("refused", ["STATE"])
    assert [way["command"] for way in answer["verdict"]["instead"]] == ["link-accounts"]
    ashfield.given("link-accounts", LATER, **linking(case, held))
    linked = ashfield.when("change-handle", LATER, case=case, handle="oak.leaf")
    assert (linked["outcome"], linked["verdict"]["instead"]) == ("refused", [])
    assert case_of(ashfield, handle="oak.leaf", account_id="2002") == held
    answer = ashfield.given("change-handle", LATER, case=case, handle="oak.leaf")
    assert held in answer["verdict"]["warnings"][0]
    assert note(ashfield, handle="oak.leaf")["case"] == case


def test_an_id_is_of_one_account_and_never_changes(ashfield: Scenario) -> None:
    first = case_of(ashfield, handle="maple.heron", account_id="1001")
    second = case_of(ashfield, handle="oak.leaf")
    told = {"handle": "oak.leaf.2", "account_id": "1001"}
    taken = ashfield.when("change-handle", LATER, case=second, **told)
    assert (taken["outcome"], rules_of(taken)) == ("refused", ["STATE"])
    assert first in taken["why"][0]
    other = ashfield.when("change-handle", LATER, case=first, handle="m.h", account_id="3003")
    assert (other["outcome"], rules_of(other)) == ("refused", ["STATE"])
    ashfield.given("change-handle", LATER, case=second, handle="oak.leaf.2", account_id="2002")
    assert note(ashfield, account_id="2002")["case"] == second
    assert "oak.leaf.2" in history(ashfield, second)[1 + 1]["words"]
