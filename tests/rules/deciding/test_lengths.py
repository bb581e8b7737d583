"""How long a block may last, how it ends and what it covers, ground by ground."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from services.policies import explain, faults
from services.policies.reading import read
from tests.policies.written import written
from tests.rules.deciding.steps import events, found_abusive, terms
from tests.scenarios import Answer, Scenario, rules_of, scenario_under

Blocked = Callable[..., Answer]


@pytest.fixture
def under(tmp_path: Path) -> Iterator[Callable[[str], Scenario]]:
    """A register under a ground with these lines, and one upheld incident on 2 March."""
    with ExitStack() as stack:

        def made(lines: str) -> Scenario:
            text = written(f"[blocks.grounds.breach]\n{lines}")
            assert faults(text.encode()) == []
            council = stack.enter_context(scenario_under(tmp_path, text))
            found_abusive(council)
            return council

        yield made


def block(council: Scenario, **fields: Any) -> Answer:
    """The answer to a block of 3 March 2026."""
    return council.when("block", "2026-03-03", **terms(1, **fields))


def until(day: str, **also: str) -> dict[str, str]:
    """A fixed length."""
    return {"kind": "fixed", "until": day, **also}


THEIRS = '{ rules = ["R-MAY1"], by = ["officer"], sets_length = true }'
Under = Callable[[str], Scenario]


def test_a_fixed_length_is_filled_in_and_runs_out_by_itself(under: Under) -> None:
    council = under("fixed_months = 2")
    assert block(council)["outcome"] == "accepted"
    [shown] = council.appeals("2026-05-02")
    assert shown["length"] == until("2026-05-02", ends="by_itself")
    assert council.casework.tick()
    assert events(council, "BlockEnded")[0]["occurred_at"] == "2026-05-02T23:00:00+00:00"


@pytest.mark.parametrize("length", [{"kind": "indefinite"}, until("2026-05-03")])
def test_no_other_length_than_the_fixed_one_is_allowed(under: Under, length: Any) -> None:
    answer = block(under("fixed_months = 2"), length=length)
    assert (rules_of(answer), answer["verdict"]["missing"]) == (["R-MAY1"], ["length"])
    assert "until 2026-05-02" in answer["why"][0]


def test_a_cap_allows_its_last_day_and_none_after(under: Under) -> None:
    council = under("at_most_months = 12")
    for length in ({"kind": "indefinite"}, until("2027-03-03")):
        assert block(council, length=length)["verdict"]["missing"] == ["length.until"]
    assert block(council, length=until("2027-03-02"))["outcome"] == "accepted"


def test_a_ground_may_have_lengths_of_its_own(under: Under) -> None:
    council = under('lengths = ["permanent"]')
    answer = block(council)
    assert (rules_of(answer), answer["verdict"]["missing"]) == (["R-MAY1"], ["length.kind"])
    assert block(council, length={"kind": "permanent"})["outcome"] == "accepted"


def test_an_interim_block_has_a_cap_of_its_own(under: Under) -> None:
    council = under("interim = { at_most_months = 1 }")
    assert block(council, interim=True)["verdict"]["missing"] == ["length.until"]
    length = until("2026-04-02")
    assert block(council, interim=True, length=length)["outcome"] == "accepted"
    assert "for the time being" in events(council, "Blocked")[0]["words"]


def test_where_the_policy_knows_no_interim_block_there_is_none(under: Under) -> None:
    answer = block(under(""), interim=True)
    assert (rules_of(answer), answer["verdict"]["missing"]) == (["SILENT-INTERIM"], ["interim"])


def test_a_block_ends_in_no_other_way_than_the_ground_says(under: Under) -> None:
    council = under('ends = ["on_request"]')
    length = until("2026-04-02", ends="by_itself")
    assert block(council, length=length)["verdict"]["missing"] == ["length.ends"]
    assert block(council)["outcome"] == "accepted"
    shown = council.appeals("2026-05-02")[0]["length"]
    assert shown == {"kind": "indefinite", "ends": "on_request"}


def test_one_decision_may_cover_one_channel_only(under: Under) -> None:
    council = under('spread = "one"')
    assert block(council, channels="all")["verdict"]["missing"] == ["channels"]
    assert block(council, channels=["facebook:parks"])["outcome"] == "accepted"
    assert block(council, channels=["x"])["outcome"] == "accepted"


def test_a_length_without_its_kind_is_understood(under: Under) -> None:
    assert block(under(""), length={"until": "2026-04-02"})["outcome"] == "accepted"


@pytest.mark.parametrize(
    ("lines", "place", "problem"),
    [
        ('fixed_months = 3\nlengths = ["permanent"]', "fixed_months", "no block here has a fixed"),
        ("fixed_months = 3\nat_most_months = 2", "fixed_months", "no block lasts longer than 2"),
        ('ends = ["by_itself"]', "ends", "never does"),
        (
            f"fixed_months = 3\napproval = {THEIRS}",
            "fixed_months",
            "who approves is to decide it",
        ),
    ],
)
def test_lengths_that_cannot_hold_together_are_found(lines: str, place: str, problem: str) -> None:
    found = faults(written(f"[blocks.grounds.breach]\n{lines}").encode())
    assert any(f.path.endswith(place) and problem in f.problem for f in found), found


def test_the_page_tells_how_long_a_block_lasts() -> None:
    lines = 'fixed_months = 3\nends = ["by_itself"]\nlengths = ["fixed"]\nspread = "one"'
    page = explain(read(written(f"[blocks.grounds.breach]\n{lines}").encode()))
    for said in ("lasts: 3 months, no more and no less", "ends: by itself", "covers one channel"):
        assert said in page
