"""The page on replays: its commands run as printed, and it names every key there is."""

from __future__ import annotations

from pathlib import Path

import pytest

from services.cli.days import moment_or_day
from services.replay.clocks import Clocks
from tests import printed
from tests.replay.again import case_of
from tests.replay.steps import at, blocked
from tests.scenarios import Scenario

PAGE = (Path(__file__).parents[2] / "docs" / "replay.md").read_text(encoding="utf-8")


@pytest.mark.slow
def test_every_command_of_the_page_runs_and_prints_what_it_shows(tmp_path: Path) -> None:
    settings, shown_somewhere = printed.environment(), 0
    for command, shown in printed.commands(PAGE):
        done = printed.run(command, tmp_path, settings)
        if done is not None and shown:
            assert printed.settled(done.stdout) == printed.settled(shown), command
            shown_somewhere += 1
    assert shown_somewhere == 3
    assert (tmp_path / "case.html").exists()


def test_every_key_is_named(ashfield: Scenario) -> None:
    blocked(ashfield)
    change = {"sequence": 1, "field": "name", "value": "M. Heron", "reason": "misread"}
    ashfield.given("correct", "2026-03-10", **change)
    found, replay = at(ashfield, as_of="2026-03-11"), ashfield.casework.replay
    both = (Clocks(as_of=moment_or_day(day)) for day in ("2026-03-05", "2026-03-06"))
    between, why = replay.between(case_of(ashfield), *both), replay.why(case_of(ashfield), 10)
    keys = {*found, *between, *found["policy"], *found["corrections"][0], *why, *why["again"]}
    assert [key for key in sorted(keys) if f"`{key}`" not in PAGE] == []
