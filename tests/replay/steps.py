"""Short ways to a case that is worth replaying."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from typing import Any

from services.cli.days import moment_or_day
from services.replay.clocks import Clocks
from tests.replay.again import case_of
from tests.scenarios import PROPORTIONATE, Scenario

SHIPPED = files("domain") / "policies" / "ashfield" / "undated.toml"
R_A15 = 'quote = "abusive or threatening – this includes swearing"'


def at(scenario: Scenario, as_of: str | None = None, as_known_at: str | None = None) -> Any:
    """The present case replayed; moments are typed as on the command line."""
    clocks = Clocks(*(moment_or_day(each) if each else None for each in (as_of, as_known_at)))
    return scenario.casework.replay.at(case_of(scenario), clocks)


def blocked(scenario: Scenario, day: str = "2026-03-06") -> None:
    """An incident of 5 March, hidden; another on the day, and a block of the account."""
    scenario.upheld("2026-03-05")
    scenario.given("hide", "2026-03-05T11:00:00+00:00", incident=1)
    scenario.upheld(day)
    scenario.given("hide", f"{day}T11:00:00+00:00", incident=2)
    block(scenario, day)


def block(scenario: Scenario, day: str) -> None:
    """Block the account for its first two incidents, at noon of the day."""
    scenario.given(
        "block",
        f"{day}T12:00:00+00:00",
        ground="continues",
        incidents=[1, 2],
        scope="interacting",
        channels="all",
        reason="it goes on",
        proportionality=PROPORTIONATE,
    )


@contextmanager
def recorded_on(scenario: Scenario, moment: str) -> Iterator[None]:
    """What is sent here is recorded at that moment."""
    before, scenario.now = scenario.now, datetime.fromisoformat(moment).astimezone(UTC)
    yield
    scenario.now = before


def adopt_second_version(
    scenario: Scenario, folder: Path, start: str, months: tuple[str, str] = ("12", "12")
) -> None:
    """Adopt the shipped policy with other words for R-A15, and another wait for appeals."""
    text = SHIPPED.read_text(encoding="utf-8")
    for old, new in (
        ('version = "undated"', 'version = "v2"'),
        (R_A15, 'quote = "abusive words of any kind"'),
        (f"after_months = {months[0]}", f"after_months = {months[1]}"),
    ):
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    file = folder / "v2.toml"
    file.write_text(text, encoding="utf-8")
    adopted = {"file": str(file), "from": start, "decision": "Cabinet"}
    scenario.given("adopt-policy", **adopted, actor="admin")
