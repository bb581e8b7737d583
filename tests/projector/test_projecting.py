"""Batches from the log into views in PostgreSQL: all of a batch or none, each event once."""

import pytest

from services.log.counting import Place
from services.projector.arriving import EventLacking
from services.projector.offsets import Overtaken, all_places
from services.projector.projecting import Projecting
from services.store.postgres import PostgresDatabase
from services.views.cases import list_cases
from tests.projector.records import spoilt
from tests.projector.registers import NOW, after, folded_embedded, logged, project, rows


def projecting(database):
    return Projecting(database, lambda: NOW)


@pytest.mark.parametrize("size", [1_000, 7])
def test_the_views_are_row_for_row_those_of_an_embedded_register(views, embedded, size):
    projector = projecting(views)
    records = logged(views)
    project(projector, records, size)
    assert rows(views) == folded_embedded(views, embedded)
    assert projector.counted["folded"] == len(records)
    assert list_cases(views)


def test_recording_goes_on_and_leaves_the_views_to_the_projector(views):
    assert not views.query("SELECT 1 FROM view_audit")
    assert views.query("SELECT 1 FROM events LIMIT 1")


def test_a_projector_started_again_goes_on_where_the_views_stand(views, embedded):
    records = logged(views)
    project(projecting(views), records[:100])
    project(projecting(views), records)
    assert rows(views) == folded_embedded(views, embedded)


def test_what_the_log_holds_twice_is_folded_once(views, embedded):
    records = [r for r in logged(views) if r.partition == 0]
    others = [r for r in logged(views) if r.partition != 0]
    twice = [r._replace(offset=n) for n, r in enumerate([*records, *records])]
    projector = projecting(views)
    project(projector, [*twice, *others])
    assert rows(views) == folded_embedded(views, embedded)
    assert projector.counted["duplicates"] == len(records)


def test_a_hole_stops_it_and_keeps_nothing_of_the_batch(views):
    projector = projecting(views)
    records = logged(views)
    lacking = next(r for r in records if r.sequence == 2)
    before = projector.start(range(3))
    with pytest.raises(EventLacking):
        projector.fold([r for r in records if r != lacking], after(records, dict(before)))
    assert not views.query("SELECT 1 FROM view_audit")
    assert set(all_places(views).values()) == {Place()}
    project(projector, records)
    assert len(views.query("SELECT 1 FROM view_audit")) == len(records)


def test_a_frozen_projector_that_wakes_up_writes_nothing(stories, views, embedded):
    zombie = PostgresDatabase.open_views(stories)
    frozen = projecting(zombie)
    records = logged(views)
    places = dict(frozen.start(range(3)))
    project(projecting(views), records[:150])
    with pytest.raises(Overtaken):
        frozen.fold(records[:60], after(records[:60], places))
    project(projecting(views), records)
    with pytest.raises(Overtaken):
        frozen.fold(records[:60], after(records[:60], places))
    zombie.close()
    assert rows(views) == folded_embedded(views, embedded)


def test_after_a_transaction_rolled_back_it_starts_again(views, embedded, monkeypatch):
    projector = projecting(views)
    records = logged(views)
    places = projector.start(range(3))
    broken = "the connection was cut"

    def cut(*_):
        raise ConnectionError(broken)

    with monkeypatch.context() as patch:
        patch.setattr(views, "write", cut)
        with pytest.raises(ConnectionError):
            projector.fold(records[:300], after(records[:300], dict(places)))
    project(projector, records)
    assert rows(views) == folded_embedded(views, embedded)


def test_what_waits_is_known_to_the_next_projector(views):
    records = logged(views)
    stream = records[-1].stream
    own = [n for n, r in enumerate(records) if r.stream == stream]
    bad = own[len(own) // 2]
    records[bad] = spoilt(records[bad])
    project(projecting(views), records[: bad + 1], 50)
    later = projecting(views)
    project(later, records, 50)
    held = "SELECT sequence FROM parked_events WHERE stream = ? ORDER BY sequence"
    first = records[bad].sequence
    assert [row[0] for row in views.query(held, (stream,))] == list(range(first, len(own) + 1))
    assert later.waiting == 1
    folded = views.query("SELECT max(sequence) FROM view_audit WHERE stream = ?", (stream,))
    assert folded == [(first - 1,)]
