"""A fixed block of a linked case that has run out is ended before it can count."""

from __future__ import annotations

from datetime import UTC, datetime

from tests.rules.northants.steps import blocked
from tests.rules.people.pairs import NEW, history, linking
from tests.scenarios import Scenario

FIXED = {"kind": "fixed", "until": "2026-06-12"}


def test_the_next_command_in_either_case_ends_it(northants: Scenario) -> None:
    northants.now = datetime(2026, 6, 3, 12, tzinfo=UTC)
    blocked(northants, "2026-06-01", length=FIXED)
    old = northants.case
    northants.flagged("2026-06-02", account=NEW)
    new = northants.case
    northants.given("link-accounts", "2026-06-03", **linking(old, new))
    northants.given("note", case=new, text="still standing")
    assert history(northants, old)[-1]["type"] != "BlockEnded"
    northants.now = datetime(2026, 6, 15, 12, tzinfo=UTC)
    northants.given("note", case=new, text="run out")
    ended = history(northants, old)[-1]
    assert (ended["type"], ended["actor"]["kind"]) == ("BlockEnded", "timer")
    assert northants.casework.differences() == []
