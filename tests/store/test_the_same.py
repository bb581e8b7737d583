"""The same casework on SQLite and PostgreSQL: the same answers, the same rows in the views."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from bench.casework import commands
from bench.registers import fitting_council, new_register
from services import assemble
from services.store.moving import move
from services.store.opening import open_database
from services.views.tables import LIVE, NAMES

ACCOUNTS = 12


def answered(where: Path | str) -> list[tuple[Any, ...]]:
    """What came of each command, without what is drawn at random."""
    sent = commands(fitting_council(), ACCOUNTS)
    casework = new_register(where, fitting_council())
    singly, together = sent[: len(sent) // 2], sent[len(sent) // 2 :]
    given = [casework.handle(each) for each in singly] + casework.desk.handle_all(together)
    casework.close()
    return [
        (each["outcome"], each["version"], each["events"], each["verdict"], each["why"])
        for each in given
    ]


def views(where: Path | str) -> dict[str, list[Any]]:
    database = open_database(where)
    rows = {name: sorted(database.query(f"SELECT * FROM {LIVE(name)}")) for name in NAMES}
    database.close()
    return rows


def test_the_same_commands_get_the_same_answers(tmp_path, postgres_database):
    assert answered(tmp_path) == answered(postgres_database)


def test_the_views_of_the_same_events_are_row_for_row_the_same(tmp_path, postgres_database):
    answered(tmp_path)
    with assemble.open_casework(tmp_path) as casework:
        assert casework.differences() == []
    move(tmp_path, postgres_database)
    with assemble.open_casework(postgres_database) as casework:
        assert casework.differences() == []
    here, there = views(tmp_path), views(postgres_database)
    assert len(here["audit"]) > 10 * ACCOUNTS
    assert here == there
