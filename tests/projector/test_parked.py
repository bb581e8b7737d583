"""Accounts that wait: listed, shown, folded once the cause is mended, or given up with a reason."""

import pytest

from services.faults import NotFound
from services.projector.offsets import Overtaken
from services.projector.parked import Parked
from services.projector.projecting import Projecting
from services.views.incomplete import incomplete_since
from services.views.tables import LIVE
from tests.projector.records import spoilt
from tests.projector.registers import NOW, after, folded_embedded, logged, project, rows


@pytest.fixture
def records(views):
    """The record with one event of one account made unreadable, and that it waits."""
    records = logged(views)
    bad = next(n for n, r in enumerate(records) if r.sequence == 4)
    return [spoilt(r) if n == bad else r for n, r in enumerate(records)]


@pytest.fixture
def bad(records):
    return next(r for r in records if b"no" in r.body and len(r.body) < 30)


@pytest.fixture
def parked(views, records):
    projector = Projecting(views, lambda: NOW)
    project(projector, records)
    return Parked(views, lambda: NOW)


def mend(views, bad):
    with views.writing():
        views.execute(
            "UPDATE parked_events p SET body = e.body FROM events e "
            "WHERE e.position = p.position AND p.position = ?",
            (bad.position,),
        )


def case_of(views, stream):
    return views.query("SELECT case_ref FROM cases WHERE stream = ?", (stream,))[0][0]


def test_a_register_without_a_projector_has_none(embedded):
    assert Parked(embedded, lambda: NOW).listed() == []


def test_it_is_listed_with_its_case_and_why(views, parked, records, bad):
    waiting = sum(r.stream == bad.stream and r.sequence >= 4 for r in records)
    (found,) = parked.listed()
    assert found["case"] == case_of(views, bad.stream)
    assert found["problem"] == "it is not a published event (KeyError)"
    assert (found["sequence"], found["position"]) == (4, bad.position)
    assert found["waiting"] == waiting
    shown = parked.shown(found["case"])
    assert [each["sequence"] for each in shown["events"]] == list(range(4, 4 + waiting))
    assert parked.shown(found["account"]) == shown


def test_an_account_that_does_not_wait_is_not_found(parked):
    with pytest.raises(NotFound, match="casebook parked list"):
        parked.retry("ASH-0000-0000")


def test_the_views_say_that_it_is_incomplete(views, parked, bad):
    assert incomplete_since(views) == {bad.stream: "2026-11-20T12:00:00+00:00"}


def test_retried_while_the_cause_stands_it_waits_on(views, parked, bad):
    before = rows(views), parked.listed()
    told = parked.retry(case_of(views, bad.stream))
    assert (told["folded"], told["problem"]) == (0, before[1][0]["problem"])
    assert (rows(views), parked.listed()) == before


def test_retried_once_it_is_mended_the_views_are_whole(views, embedded, parked, bad):
    mend(views, bad)
    told = parked.retry(case_of(views, bad.stream))
    assert (told["waiting"], told["problem"]) == (0, None)
    assert rows(views) == folded_embedded(views, embedded)
    assert parked.listed() == []
    assert incomplete_since(views) == {}


def test_a_projector_that_runs_meanwhile_looks_again(views, embedded, records, bad):
    running = Projecting(views, lambda: NOW)
    later = max(n for n, r in enumerate(records) if r.stream == bad.stream)
    project(running, records[:later])
    mend(views, bad)
    Parked(views, lambda: NOW).retry(case_of(views, bad.stream))
    with pytest.raises(Overtaken):
        running.fold(records[later:], after(records[later:], dict(running.places)))
    project(running, records)
    assert rows(views) == folded_embedded(views, embedded)


def test_given_up_it_is_recorded_and_what_is_behind_it_is_folded(views, parked, records, bad):
    case = case_of(views, bad.stream)
    told = parked.drop(case, "sent by a test of the network", "ola.k")
    assert told["dropped"]["sequence"] == 4
    kept = views.query("SELECT position, sequence, reason, dropped_by FROM dropped_events")
    assert kept == [(bad.position, 4, "sent by a test of the network", "ola.k")]
    audit = "SELECT sequence FROM view_audit WHERE stream = ? ORDER BY sequence"
    last = max(r.sequence for r in records if r.stream == bad.stream)
    held = {row[0] for row in views.query(audit, (bad.stream,))}
    assert held == set(range(1, last + 1 - told["waiting"])) - {4}
    assert incomplete_since(views) == {bad.stream: "2026-11-20T12:00:00+00:00"}


def test_only_what_waits_is_folded_again(views, parked, bad):
    mend(views, bad)
    parked.retry(case_of(views, bad.stream))
    counted = views.query(f"SELECT count(*), count(DISTINCT position) FROM {LIVE('audit')}")
    events = views.query("SELECT count(*) FROM events")[0][0]
    assert counted == [(events, events)]
