"""Asking an author in any of several ways, and what counts as taking it down."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.rules.sanctions.policies import ABUSE, DAY, LATER, block, need, on_a_block
from tests.scenarios import Scenario, rules_of

Council = Callable[[str], Scenario]
ASKS = """
[asking]
rules = ["R-WILL1"]
ways = ["public_reply", "direct_message"]
""" + on_a_block(need("asked_all_ways"), need("not_complied"))
DUTIES = "".join(
    f'[[duties]]\non = "upheld"\ncode = "{code}"\nrules = ["R-WILL1"]\n'
    for code in ("ask_removal_public", "ask_removal_direct", "remove_content")
)
ANY = 'all_or_any = "any"\n'
DELETED = 'cure = ["deleted"]\n'


def asks(*more: str) -> str:
    return ASKS.replace("ways =", "".join(more) + "ways =") + DUTIES


def ask(town: Scenario, incident: int, via: str = "public_reply", **fields: str) -> str:
    said = {"incident": incident, "via": via, "delivery": "sent"} | fields
    answer: str = town.when("ask-removal", DAY, **said)["outcome"]
    return answer


@pytest.mark.parametrize(
    ("lines", "left", "outcome"),
    [(asks(ANY), [], "accepted"), (asks(), ["ask_removal_direct"], "refused")],
    ids=["any", "all"],
)
def test_one_way_is_enough_only_where_the_policy_says_so(
    council: Council, lines: str, left: list[str], outcome: str
) -> None:
    town = council(lines)
    incident = town.upheld(DAY, ABUSE)
    assert block(town, DAY, incident)["outcome"] == "refused", "the author was asked in no way"
    ask(town, incident)
    codes = [duty["code"] for duty in town.duties() if duty["code"].startswith("ask")]
    assert codes == left
    assert block(town, DAY, incident)["outcome"] == outcome


@pytest.mark.parametrize(
    ("lines", "how", "complied"),
    [
        (asks(ANY), "edited", True),
        (asks(ANY), "deleted", True),
        (asks(ANY, DELETED), "edited", False),
        (asks(ANY, DELETED), "deleted", True),
    ],
)
def test_what_counts_as_taking_it_down(
    council: Council, lines: str, how: str, complied: bool
) -> None:
    town = council(lines)
    incident = town.upheld(DAY, ABUSE)
    ask(town, incident)
    answer = town.given("removal-honoured", LATER, incident=incident, how=how)
    warned = "editing it is not taking it down under this policy"
    assert (warned in answer["verdict"]["warnings"]) is not complied
    assert bool(town.duties(code="remove_content")) is not complied
    assert (block(town, LATER, incident)["outcome"] == "refused") is complied


def test_nobody_is_asked_to_do_what_would_not_help(council: Council) -> None:
    town = council(asks(DELETED))
    incident = town.upheld(DAY, ABUSE)
    said = {"incident": incident, "via": "public_reply", "delivery": "sent", "asks": "either"}
    answer = town.when("ask-removal", DAY, **said)
    assert (answer["outcome"], rules_of(answer)) == ("refused", ["R-WILL1"])
    assert answer["verdict"]["missing"] == ["asks"]
    assert ask(town, incident) == "accepted"


def test_what_was_edited_in_vain_is_still_to_be_removed_before_a_block(council: Council) -> None:
    town = council(asks(DELETED).replace("not_complied", "removed"))
    incident = town.upheld(DAY, ABUSE)
    for way in ("public_reply", "direct_message"):
        ask(town, incident, way)
    town.given("removal-honoured", DAY, incident=incident, how="edited")
    assert block(town, DAY, incident)["verdict"]["missing"] == ["hide"]
    town.given("hide", DAY, incident=incident)
    assert town.duties(code="remove_content") == []
    assert block(town, DAY, incident)["outcome"] == "accepted"
