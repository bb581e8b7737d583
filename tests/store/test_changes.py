"""Rows of several tables written together: the same whatever the database, and however many."""

import pytest
from eventsourcing.persistence import IntegrityError

from services.store.changes import Change, How
from services.store.postgres import TOGETHER
from services.views.tables import LIVE

CASES = ("stream", "case_ref", "council", "platform", "unreviewed", "body", "personal")


@pytest.fixture
def tables(database):
    with database.writing():
        LIVE.make(database)
    return database


def key(number):
    return number.to_bytes(16, "big")


def case(number, body=b"{}", platform="facebook", personal=None):
    return (key(number), f"ÅSH-{number}", "ashfield", platform, number % 3, body, personal)


def write(database, *changes):
    with database.writing():
        database.write(changes)


def cases(database):
    return sorted(database.query(f"SELECT {', '.join(CASES)} FROM view_cases"))


@pytest.mark.parametrize("many", [3, 40, TOGETHER + 1])
def test_rows_are_added_changed_and_taken_away(tables, many):
    put = [case(n) for n in range(many)]
    write(tables, Change("view_cases", CASES, put, How.PUT))
    assert cases(tables) == put
    changed = [case(n, b'{"so":1}', None, b"") for n in range(1, many)]
    gone = Change("view_cases", ("stream",), [(key(0),)], How.TAKE)
    write(tables, gone, Change("view_cases", CASES, changed, How.PUT))
    assert cases(tables) == changed


@pytest.mark.parametrize("many", [3, 40, TOGETHER + 1])
def test_several_tables_are_written_at_once(tables, many):
    audit = [(n + 2**40, key(n), n, b"\0\xff", b"p" if n % 2 else None) for n in range(many)]
    named = ("position", "stream", "sequence", "body", "personal")
    irregular = [(key(n),) for n in range(many)]
    changes = (
        Change("view_audit", named, audit, How.ADD),
        Change("view_irregular", ("stream",), irregular, How.PUT),
    )
    write(tables, *changes)
    write(tables, changes[1])
    assert sorted(tables.query("SELECT * FROM view_audit")) == audit
    assert sorted(tables.query("SELECT * FROM view_irregular")) == irregular


def test_nothing_of_it_is_kept_where_a_part_of_it_fails(tables):
    one = Change("view_cases", CASES, [case(1)], How.ADD)
    with pytest.raises(IntegrityError):
        write(tables, one, Change("view_cases", CASES, [case(2), case(1)], How.ADD))
    assert cases(tables) == []
    write(tables, one)
    assert cases(tables) == [case(1)]


def test_nothing_to_write_is_no_fault(tables):
    write(tables)
