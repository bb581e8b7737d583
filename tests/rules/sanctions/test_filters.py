"""A ladder that differs by category, by kind of item, or skips a step for what bears a mark."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.rules.sanctions.policies import ABUSE, DAY, SPAM, block, need, on_a_block
from tests.scenarios import Scenario

Council = Callable[[str], Scenario]
WARNED = 'what = "warned", rules = ["R-MAY1"]'
WITH_WARNINGS = """
[warnings]
rules = ["R-MAY1"]
force = "may"
needs = [{ what = "finding", rules = ["R-MAY1"] }]
"""


@pytest.mark.parametrize(
    ("narrowed", "findings", "item", "outcome"),
    [
        ('categories = ["abuse"]', ABUSE, {}, "refused"),
        ('categories = ["abuse"]', SPAM, {}, "accepted"),
        ('categories = ["abuse"]', [*ABUSE, *SPAM], {}, "refused"),
        ('except_categories = ["abuse"]', ABUSE, {}, "accepted"),
        ('except_categories = ["abuse"]', SPAM, {}, "refused"),
        ('except_categories = ["abuse"]', [*ABUSE, *SPAM], {}, "refused"),
        ('kinds = ["profile"]', ABUSE, {"kind": "profile"}, "refused"),
        ('kinds = ["profile"]', ABUSE, {}, "accepted"),
        ('except_kinds = ["profile"]', ABUSE, {"kind": "profile"}, "accepted"),
        ('except_kinds = ["profile"]', ABUSE, {}, "refused"),
    ],
)
def test_a_need_holds_for_the_items_that_it_names(
    council: Council, narrowed: str, findings: Any, item: dict[str, str], outcome: str
) -> None:
    town = council(WITH_WARNINGS + on_a_block(f"{WARNED}, {narrowed}"))
    incident = town.upheld(DAY, findings, item=item)
    assert block(town, DAY, incident)["outcome"] == outcome


def test_a_mark_is_a_named_exception_that_skips_the_step(council: Council) -> None:
    town = council(WITH_WARNINGS + on_a_block(f'{WARNED}, unless_mark = "explicit"'))
    plain, marked = town.upheld(DAY, ABUSE), town.upheld(DAY, ABUSE, explicit=True)
    assert block(town, DAY, plain)["outcome"] == "refused"
    assert block(town, DAY, plain, marked)["outcome"] == "refused", "one of them needs it"
    assert block(town, DAY, marked)["outcome"] == "accepted"


@pytest.mark.parametrize(
    ("narrowed", "outcome"),
    [('except_categories = ["spam"]', "refused"), ('categories = ["spam"]', "accepted")],
)
def test_where_nothing_is_listed_an_exception_excuses_nobody(
    council: Council, narrowed: str, outcome: str
) -> None:
    reserved = f"""
    [blocks.grounds.reserved_power]
    rules = ["R-MAY1"]
    scopes = ["access"]
    needs = [{{ {WARNED}, {narrowed} }}]
    """
    town = council(WITH_WARNINGS + reserved)
    town.flagged(DAY)
    assert block(town, DAY, ground="reserved_power")["outcome"] == outcome


def test_a_removal_can_differ_by_kind(council: Council) -> None:
    evidence = '{ what = "evidence", rules = ["R-MAY1"], except_kinds = ["review"] }'
    finding = '{ what = "finding", rules = ["R-MAY1"] }'
    town = council(f"[removal]\nneeds = [{finding}, {evidence}]")
    outcomes = []
    for kind in ("review", "comment"):
        number = town.flagged(DAY, item={"kind": kind})
        found = {"incident": number, "findings": ABUSE, "viewpoint_neutral": True}
        town.given("uphold", DAY, **found)
        outcomes.append(town.when("hide", DAY, incident=number)["outcome"])
    assert outcomes == ["accepted", "refused"]


def test_the_same_need_stands_twice_where_the_ladder_differs(council: Council) -> None:
    twice = need("strikes", at_least=2) + ', except_categories = ["spam"]'
    thrice = need("strikes", at_least=3) + ', categories = ["spam"]'
    town = council(on_a_block(twice, thrice))
    first, second = town.upheld(DAY, ABUSE), town.upheld(DAY, SPAM)
    assert block(town, DAY, second)["outcome"] == "refused"
    assert block(town, DAY, first)["outcome"] == "accepted"
