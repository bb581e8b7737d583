import re
from contextlib import closing
from uuid import UUID

import pytest
from eventsourcing.persistence import IntegrityError

from services.store import lookups as lookups_module
from services.store.lookups import Lookups
from services.store.opening import open_database
from tests.store.notes import cut_short

MAPLE, OTHER = UUID(int=1), UUID(int=2)


@pytest.fixture
def lookups(database):
    return Lookups(database)


@pytest.fixture
def maple(database, lookups):
    with database.writing():
        case = lookups.open_case("ashfield", "ASH", MAPLE)
        lookups.know_by_handle(case, "facebook", "@Maple.Heron", 1)
        lookups.know_by_account_id(case, "facebook", "1000123", 1)
    return case


def test_a_case_is_found_by_handle_however_it_is_typed(lookups, maple):
    for typed in ("maple.heron", " @MAPLE.HERON", "https://www.facebook.com/maple.heron"):
        assert lookups.by_handle("ashfield", "facebook", typed) == maple


def test_a_case_is_found_by_the_platforms_id_and_by_its_reference(lookups, maple):
    assert lookups.by_account_id("ashfield", "facebook", "1000123") == maple
    assert lookups.by_case(maple.case_ref.lower()) == maple
    assert lookups.account_id_of(MAPLE) == "1000123"
    assert maple == ("ashfield", MAPLE, maple.case_ref)


def test_another_council_or_platform_knows_nothing_of_it(lookups, maple):
    assert lookups.by_handle("north-northamptonshire", "facebook", "maple.heron") is None
    assert lookups.by_handle("ashfield", "x", "maple.heron") is None
    assert lookups.by_account_id("ashfield", "facebook", "maple.heron") is None
    assert lookups.by_case("ASH-2222-2222") is None
    assert lookups.account_id_of(OTHER) is None


def test_the_same_account_cannot_be_opened_twice(database, lookups, maple):
    def open_again() -> None:
        with database.writing():
            case = lookups.open_case("ashfield", "ASH", OTHER)
            lookups.know_by_handle(case, "facebook", "MAPLE.heron", 2)

    with pytest.raises(IntegrityError):
        open_again()
    assert database.query("SELECT count(*) FROM cases") == [(1,)]


def test_a_handle_given_up_finds_the_old_case_for_reading_and_may_be_taken(
    database, lookups, maple
):
    with database.writing():
        lookups.give_up_handle("ashfield", "facebook", "maple.heron")
    assert lookups.by_handle("ashfield", "facebook", "maple.heron") is None
    assert lookups.by_old_handle("ashfield", "facebook", "maple.heron") == maple
    with database.writing():
        other = lookups.open_case("ashfield", "ASH", OTHER)
        lookups.know_by_handle(other, "facebook", "maple.heron", 5)
    assert lookups.by_handle("ashfield", "facebook", "maple.heron") == other
    with database.writing():
        lookups.give_up_handle("ashfield", "facebook", "maple.heron")
    assert lookups.by_old_handle("ashfield", "facebook", "maple.heron") == other


def test_a_rollback_takes_the_look_up_rows_along(database, lookups):
    cut_short(database, lambda: lookups.open_case("ashfield", "ASH", MAPLE))
    assert database.query("SELECT count(*) FROM cases") == [(0,)]


def test_an_empty_handle_finds_nobody(database, lookups, maple):
    with pytest.raises(ValueError, match="finds nobody"), database.writing():
        lookups.know_by_handle(maple, "facebook", " @ ", 2)


def test_a_reference_can_be_read_out_on_the_telephone(lookups, maple):
    assert re.fullmatch(r"ASH(-[2-9A-HJKMNP-Z]{4}){2}", maple.case_ref)


def test_a_reference_that_is_taken_is_drawn_again(database, lookups, maple, monkeypatch):
    drawn = iter([maple.case_ref, "ASH-2345-6789"])
    monkeypatch.setattr(lookups_module, "new_case_reference", lambda prefix: next(drawn))
    with database.writing():
        assert lookups.open_case("ashfield", "ASH", OTHER).case_ref == "ASH-2345-6789"


def test_a_name_looked_for_in_vain_is_found_once_another_process_has_opened_its_case(
    where, database, lookups
):
    with database.writing():
        assert lookups.by_handle("ashfield", "facebook", "maple.heron") is None
    with closing(open_database(where)) as elsewhere, elsewhere.writing():
        others = Lookups(elsewhere)
        case = others.open_case("ashfield", "ASH", MAPLE)
        others.know_by_handle(case, "facebook", "maple.heron", 1)
    with database.writing():
        assert lookups.by_handle("ashfield", "facebook", "maple.heron") == case
