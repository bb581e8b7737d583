"""What is owed for a first breach and for a repeat; what is never removed, whatever it is."""

from __future__ import annotations

from collections.abc import Callable

from tests.rules.sanctions.policies import ABUSE, DAY, LATER, SPAM, block, need, on_a_block
from tests.scenarios import Scenario, rules_of, types_of

Council = Callable[[str], Scenario]
OFF_TOPIC = [{"category": "off_topic"}]
BY_OCCASION = "".join(
    f'[[duties]]\non = "upheld"\ncode = "{code}"\nrules = ["R-WILL1"]\noccasion = "{occasion}"\n'
    for code, occasion in (("remove_content", "first"), ("block_account", "repeat"))
)
NEVER = """
[removal.never_for]
rules = ["R-NEVER1"]
categories = ["spam", "off_topic"]
"""
REMOVE = '[[duties]]\non = "upheld"\ncode = "remove_content"\nrules = ["R-WILL1"]\n'


def owed(town: Scenario, incident: int) -> list[str]:
    return [duty["code"] for duty in town.duties(about={"incident": incident})]


def test_a_first_breach_owes_one_thing_and_a_repeat_another(council: Council) -> None:
    town = council(BY_OCCASION)
    first = town.upheld(DAY, ABUSE)
    assert owed(town, first) == ["remove_content"]
    second = town.upheld(LATER, SPAM)
    assert owed(town, second) == ["block_account"]


def test_what_does_not_count_makes_no_repeat(council: Council) -> None:
    town = council(BY_OCCASION)
    town.upheld(DAY, OFF_TOPIC)
    wrong = town.upheld(DAY, ABUSE)
    assert owed(town, wrong) == ["remove_content"]
    town.given("overturn", DAY, incident=wrong, because="error", reasons="misread")
    assert owed(town, town.upheld(LATER, ABUSE)) == ["remove_content"]


def test_a_category_that_is_never_removed_is_never_hidden_nor_deleted(council: Council) -> None:
    town = council(NEVER + REMOVE)
    spam = town.upheld(DAY, SPAM)
    assert owed(town, spam) == []
    for act in ("hide", "delete"):
        answer = town.when(act, DAY, incident=spam)
        assert (answer["outcome"], rules_of(answer)) == ("refused", ["R-NEVER1"])
        assert types_of(answer) == ["RefusalRecorded"]


def test_what_is_also_another_breach_is_removed_for_that(council: Council) -> None:
    town = council(NEVER + REMOVE)
    both = town.upheld(DAY, [*SPAM, *ABUSE])
    assert owed(town, both) == ["remove_content"]
    town.given("hide", DAY, incident=both)


def test_a_ground_without_a_breach_is_open_all_the_same(council: Council) -> None:
    protect = '[removal.grounds.protect_person]\nrules = ["R-MAY1"]\nneeds = []\n'
    town = council(NEVER + protect)
    safe = {"ground": "protect_person", "reason": "a child", "viewpoint_neutral": True}
    town.given("hide", DAY, incident=town.upheld(DAY, SPAM), **safe)


def test_a_block_does_not_wait_for_a_removal_that_never_comes(council: Council) -> None:
    town = council(NEVER + on_a_block(need("removed")))
    spam, abuse = town.upheld(DAY, SPAM), town.upheld(DAY, ABUSE)
    assert block(town, DAY, spam, abuse)["verdict"]["missing"] == ["hide"]
    assert block(town, DAY, spam)["outcome"] == "accepted"


def test_a_duty_goes_by_how_grave_the_finding_is_called(council: Council) -> None:
    graver = '[marks.extreme]\nrules = ["R-MAY1"]\n' + "".join(
        f'[[duties]]\non = "upheld"\ncode = "{code}"\nrules = ["R-WILL1"]\n{narrowed}\n'
        for code, narrowed in (
            ("remove_content", 'unless_mark = "extreme"'),
            ("block_account", 'mark = "extreme"'),
        )
    )
    town = council(graver)
    said = {"findings": ABUSE, "viewpoint_neutral": True, "actor": "pat.o"}
    mild, grave = town.flagged(DAY), town.flagged(DAY)
    town.given("uphold", DAY, incident=mild, **said)
    assert owed(town, mild) == ["remove_content"]
    town.given("uphold", DAY, incident=grave, extreme={"reason": "a threat"}, **said)
    assert owed(town, grave) == ["block_account"]
    town.given("uphold", LATER, incident=mild, extreme={"reason": "a threat"}, **said)
    assert owed(town, mild) == ["remove_content", "block_account"]
