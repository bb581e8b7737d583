"""An event that can't be folded parks its account, from that event on; all others flow."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from services.projector.arriving import Sorting
from services.projector.parking import Parking, told
from services.store.database import Database
from services.store.sqlite import SQLiteDatabase
from services.views.cases import list_cases
from services.views.folding import Folding
from services.views.rebuild import LeavesNothingOut, RebuildStopped
from services.views.tables import LIVE
from tests.projections.histories import History
from tests.projector.records import arrived, spoilt


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = SQLiteDatabase.create(tmp_path)
    with database.writing():
        LIVE.make(database)
    yield database
    database.close()


def fold(database, records, parking=None):
    parking = Parking() if parking is None else parking
    if isinstance(parking, Parking):
        parking.arrive(records)
    with database.writing():
        reached = dict.fromkeys((record.stream for record in records), 0)
        fresh = Sorting().fresh(records, reached, parking)
        Folding(database, LIVE, 100).fold(fresh, parking)
    return parking


def histories(count=3, flags=3):
    made = [History(f"ASH-{number:04}-M9XA").opened() for number in range(count)]
    for history in made:
        for incident in range(2, flags + 1):
            history("CommentFlagged", incident=incident)
    return made


def interleaved(made):
    return arrived([event for group in zip(*made, strict=True) for event in group])


def test_good_events_before_it_in_the_batch_are_folded_and_those_after_it_wait(database):
    made = histories()
    records = interleaved(made)
    # The third event of the second account.
    bad = next(n for n, r in enumerate(records) if r.stream == made[1].stream.bytes and n > 5)
    records[bad] = spoilt(records[bad])
    parking = fold(database, records)
    assert [case["incidents"] for case in list_cases(database)] == [3, 1, 3]
    assert [each.record.sequence for each in parking.waiting] == [3, 4]
    assert [each.problem for each in parking.waiting] == [
        "it is not a published event (KeyError)",
        None,
    ]
    assert parking.parked == [made[1].stream.bytes]


def test_nothing_of_an_event_that_fails_half_way_reaches_any_view(database):
    (history,) = histories(1)
    history.blocked()
    last = history("BlockReversed")
    for field in ("block",):
        del last["data"][field]
    parking = fold(database, arrived(history))
    assert [each.record.sequence for each in parking.waiting] == [len(history)]
    audit = database.query("SELECT max(sequence) FROM view_audit")
    assert audit == [(len(history) - 1,)]
    assert list_cases(database)[0]["status"] == "blocked"


def test_an_event_that_can_not_be_parted_waits_like_any_other(database):
    (history,) = histories(1)
    history[2]["data"]["item"] = 7
    parking = fold(database, arrived(history))
    assert [each.record.sequence for each in parking.waiting] == [3, 4]
    assert list_cases(database)[0]["incidents"] == 1


def test_the_first_event_of_an_account_may_be_the_bad_one(database):
    first, second = histories(2)
    records = interleaved([first, second])
    records[0] = spoilt(records[0], b"")
    parking = fold(database, records)
    assert [case["case"] for case in list_cases(database)] == [second.case]
    assert len(parking.waiting) == len(first)


def test_an_account_that_waits_already_goes_on_waiting(database):
    first, second = histories(2)
    records = interleaved([first, second])
    parking = Parking([first.stream.bytes])
    fold(database, records, parking)
    assert [case["case"] for case in list_cases(database)] == [second.case]
    assert parking.parked == []


def test_a_rebuild_stops_instead(database):
    (history,) = histories(1)
    records = arrived(history)
    with pytest.raises(RebuildStopped, match="stopped at position 2"):
        fold(database, [records[0], spoilt(records[1])], LeavesNothingOut())


def test_a_problem_is_told_without_what_the_event_says():
    assert told(KeyError("block")) == "it can't be folded (KeyError 'block')"
    assert told(ValueError("maple.heron is no date")) == "it can't be folded (ValueError)"
