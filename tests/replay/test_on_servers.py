"""`casebook audit` on a server whose views are behind answers as it does on SQLite."""

from __future__ import annotations

import json
import re

import pytest

from services.cli.main import run
from services.projector.tables import hand_over
from services.store.moving import move
from services.store.postgres import PostgresDatabase
from tests.replay.steps import blocked
from tests.scenarios import Scenario

pytestmark = pytest.mark.embedded("moves a register out of a folder")

CASE = "facebook/maple.heron"


@pytest.fixture
def both(postgres_database, tmp_path, monkeypatch) -> tuple[str, str]:
    """A blocked account with a correction: in a folder, and on a server without any view of it."""
    monkeypatch.setenv("CASEBOOK_KEYS", str(tmp_path / "keys"))
    made = Scenario(tmp_path / "register", "ashfield")
    blocked(made)
    change = {"sequence": 1, "field": "name", "value": "M. Heron", "reason": "misread"}
    made.given("correct", "2026-03-10", **change)
    made.casework.close()
    move(tmp_path / "register", postgres_database)
    views = PostgresDatabase.open_views(postgres_database)
    with views.writing():
        hand_over(views)  # to a projector that has not run yet
    assert views.query("SELECT count(*) FROM view_audit") == [(0,)]
    views.close()
    return str(tmp_path / "register"), postgres_database


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("--as-of", "2026-03-06"),
        ("--as-known-at", "2026-06-01"),
        ("--as-known-at", "2026-05-31"),
        ("--as-of", "2026-03-06", "--as-known-at", "2026-06-01"),
        ("--diff", "2026-03-05", "2026-03-11"),
        ("--diff", "2026-05-31", "2026-06-01", "--clock", "recorded"),
        ("--why", "2"),
        ("--why", "10"),
    ],
)
def test_it_answers_as_on_sqlite(both, capsys, words):
    told = []
    for where in both:
        for form in ((), ("--json",)):
            assert run(["--register", where, "audit", CASE, *words, *form]) == 0
            out, err = capsys.readouterr()
            told.append((out, err))
    in_words, as_json, in_words_there, as_json_there = told
    assert json.loads(as_json[0])
    assert (in_words_there, as_json_there) == (in_words, as_json)


def test_it_writes_the_same_page(both, capsys, tmp_path):
    pages = []
    for where in both:
        place = tmp_path / "case.html"
        assert run(["--register", where, "audit", CASE, "--html", str(place)]) == 0
        pages.append(re.sub(r"\d\d:\d\d", "", place.read_text(encoding="utf-8")))
    capsys.readouterr()
    assert "M. Heron" in pages[0]
    assert pages[0] == pages[1]
