"""A projector at work: partitions that go while a commit is under way, and what stops it."""

import io

import pytest

from services.health.journal import Journal
from services.projector.arriving import EventLacking
from services.projector.committing import Committing
from services.projector.offsets import Overtaken, all_places
from services.projector.projecting import Projecting
from services.projector.stretch import Stretch
from services.projector.told import Telling
from tests.projector.registers import NOW, folded_embedded, logged, project, rows


class GroupOfOne:
    """A group whose partitions the test deals out."""

    def __init__(self) -> None:
        self.partitions = {0, 1, 2}
        self.sought = {}

    def seek(self, places):
        self.sought = dict(places)


@pytest.fixture
def group():
    return GroupOfOne()


@pytest.fixture
def telling():
    return Telling(Journal("projector", lambda: NOW, io.StringIO()), lambda: NOW)


@pytest.fixture
def stretch(views, group, telling):
    with Committing(views.beside(), lambda: NOW) as committing:
        stretch = Stretch(views, group, committing, telling, lambda: NOW)
        stretch.begin()
        yield stretch


def folded(telling):
    return telling.gauges.value("casebook_projector_folded_total")


def test_partitions_taken_while_a_commit_is_under_way(views, embedded, group, telling, stretch):
    records = logged(views)
    stretch.fold(records[:100])
    group.partitions = {0}
    stretch.begin()
    assert folded(telling) == 100
    assert group.sought == {0: all_places(views)[0]}
    stretch.fold(records[100:])
    stretch.settle()
    project(Projecting(views, lambda: NOW), records)
    assert rows(views) == folded_embedded(views, embedded)


def test_another_that_took_them_meanwhile_is_told_and_begun_from(views, embedded, stretch, group):
    records = logged(views)
    project(Projecting(views, lambda: NOW), records[:150])
    stretch.fold(records[:60])
    with pytest.raises(Overtaken):
        stretch.settle()
    stretch.begin()
    assert group.sought == all_places(views)
    stretch.fold(records)
    stretch.settle()
    assert rows(views) == folded_embedded(views, embedded)


def test_up_to_a_hole_all_is_in_the_views(views, telling, stretch):
    records = logged(views)
    stretch.fold(records[:50])
    gone = next(n for n, r in enumerate(records) if n > 80 and r.sequence > 1)
    nothing_before = [r._replace(previous=0) for r in records[gone + 1 :]]
    with pytest.raises(EventLacking) as hole:
        stretch.fold(records[50:gone] + nothing_before)
    held = {row[0] for row in views.query("SELECT position FROM view_audit")}
    assert {each.position for each in records[:gone]} <= held
    assert hole.value.record.position not in held
    assert folded(telling) == len(held)
