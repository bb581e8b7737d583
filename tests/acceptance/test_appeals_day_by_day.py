"""The appeals view on every day from 400 days before a block to 400 days after it."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.scenarios import PROPORTIONATE, scenario


@pytest.mark.slow
@pytest.mark.rule("R-A27", "D-1", "D-2", "D-3")
@pytest.mark.parametrize(
    ("decided", "first_day", "opens"),
    [
        ("2023-03-23T10:00:00+00:00", date(2023, 3, 23), date(2024, 3, 23)),
        ("2025-06-30T23:30:00+00:00", date(2025, 7, 1), date(2026, 7, 1)),
        ("2024-02-29T10:00:00+00:00", date(2024, 2, 29), date(2025, 2, 28)),
    ],
)
def test_no_row_before_the_block_and_eligible_from_the_corresponding_date(
    tmp_path: Path, decided: str, first_day: date, opens: date
) -> None:
    with scenario(tmp_path, "ashfield") as council:
        incident = council.upheld(str(first_day - timedelta(days=9)))
        council.given("hide", str(first_day - timedelta(days=8)), incident=incident)
        again = council.upheld(str(first_day - timedelta(days=7)))
        council.given("hide", str(first_day - timedelta(days=6)), incident=again)
        council.given(
            "block",
            decided,
            ground="continues",
            incidents=[again],
            scope="interacting",
            channels="all",
            reason="goes on",
            proportionality=PROPORTIONATE,
        )
        for days in range(-400, 401):
            day = first_day + timedelta(days=days)
            rows = council.appeals(day.isoformat())
            assert json.dumps(rows), "what is answered is JSON"
            if day < first_day:
                assert rows == []
            else:
                [row] = rows
                assert (day, row["eligible"]) == (day, day >= opens)
                assert row["eligible_from"] == opens.isoformat()
