"""Tables and code know each other's version: older ones are brought along, newer ones refused."""

from __future__ import annotations

import psycopg
import pytest

from services.faults import NoRegister, NotMigrated, RegisterCorrupt, RegisterTooNew
from services.store import migrating
from services.store.migrations import Migration, migrations
from services.store.opening import create_database, migrate_database, open_database


def run(address: str, sql: str) -> list[tuple]:
    with psycopg.connect(address, autocommit=True) as connection:
        cursor = connection.execute(sql)
        return cursor.fetchall() if cursor.description else []


@pytest.fixture
def older(postgres_database, monkeypatch) -> str:
    """A register made by a Casebook that knew the first two steps only."""
    with monkeypatch.context() as patch:
        patch.setattr(migrating, "migrations", lambda: migrations()[:2])
        create_database(postgres_database).close()
    return postgres_database


def test_numbers_go_on_from_one_and_each_is_there_once():
    assert [each.number for each in migrations()] == list(range(1, len(migrations()) + 1))


def test_an_empty_database_holds_no_register_until_it_is_made(postgres_database):
    for way in (open_database, migrate_database):
        with pytest.raises(NoRegister, match="casebook init") as raised:
            way(postgres_database)
        assert raised.value.exit_code == 4
    create_database(postgres_database).close()
    create_database(postgres_database).close()
    open_database(postgres_database).close()


def test_an_older_register_is_opened_by_nobody_until_it_is_brought_along(older):
    for way in (open_database, create_database):
        with pytest.raises(NotMigrated, match="Run casebook migrate"):
            way(older)
    lacking = [f"{each.number} ({each.name})" for each in migrations()[2:]]
    assert migrate_database(older) == lacking
    assert migrate_database(older) == []
    open_database(older).close()


def test_a_newer_register_is_refused(postgres_database):
    create_database(postgres_database).close()
    run(postgres_database, "INSERT INTO casebook_migrations VALUES (999, 'later')")
    for way in (open_database, create_database, migrate_database):
        with pytest.raises(RegisterTooNew, match="migration 999"):
            way(postgres_database)


def test_a_step_that_fails_leaves_nothing_of_those_before_it(older, monkeypatch):
    wrong = Migration(len(migrations()) + 1, "wrong", "CREATE TABLE half (); SELECT no_such()")
    monkeypatch.setattr(migrating, "migrations", lambda: (*migrations(), wrong))
    with pytest.raises(NotMigrated, match="no_such"):
        migrate_database(older)
    assert run(older, "SELECT max(number) FROM casebook_migrations") == [(2,)]
    assert run(older, "SELECT to_regclass('half'), to_regclass('changes')") == [(None, None)]


def test_a_database_of_another_program_is_left_alone(postgres_database):
    run(postgres_database, "CREATE TABLE recipes (name text)")
    with pytest.raises(RegisterCorrupt, match="another program"):
        create_database(postgres_database)
    tables = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
    assert run(postgres_database, tables) == [("recipes",)]
