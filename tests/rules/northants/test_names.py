"""Whose case it is: unknown authors, handles given up or taken over, ids learnt, the same link."""

from __future__ import annotations

from typing import Any

import pytest

from tests.scenarios import SWEARING, Answer, Scenario, rules_of

DAY = "2026-03-02"
ITEM = {"kind": "comment", "text": "f*** the lot of you"}
MAPLE = {"platform": "facebook", "handle": "maple.heron"}
UNKNOWN = {"platform": "facebook", "unknown": True}


def flag(council: Scenario, account: dict[str, Any], **item: Any) -> Answer:
    """The answer to flagging an item of that account; its case becomes the present one."""
    source = {"kind": "officer"}
    answer = council.when("flag", DAY, account=account, item=ITEM | item, source=source)
    council.case = answer["case"] or council.case
    return answer


def case_of(council: Scenario, **account: str) -> str:
    """The case in which an item of that account is recorded."""
    answer = flag(council, {"platform": "facebook", **account})
    assert answer["outcome"] == "accepted", answer
    case: str = answer["case"]
    return case


@pytest.mark.rule("R-N5")
def test_an_unknown_author_is_to_be_named_before_anything_is_found(northants: Scenario) -> None:
    first = flag(northants, UNKNOWN)
    [owed] = [d for d in first["verdict"]["duties"] if d["code"] == "complete_record"]
    assert (owed["rule"], owed["due"]) == ("R-N5", None)
    northants.given("capture", DAY, incident=1, held_at="S:/evidence")
    found = {"incident": 1, "findings": SWEARING, "viewpoint_neutral": True}
    for command, told in (("uphold", found), ("hide", {"incident": 1})):
        answer = northants.when(command, DAY, **told)
        assert answer["outcome"] == "refused"
        assert "complete-record" in answer["verdict"]["missing"]
    named = {"case": northants.case, "account": MAPLE}
    northants.given("complete-record", DAY, incident=1, **named)
    assert northants.duties(code="complete_record") == []
    northants.given("uphold", DAY, **found)


def test_each_unknown_author_has_a_case_of_their_own(northants: Scenario) -> None:
    assert flag(northants, UNKNOWN)["case"] != flag(northants, UNKNOWN)["case"]


def test_an_unknown_author_who_turns_out_to_have_a_case_is_flagged_there(
    northants: Scenario,
) -> None:
    known = case_of(northants, handle="maple.heron", account_id="1001")
    for account in (MAPLE, {"platform": "facebook", "account_id": "1001"}):
        flag(northants, UNKNOWN)
        named = {"case": northants.case, "account": account}
        answer = northants.when("complete-record", DAY, incident=1, **named)
        assert answer["outcome"] == "refused"
        assert known in answer["why"][0]
        northants.given("dismiss", DAY, incident=1, reason="duplicate")


def test_a_handle_finds_its_case_however_it_is_written(northants: Scenario) -> None:
    known = case_of(northants, handle="maple.heron")
    written = ("@Maple.Heron", " maple.heron ", "https://facebook.com/maple.heron", "ｍaple.heron")
    assert {case_of(northants, handle=handle) for handle in written} == {known}


def test_an_id_is_learnt_and_then_finds_the_case_under_any_handle(northants: Scenario) -> None:
    known = case_of(northants, handle="maple.heron")
    assert case_of(northants, handle="maple.heron", account_id="1001") == known
    answer = flag(northants, {"platform": "facebook", "account_id": "1001", "handle": "new.maple"})
    assert answer["case"] == known
    assert "change-handle" in answer["verdict"]["warnings"][0]


def test_a_handle_that_comes_with_another_id_is_another_person(northants: Scenario) -> None:
    first = case_of(northants, handle="maple.heron", account_id="1001")
    second = case_of(northants, handle="maple.heron", account_id="2002")
    assert second != first
    assert case_of(northants, handle="maple.heron") == second
    assert case_of(northants, account_id="1001") == first


def test_a_handle_given_up_is_read_but_not_written_by(northants: Scenario) -> None:
    known = case_of(northants, handle="maple.heron")
    northants.given("change-handle", DAY, handle="maple.egret")
    assert case_of(northants, handle="maple.egret") == known
    council = "north-northamptonshire"
    assert northants.casework.find_case(council, "facebook/maple.heron") == known
    for command in ("flag", "note"):
        told = {"item": ITEM, "source": {"kind": "officer"}} if command == "flag" else {"text": "?"}
        answer = northants.when(command, DAY, account=MAPLE, **told)
        assert (answer["outcome"], rules_of(answer)) == ("refused", ["STATE"])
        assert answer["verdict"]["missing"] == ["case", "account.new_account"]
        assert known in answer["why"][0]
    new = flag(northants, MAPLE | {"new_account": True})
    assert new["outcome"] == "accepted"
    assert new["case"] != known
    assert case_of(northants, handle="maple.heron") == new["case"]


def test_a_handle_that_another_case_holds_is_not_taken_by_changing(northants: Scenario) -> None:
    other = case_of(northants, handle="oak.leaf")
    case_of(northants, handle="maple.heron")
    answer = northants.when("change-handle", DAY, handle="@Oak.Leaf")
    assert (answer["outcome"], rules_of(answer)) == ("refused", ["STATE"])
    assert [way["command"] for way in answer["verdict"]["instead"]] == ["link-accounts"]
    assert other in answer["verdict"]["instead"][0]["text"]


def test_the_same_link_again_is_taken_with_a_warning(northants: Scenario) -> None:
    for field, value in (("url", "https://fb.example/7"), ("platform_item_id", "77")):
        assert flag(northants, MAPLE, **{field: value})["verdict"]["warnings"] == []
        again = flag(northants, MAPLE, **{field: value})
        assert again["outcome"] == "accepted"
        number = again["events"][-1]["incident"] - 1
        assert f"incident {number} has the same {field}" in again["verdict"]["warnings"][0]


def test_twitter_is_x(northants: Scenario) -> None:
    known = flag(northants, {"platform": "x", "handle": "maple.heron"})["case"]
    assert flag(northants, {"platform": "twitter", "handle": "maple.heron"})["case"] == known


def test_only_a_flag_opens_a_case(northants: Scenario) -> None:
    for command, told in (("note", {"text": "seen"}), ("hide", {"incident": 1})):
        answer = northants.when(command, DAY, account=MAPLE, **told)
        assert answer["outcome"] == "not_found"
