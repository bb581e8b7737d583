"""Which account is meant: by id, then by handle, however it is typed; only a flag opens a case.

Each test is a sentence of the contract's "Which account".
"""

from __future__ import annotations

import pytest

from services.faults import NotFound
from tests.rules.people.names import DAY, ITEM, LATER, case_of, flag, given_up, note, read, searched
from tests.scenarios import Scenario

SPELLINGS = (
    "maple.heron",
    "MAPLE.Heron",
    "@maple.heron",
    " ＭＡＰＬＥ．ｈｅｒｏｎ ",
    "https://www.facebook.com/maple.heron?x=1",
    "facebook.com/Maple.Heron/",
    "\u200emaple.heron\u202c",
)


@pytest.mark.parametrize("typed", SPELLINGS)
def test_however_it_is_typed_a_handle_finds_its_case(ashfield: Scenario, typed: str) -> None:
    case = case_of(ashfield, handle="Maple.Heron")
    assert read(ashfield, typed) == case
    assert searched(ashfield, typed) == {case}
    assert note(ashfield, handle=typed)["case"] == case
    ashfield.given("change-handle", LATER, case=case, handle="oak.leaf")
    assert read(ashfield, typed) == case
    assert searched(ashfield, typed) == {case}
    assert given_up(note(ashfield, handle=typed), case)
    with pytest.raises(NotFound):
        ashfield.casework.find_case(None, f"x/{typed}")


def test_the_id_is_looked_up_before_the_handle(ashfield: Scenario) -> None:
    first = case_of(ashfield, handle="maple.heron", account_id="1001")
    second = case_of(ashfield, handle="oak.leaf", account_id="2002")
    answer = note(ashfield, handle="oak.leaf", account_id="1001")
    assert (answer["case"], second == first) == (first, False)


def test_a_match_that_lacked_the_id_gains_it(ashfield: Scenario) -> None:
    case = case_of(ashfield, handle="maple.heron")
    assert case_of(ashfield, handle="maple.heron", account_id=" 1001 ") == case
    assert note(ashfield, account_id="1001")["case"] == case
    assert case_of(ashfield, handle="maple.heron", account_id="2002") != case


def test_who_comes_with_another_id_takes_the_handle_over(ashfield: Scenario) -> None:
    old = case_of(ashfield, handle="maple.heron", account_id="1001")
    unknown = note(ashfield, handle="maple.heron", account_id="2002")
    assert unknown["outcome"] == "not_found"
    new = case_of(ashfield, handle="maple.heron", account_id="2002")
    assert new != old
    assert read(ashfield, "maple.heron") == new
    assert note(ashfield, handle="maple.heron")["case"] == new
    assert note(ashfield, account_id="1001")["case"] == old
    # What the old account does with its own handle leaves the new one its own.
    ashfield.given("change-handle", LATER, case=old, handle="maple.egret")
    assert note(ashfield, handle="maple.heron")["case"] == new
    assert note(ashfield, handle="maple.egret")["case"] == old


def test_a_known_id_under_another_handle_is_recorded_there_with_a_warning(
    ashfield: Scenario,
) -> None:
    case = case_of(ashfield, handle="maple.heron", account_id="1001")
    answer = flag(ashfield, handle="maple.egret", account_id="1001")
    assert answer["case"] == case
    assert "change-handle" in answer["verdict"]["warnings"][0]
    assert searched(ashfield, "egret") == {case}
    assert note(ashfield, handle="maple.egret")["case"] == case
    ashfield.given("change-handle", LATER, case=case, handle="maple.ibis")
    for old in ("maple.heron", "maple.egret"):
        assert given_up(note(ashfield, handle=old), case)


def test_under_a_handle_that_another_case_holds_the_warning_names_it(ashfield: Scenario) -> None:
    case_of(ashfield, handle="maple.heron", account_id="1001")
    other = case_of(ashfield, handle="oak.leaf")
    answer = flag(ashfield, handle="oak.leaf", account_id="1001")
    assert other in answer["verdict"]["warnings"][0]
    assert "link-accounts" in answer["verdict"]["warnings"][0]
    assert note(ashfield, handle="oak.leaf")["case"] == other


def test_of_two_known_ids_the_one_seen_under_a_handle_has_it(ashfield: Scenario) -> None:
    first = case_of(ashfield, handle="maple.heron", account_id="1001")
    second = case_of(ashfield, handle="oak.leaf", account_id="2002")
    assert case_of(ashfield, handle="oak.leaf", account_id="1001") == first
    assert note(ashfield, handle="oak.leaf")["case"] == first
    assert note(ashfield, account_id="2002")["case"] == second


def test_an_author_named_later_takes_over_a_handle_by_another_id(ashfield: Scenario) -> None:
    old = case_of(ashfield, handle="maple.heron", account_id="1001")
    unknown = ashfield.given(
        "flag",
        DAY,
        account={"platform": "facebook", "unknown": True},
        item=ITEM,
        source={"kind": "public_report"},
        why="swearing",
    )["case"]
    names = {"platform": "facebook", "handle": "maple.heron", "account_id": "2002", "name": "M"}
    ashfield.given("complete-record", LATER, case=unknown, incident=1, account=names)
    assert note(ashfield, handle="maple.heron")["case"] == unknown
    assert note(ashfield, account_id="1001")["case"] == old


@pytest.mark.parametrize("command", ["note", "hide", "change-handle", "link-accounts"])
def test_only_a_flag_opens_a_case(ashfield: Scenario, command: str) -> None:
    other = case_of(ashfield, handle="oak.leaf")
    told = {
        "note": {"text": "seen"},
        "hide": {"incident": 1},
        "change-handle": {"handle": "maple.egret"},
        "link-accounts": {"other": other, "kind": "same_person", "reason": "says so"},
    }
    for more in ({}, {"new_account": True}):
        account = {"platform": "facebook", "handle": "maple.heron", **more}
        answer = ashfield.when(command, DAY, account=account, **told[command])
        assert answer["outcome"] == "not_found"
    opened = flag(ashfield, handle="maple.heron")
    assert [e["type"] for e in opened["events"]] == ["AccountOpened", "CommentFlagged"]


@pytest.mark.parametrize("typed", ["@", "https://www.facebook.com/", "\u200e@ "])
def test_a_handle_of_which_nothing_is_left_names_nobody(ashfield: Scenario, typed: str) -> None:
    answer = flag(ashfield, handle=typed, account_id="1001")
    assert [error["path"] for error in answer["errors"]] == ["account.handle"]
    case = case_of(ashfield, handle="maple.heron")
    changed = ashfield.when("change-handle", LATER, case=case, handle=typed)
    assert [error["path"] for error in changed["errors"]] == ["handle"]


def test_an_account_named_beside_its_case_is_on_the_platform_of_it(ashfield: Scenario) -> None:
    case = case_of(ashfield, handle="maple.heron")
    names = {"platform": "x", "handle": "maple.heron"}
    answer = ashfield.when("note", LATER, case=case, account=names, text="which?")
    assert (answer["outcome"], answer["errors"][0]["path"]) == ("invalid", "account.platform")
    ashfield.given("note", LATER, case=case, account=names | {"platform": "facebook"}, text="here")
