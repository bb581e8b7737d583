import sqlite3
from pathlib import Path

import pytest
from eventsourcing.persistence import IntegrityError

from services.faults import (
    Busy,
    Fault,
    NoRegister,
    RegisterCorrupt,
    RegisterNotWritable,
    RegisterTooNew,
)
from services.store.sqlite import FILE_NAME, SQLiteDatabase
from tests.store.notes import cut_short


@pytest.fixture
def database(tmp_path):
    database = SQLiteDatabase.create(tmp_path)
    yield database
    database.close()


def put(database: SQLiteDatabase, key: str) -> None:
    database.execute("INSERT INTO meta (key, value) VALUES (?, 'x')", (key,))


def keys(database: SQLiteDatabase) -> set[str]:
    return {key for (key,) in database.query("SELECT key FROM meta WHERE key <> 'format'")}


def assert_fault(raised: pytest.ExceptionInfo[Fault], exit_code: int, *words: str) -> None:
    assert raised.value.exit_code == exit_code
    assert "\n" not in raised.value.message
    for word in words:
        assert word in raised.value.message


def test_what_is_committed_is_there_when_the_register_is_opened_again(tmp_path):
    first = SQLiteDatabase.create(tmp_path / "deep" / "register")
    with first.writing():
        put(first, "kept")
    first.close()
    again = SQLiteDatabase.open(tmp_path / "deep" / "register")
    assert keys(again) == {"kept"}
    again.close()


def test_every_commit_reaches_the_disk(database):
    assert database.query("PRAGMA journal_mode") == [("wal",)]
    assert database.query("PRAGMA synchronous") == [(2,)]


def test_making_a_register_that_is_there_opens_it(tmp_path, database):
    with database.writing():
        put(database, "kept")
    again = SQLiteDatabase.create(tmp_path)
    assert keys(again) == {"kept"}
    again.close()


def test_no_register(tmp_path):
    with pytest.raises(NoRegister) as raised:
        SQLiteDatabase.open(tmp_path)
    assert_fault(raised, 4, str(tmp_path), "casebook init")
    assert list(tmp_path.iterdir()) == []


def test_a_register_whose_making_was_cut_short_is_none_yet_and_can_be_made(tmp_path):
    (tmp_path / FILE_NAME).touch()
    with pytest.raises(NoRegister):
        SQLiteDatabase.open(tmp_path)
    SQLiteDatabase.create(tmp_path).close()
    SQLiteDatabase.open(tmp_path).close()


def test_a_folder_that_cannot_be_made(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(RegisterNotWritable) as raised:
        SQLiteDatabase.create(tmp_path / "file" / "register")
    assert_fault(raised, 1, "file")


def test_a_file_that_is_no_database(tmp_path):
    (tmp_path / FILE_NAME).write_bytes(b"case,handle\n" * 1000)
    with pytest.raises(RegisterCorrupt) as raised:
        SQLiteDatabase.open(tmp_path)
    assert_fault(raised, 1, FILE_NAME, "backup")


def test_a_database_of_another_program_is_left_alone(tmp_path):
    other = sqlite3.connect(tmp_path / FILE_NAME)
    other.execute("CREATE TABLE recipes (name)")
    other.commit()
    for way in (SQLiteDatabase.open, SQLiteDatabase.create):
        with pytest.raises(RegisterCorrupt) as raised:
            way(tmp_path)
        assert_fault(raised, 1, "another program")
    assert other.execute("SELECT name FROM sqlite_master").fetchall() == [("recipes",)]
    other.close()


def test_a_damaged_file_is_told_at_the_first_page_that_is_wrong(tmp_path):
    database = SQLiteDatabase.create(tmp_path)
    with database.writing():
        for number in range(2000):
            put(database, f"{number:050}")
    database.close()
    content = bytearray((tmp_path / FILE_NAME).read_bytes())
    content[4096:] = b"\xa5" * (len(content) - 4096)
    (tmp_path / FILE_NAME).write_bytes(content)
    with pytest.raises(RegisterCorrupt) as raised:
        SQLiteDatabase.open(tmp_path)
    assert_fault(raised, 1, str(tmp_path))


def test_a_register_newer_than_the_code(tmp_path, database):
    with database.writing():
        database.execute("UPDATE meta SET value = '99' WHERE key = 'format'")
    with pytest.raises(RegisterTooNew) as raised:
        SQLiteDatabase.open(tmp_path)
    assert_fault(raised, 1, "99", "newer Casebook")


def test_an_exception_leaves_nothing(database):
    cut_short(database, lambda: put(database, "lost"), lambda: put(database, "lost too"))
    assert keys(database) == set()
    with database.writing():
        put(database, "kept")
    assert keys(database) == {"kept"}


def test_an_inner_scope_joins_the_outer(database):

    def inner() -> None:
        with database.writing():
            put(database, "inner")

    cut_short(database, inner)
    assert keys(database) == set()


def test_a_failure_inside_is_not_forgotten_because_somebody_caught_it(database):
    def swallowing() -> None:
        put(database, "before")
        cut_short(database, lambda: put(database, "half"))
        put(database, "after")

    with pytest.raises(RuntimeError, match="nothing of it was kept"), database.writing():
        swallowing()
    assert keys(database) == set()


def test_nothing_is_changed_outside_a_writing_scope(database):
    with pytest.raises(RuntimeError, match="writing"):
        put(database, "loose")
    with pytest.raises(RuntimeError, match="writing"), database.reading():
        put(database, "loose")
    with pytest.raises(RuntimeError, match="reading"), database.reading(), database.writing():
        put(database, "loose")
    assert keys(database) == set()


def test_a_reading_scope_sees_one_state_while_others_write(tmp_path, database):
    other = SQLiteDatabase.open(tmp_path)
    with database.reading():
        assert keys(database) == set()
        with other.writing():
            put(other, "new")
        assert keys(database) == set()
    assert keys(database) == {"new"}
    other.close()


def test_waiting_for_another_writer_ends(tmp_path, database):
    other = SQLiteDatabase.open(tmp_path, busy_seconds=0.01)
    with database.writing(), pytest.raises(Busy) as raised, other.writing():
        pass
    assert_fault(raised, 5, "again")
    with other.writing():
        put(other, "later")
    other.close()


def test_a_clash_is_told_as_the_event_sourcing_library_tells_it(database):
    with pytest.raises(IntegrityError), database.writing():
        database.executemany("INSERT INTO meta VALUES (?, 'x')", [("twice",), ("twice",)])
    assert keys(database) == set()


def test_the_file_belongs_to_this_user_alone(tmp_path: Path):
    SQLiteDatabase.create(tmp_path / "private").close()
    assert (tmp_path / "private").stat().st_mode & 0o077 == 0
