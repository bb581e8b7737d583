"""What the policies want counted is counted."""

from __future__ import annotations

import pytest

from services.views.figures import council_figures
from tests.scenarios import scenario


def counts(register, table):
    """How many flags fell into each row of a table."""
    casework = register.casework
    asked = (casework.database, casework.offices.policy, register.now)
    [found] = council_figures(*asked, exact=True)
    return {f.row: f.count for f in found.figures if (f.column, f.table) == ("flagged", table)}


@pytest.mark.rule("R-A1")
def test_posts_are_counted_by_whom_they_were_aimed_at(tmp_path):
    with scenario(tmp_path, "ashfield") as ashfield:
        for kind in ("employee", "employee", "councillor", "resident", "group", "council", "none"):
            ashfield.flagged("2025-03-03", target={"kind": kind})
        assert counts(ashfield, "target") == {
            "employee": 2,
            **dict.fromkeys(("councillor", "resident", "group", "council", "none"), 1),
        }


@pytest.mark.rule("R-N35")
def test_concerns_for_the_welfare_of_the_media_team_are_counted(tmp_path):
    with scenario(tmp_path, "north-northamptonshire") as northants:
        aimed = {"target": {"kind": "moderation_team"}}
        northants.flagged("2026-03-02", **aimed, welfare_concern=True)
        northants.flagged("2026-03-03", **aimed)
        assert counts(northants, "welfare_concern") == {"no": 1, "yes": 1}
        assert counts(northants, "target") == {"moderation_team": 2}
