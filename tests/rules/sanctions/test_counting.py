"""Which breaches count towards a block: alike, on one page, moderated, warned of, since when."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.rules.sanctions.policies import (
    ABUSE,
    DAY,
    LATER,
    SPAM,
    WARNS,
    block,
    need,
    on_a_block,
    warn,
)
from tests.scenarios import Scenario

Council = Callable[[str], Scenario]
THREAT = [{"category": "abuse", "sub_reason": "threat"}]
SWEARING = [{"category": "abuse", "sub_reason": "swearing"}]
OFF_TOPIC = [{"category": "off_topic"}]


def twice(**more: object) -> str:
    return on_a_block(need("strikes", at_least=2, **more))


def outcomes(town: Scenario, at: str, *listed: int) -> str:
    answer: str = block(town, at, *listed)["outcome"]
    return answer


def test_what_never_counts_is_not_counted(council: Council) -> None:
    town = council(twice())
    first, second = town.upheld(DAY, ABUSE), town.upheld(DAY, OFF_TOPIC)
    assert outcomes(town, DAY, first, second) == "refused"
    town.upheld(DAY, SPAM)
    assert outcomes(town, DAY, first) == "accepted"


@pytest.mark.parametrize(
    ("similar", "first", "second", "outcome"),
    [
        ("category", ABUSE, SPAM, "refused"),
        ("category", THREAT, SWEARING, "accepted"),
        ("sub_reason", THREAT, SWEARING, "refused"),
        ("sub_reason", THREAT, [*SPAM, *THREAT], "accepted"),
    ],
)
def test_only_similar_breaches_count(
    council: Council, similar: str, first: list[dict[str, str]], second: object, outcome: str
) -> None:
    town = council(twice(similar=similar))
    numbers = [town.upheld(DAY, found) for found in (first, second)]  # type: ignore[arg-type]
    assert outcomes(town, DAY, *numbers) == outcome


def test_two_of_different_kinds_are_not_two_of_a_kind(council: Council) -> None:
    town = council(on_a_block(need("strikes", at_least=3, similar="category")))
    found = (ABUSE, ABUSE, SPAM, SPAM)
    numbers = [town.upheld(DAY, each) for each in found]
    assert outcomes(town, DAY, *numbers) == "refused"
    town.upheld(DAY, SPAM)
    assert outcomes(town, DAY, numbers[0]) == "refused", "three are spam, and this one is not"
    assert outcomes(town, DAY, numbers[2]) == "accepted"


def test_only_those_on_one_page_count(council: Council) -> None:
    town = council(
        on_a_block('what = "strikes", rules = ["R-MAY1"], at_least = 2, same_channel = true')
    )
    parks = {"channel": "facebook:parks"}
    first, second = town.upheld(DAY, ABUSE), town.upheld(DAY, ABUSE, item=parks)
    assert outcomes(town, DAY, first, second) == "refused"
    third = town.upheld(DAY, ABUSE, item={"channel": "facebook"})
    assert outcomes(town, DAY, third) == "accepted", "the page of the platform is its channel"


def test_what_was_hidden_or_deleted_counts_until_it_is_restored(council: Council) -> None:
    protect = '[removal.grounds.protect_person]\nrules = ["R-MAY1"]\nneeds = []\n'
    town = council(twice(counting="moderated") + protect)
    numbers = [town.upheld(DAY, ABUSE) for _ in range(3)]
    town.given("hide", DAY, incident=numbers[0])
    safe = {"ground": "protect_person", "reason": "a child", "viewpoint_neutral": True}
    town.given("hide", DAY, incident=numbers[1], **safe)
    assert outcomes(town, DAY, numbers[0]) == "refused", "a ground without a breach never counts"
    town.given("delete", DAY, incident=numbers[2])
    town.given("restore", DAY, incident=numbers[0], reason="a second look")
    assert outcomes(town, DAY, numbers[0]) == "refused"
    town.given("hide", LATER, incident=numbers[0])
    town.given("content-gone", LATER, incident=numbers[0], by="author")
    assert outcomes(town, LATER, numbers[0]) == "accepted", "it was moderated all the same"


def test_what_a_filter_hid_before_us_was_not_moderated(council: Council) -> None:
    town = council(twice(counting="moderated"))
    filtered = {"source": {"kind": "platform_filter", "already": "hidden"}}
    numbers = [town.upheld(DAY, ABUSE, **filtered) for _ in range(2)]
    assert outcomes(town, DAY, *numbers) == "refused"


def test_what_the_person_was_warned_of_counts_from_the_warning(council: Council) -> None:
    town = council(WARNS + twice(counting="warned", within_months=12))
    town.now = town.now.replace(year=2027)
    numbers = [town.upheld(DAY, ABUSE) for _ in range(2)]
    warn(town, DAY, numbers[0])
    warn(town, LATER, numbers[1], delivery="failed", failure="comments are off")
    assert outcomes(town, LATER, *numbers) == "refused"
    warn(town, LATER, numbers[1])
    assert outcomes(town, "2027-03-01", *numbers) == "accepted"


def test_old_warnings_no_longer_count(council: Council) -> None:
    town = council(WARNS + twice(counting="warned", within_months=12))
    town.now = town.now.replace(year=2027)
    numbers = [town.upheld(DAY, ABUSE) for _ in range(2)]
    for number, at in zip(numbers, (DAY, LATER), strict=True):
        warn(town, at, number)
    assert outcomes(town, "2027-03-02", *numbers) == "refused"


def test_after_a_block_the_count_begins_anew(council: Council) -> None:
    town = council(twice(since="last_block"))
    numbers = [town.upheld(DAY, ABUSE) for _ in range(2)]
    assert outcomes(town, DAY, *numbers) == "accepted"
    wrong = {"block": 1, "because": "error", "reasons": "the wrong page"}
    town.given("reverse-block", LATER, **wrong, actor="pat.o")
    assert outcomes(town, LATER, *numbers) == "refused"
    again = [town.upheld(LATER, ABUSE) for _ in range(2)]
    assert outcomes(town, LATER, *again) == "accepted"
