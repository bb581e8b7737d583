"""Views folded from the log, made anew beside those that are read, or compared with them."""

from uuid import UUID

import pytest

from services.log.store_log import StoreLog
from services.projector.parked import Parked
from services.projector.projecting import Projecting
from services.projector.rebuilding import LogRebuilding
from services.store.log import Log
from services.store.mapper import EventMapper
from services.views.incomplete import incomplete_since
from services.views.rebuild import RebuildStopped
from tests.projector.records import spoilt
from tests.projector.registers import NOW, folded_embedded, logged, project, rows


class Record(StoreLog):
    """The record, which can fail after some batches, and tells from where it was read."""

    def __init__(self, views, most=None) -> None:
        super().__init__(Log(views, EventMapper()))
        self.asked, self.most = [], most

    def read(self, places):
        self.asked.append(places[0].position)
        for number, read in enumerate(super().read(places), 1):
            half = read.records[: len(read.records) // 2]
            if self.most == number:
                at = places[0]._replace(next_offset=half[-1].offset + 1, position=half[-1].position)
                yield read._replace(records=half, places={0: at})
                raise ConnectionError("cut")
            yield read


def rebuilding(views, log=None):
    return LogRebuilding(views, log or Record(views), "record", lambda: NOW, of_the_topic=False)


def projecting(views):
    return Projecting(views, lambda: NOW)


def test_rebuilt_from_the_record_the_views_are_whole(views, embedded):
    events = rebuilding(views).rebuild()
    assert rows(views) == folded_embedded(views, embedded)
    assert events == len(rows(views)["audit"])
    assert rebuilding(views).differences() == []


def test_a_projector_goes_on_after_it_and_drops_what_comes_twice(views, embedded):
    records = logged(views)
    project(projecting(views), records[:100])
    rebuilding(views).rebuild()
    later = projecting(views)
    project(later, records)
    assert later.counted["duplicates"] == len(records) - 100
    assert rows(views) == folded_embedded(views, embedded)


def test_interrupted_it_goes_on_where_it_stopped(views, embedded):
    torn = Record(views, most=1)
    with pytest.raises(ConnectionError):
        rebuilding(views, torn).rebuild()
    assert not views.query("SELECT 1 FROM view_audit")
    again = Record(views)
    rebuilding(views, again).rebuild()
    assert again.asked[0] > 0
    assert rows(views) == folded_embedded(views, embedded)


def test_it_mends_what_waits(views, embedded):
    records = logged(views)
    bad = next(n for n, r in enumerate(records) if r.sequence == 3)
    project(projecting(views), [spoilt(r) if n == bad else r for n, r in enumerate(records)])
    assert rebuilding(views).differences() == [
        "Not compared: 1 accounts wait (casebook parked list)."
    ]
    rebuilding(views).rebuild()
    assert Parked(views, lambda: NOW).listed() == []
    assert incomplete_since(views) == {}
    assert rows(views) == folded_embedded(views, embedded)


def test_it_stops_at_what_can_not_be_folded_and_leaves_the_views_as_they_are(views):
    project(projecting(views), logged(views))
    before = rows(views)
    with views.writing():
        views.execute("UPDATE events SET body = '{}' WHERE position = 77")
    with pytest.raises(RebuildStopped, match="position 77"):
        rebuilding(views).rebuild()
    assert rows(views) == before


def test_what_was_given_up_is_left_out_again(views):
    records = logged(views)
    last = max(records, key=lambda r: (r.sequence, r.position))
    records = [spoilt(r) if r == last else r for r in records]
    project(projecting(views), records)
    Parked(views, lambda: NOW).drop(str(UUID(bytes=last.stream)), "sent by a test", "ola.k")
    with views.writing():
        views.execute("UPDATE events SET body = '{}' WHERE position = ?", (last.position,))
    before = rows(views)
    rebuilding(views).rebuild()
    assert rows(views) == before
    assert list(incomplete_since(views)) == [last.stream]


def test_a_damaged_view_is_told_by_case_and_field(views):
    project(projecting(views), logged(views))
    (case, stream) = views.query("SELECT case_ref, stream FROM view_cases ORDER BY stream")[0]
    with views.writing():
        views.execute(
            "UPDATE view_cases SET body = convert_to(replace(convert_from(body, 'UTF8'), ?, ?), "
            "'UTF8') WHERE stream = ?",
            ('"council":"', '"council":"not-', stream),
        )
    (told,) = rebuilding(views).differences()
    assert told.startswith("In cases, 1 rows are read that a rebuild does not make, 1 are lacking.")
    assert f"The first is of case {case}: council is" in told


def test_accounts_that_lag_are_told_and_not_compared(views):
    records = logged(views)
    project(projecting(views), records[:-5])
    lagging = len({record.stream for record in records[-5:]})
    assert rebuilding(views).differences() == [
        f"Not compared: of {lagging} accounts the views lack what came last."
    ]
