"""The next batch is folded while the last is committed: nothing is lost or doubled by that."""

import pytest

from services.faults import ServerUnreachable
from services.projector.arriving import EventLacking
from services.projector.committing import Committing
from services.projector.offsets import Overtaken, all_places
from services.projector.projecting import Projecting
from services.store.postgres import PostgresDatabase
from tests.projector.registers import NOW, after, folded_embedded, logged, project, rows

PARTITIONS = range(3)


class Batches:
    """The record cut into batches, each folded on top of the one before it."""

    def __init__(self, views, size=40, **kept) -> None:
        self.records, self.size = logged(views), size
        self.projecting = Projecting(views, lambda: NOW, **kept)
        self.projecting.start(PARTITIONS)
        self.read = 0

    def __iter__(self):
        while batch := self.records[self.read : self.read + self.size]:
            self.read += self.size
            yield self.projecting.folded(batch, after(batch, self.projecting.places))


@pytest.fixture
def committing(views):
    with Committing(views.beside(), lambda: NOW) as committing:
        yield committing


def cut(views):
    """End the connection of whoever commits, as a server that goes away does."""
    views.query(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = "
        "current_database() AND pid <> pg_backend_pid() AND application_name = 'casebook project'"
    )


def test_all_that_is_handed_over_is_in_the_views(views, embedded, committing):
    batches = Batches(views)
    done = [committing.hand_over(each) for each in batches]
    done.append(committing.settle())
    assert done[0] is None
    assert sum(each.counted["folded"] for each in done[1:]) == len(batches.records)
    assert rows(views) == folded_embedded(views, embedded)


@pytest.mark.parametrize("size", [7, 100])
def test_what_is_not_committed_yet_is_never_read_from_the_tables(views, embedded, size):
    before = None
    for each in Batches(views, size, kept_rows=1):
        if before:
            before.write(views, NOW)
        before = each
    before.write(views, NOW)
    assert rows(views) == folded_embedded(views, embedded)


def test_what_was_folded_on_top_of_a_failed_commit_is_dropped_with_it(views, embedded, committing):
    batches = Batches(views)
    first, second, third, fourth, *_ = batches
    committing.hand_over(first)
    committing.settle()
    cut(views)
    committing.hand_over(second)
    with pytest.raises(ServerUnreachable):
        committing.hand_over(third)
    committing.hand_over(third)
    with pytest.raises(Overtaken):
        committing.hand_over(fourth)
    assert committing.settle() is None
    assert len(rows(views)["audit"]) == first.counted["folded"]
    project(batches.projecting, batches.records)
    assert rows(views) == folded_embedded(views, embedded)


def test_another_that_folds_meanwhile_wins_and_nothing_is_doubled(stories, views, embedded):
    batches = Batches(views)
    first, second, *_ = batches
    other = PostgresDatabase.open_views(stories)
    project(Projecting(other, lambda: NOW), batches.records[:100])
    with Committing(views.beside(), lambda: NOW) as committing:
        committing.hand_over(first)
        with pytest.raises(Overtaken):
            committing.hand_over(second)
    project(batches.projecting, batches.records)
    other.close()
    assert rows(views) == folded_embedded(views, embedded)


def test_what_was_folded_and_never_committed_is_folded_again(views, embedded):
    folded = list(Batches(views))
    folded[0].write(views, NOW)
    again = Projecting(views, lambda: NOW)
    project(again, logged(views))
    assert again.counted["folded"] == len(logged(views)) - folded[0].counted["folded"]
    assert rows(views) == folded_embedded(views, embedded)


def test_whoever_leaves_waits_for_what_is_under_way(views):
    first = next(iter(Batches(views)))
    with Committing(views.beside(), lambda: NOW) as committing:
        committing.hand_over(first)
    assert len(rows(views)["audit"]) == first.counted["folded"]


def test_a_hole_leaves_what_is_under_way_as_it_is(views, committing):
    batches = Batches(views)
    first = next(iter(batches))
    committing.hand_over(first)
    lacking = batches.records[batches.read + 1 :]
    lacking = [each for each in lacking if each.stream != lacking[-1].stream] + [lacking[-1]]
    with pytest.raises(EventLacking):
        batches.projecting.folded(lacking, after(lacking, batches.projecting.places))
    committing.settle()
    assert len(rows(views)["audit"]) == first.counted["folded"]
    assert all_places(views) == {0: all_places(views)[0], **after(batches.records[:40], {})}
