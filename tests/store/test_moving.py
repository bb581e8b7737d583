"""A register that goes from its folder to a server is the same there, however often it is tried."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from services import assemble
from services.faults import EvidenceDamaged, RegisterCorrupt
from services.store import moving
from services.store.moving import HoldsAnother, move
from services.store.opening import create_database, open_database
from tests.crash.registers import common, flag, founded, note


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A register with cases, a changed handle, answers, and a captured file."""
    picture = tmp_path / "picture.png"
    picture.write_bytes(b"a picture of a post" * 100_000)
    folder = founded(tmp_path / "register")
    capture = {"incident": 1, "file": str(picture), "lawful_to_hold": True}
    with assemble.open_casework(folder) as casework:
        for document in (
            flag(1, "maple.heron"),
            common("capture", 2, "maple.heron") | capture,
            common("change-handle", 3, "maple.heron") | {"handle": "maple.crane"},
            note(4, "maple.crane"),
            flag(5, "another"),
        ):
            answer = casework.handle(document)
            assert answer["outcome"] == "accepted", answer["verdict"]
    return folder


def all_rows(where: Path | str) -> dict[str, list[Any]]:
    database = open_database(where)
    tables = {"events": moving.EVENTS, **moving.OTHERS}
    found = {
        table: sorted(database.query(f"SELECT {', '.join(columns)} FROM {table}"))
        for table, columns in tables.items()
    }
    database.close()
    return found


def test_it_is_the_same_there_and_casework_goes_on(folder, postgres_database):
    before = all_rows(folder)
    moved = move(folder, postgres_database)
    assert all_rows(postgres_database) == before == all_rows(folder)
    assert (moved.events, moved.evidence, moved.rows["cases"]) == (len(before["events"]), 1, 2)
    with (
        assemble.open_casework(folder) as old,
        assemble.open_casework(postgres_database) as new,
    ):
        case = old.find_case(None, "facebook/maple.heron")
        assert new.find_case(None, "facebook/maple.heron") == case
        there = new.reading.find_case(None, case)
        assert new.show(there) == old.show(there)
        assert new.differences() == []
        (evidence,) = (folder / "evidence").glob("*/*")
        new.evidence.check(there.stream, evidence.name)
        again = new.handle(note(4, "maple.crane"))
        assert again["outcome"] == "duplicate"
        assert new.handle(note(6, "maple.crane"))["outcome"] == "accepted"


def test_one_that_was_interrupted_is_opened_by_nobody_and_goes_on(
    folder, postgres_database, monkeypatch
):
    class Interrupted(Exception):
        pass

    reached = []

    def progress(done: int, of: int) -> None:
        reached.append(done)
        if len(reached) == 2:
            raise Interrupted

    monkeypatch.setattr(moving, "AT_ONCE", 3)
    with pytest.raises(Interrupted):
        move(folder, postgres_database, progress)
    with pytest.raises(RegisterCorrupt, match="casebook move again"):
        assemble.open_casework(postgres_database)
    moved = move(folder, postgres_database, progress)
    assert reached[:3] == [3, 6, 9]
    assert all_rows(postgres_database) == all_rows(folder)
    assert move(folder, postgres_database) == moved


def test_what_was_recorded_in_the_folder_since_is_brought_along(folder, postgres_database):
    move(folder, postgres_database)
    with assemble.open_casework(folder) as casework:
        assert casework.handle(note(7, "another"))["outcome"] == "accepted"
    move(folder, postgres_database)
    assert all_rows(postgres_database) == all_rows(folder)


def test_another_register_is_left_alone(folder, postgres_database):
    founded(postgres_database)
    before = all_rows(postgres_database)
    with pytest.raises(HoldsAnother, match="another register") as raised:
        move(folder, postgres_database)
    assert raised.value.exit_code == 5
    assert all_rows(postgres_database) == before


def test_one_that_has_gone_on_there_is_left_alone(folder, postgres_database):
    move(folder, postgres_database)
    with assemble.open_casework(postgres_database) as casework:
        assert casework.handle(note(8, "another"))["outcome"] == "accepted"
    before = all_rows(postgres_database)
    with pytest.raises(HoldsAnother, match="gone on"):
        move(folder, postgres_database)
    assert all_rows(postgres_database) == before


def test_evidence_that_is_damaged_stops_it(folder, postgres_database):
    (kept,) = (folder / "evidence").glob("*/*")
    kept.write_bytes(b"something else")
    with pytest.raises(EvidenceDamaged, match="move again"):
        move(folder, postgres_database)
    with pytest.raises(RegisterCorrupt, match="interrupted"):
        create_database(postgres_database)
