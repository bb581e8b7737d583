"""Through Kafka into the views of PostgreSQL: the same rows, whoever is killed or joins in."""

import dataclasses
import json
import signal
import urllib.request

import pytest

import schemas
from services import assemble, clock
from services.local.ports import free_ports
from services.log.settings import LogSettings
from services.projector.arriving import EventTooNew
from services.projector.sources import from_topic
from services.views.cases import list_cases
from tests.projector.registers import folded_embedded, rows
from tests.projector.streaming import caught_up, project, projecting, publish, started, until

pytestmark = pytest.mark.slow


@pytest.fixture
def log(kafka_server, topic):
    return LogSettings(kafka_server, topic, partitions=4)


def test_the_views_are_row_for_row_those_of_an_embedded_register(stories, views, embedded, log):
    publish(stories, log)
    telling = project(stories, log)
    assert rows(views) == folded_embedded(views, embedded)
    assert list_cases(views)
    events = views.query("SELECT count(*) FROM events")[0][0]
    assert telling.gauges.value("casebook_projector_folded_total") == events
    assert telling.gauges.value("casebook_projector_lag_events") == 0
    assert telling.progress.ready()[0]


def test_two_share_the_work_and_one_that_leaves_is_replaced(stories, views, embedded, log):
    publish(stories, log)
    with projecting(stories, log) as one:
        until(lambda: one.gauges.value("casebook_projector_partitions") == 4, "one has all")
        with projecting(stories, log) as other:
            until(lambda: other.gauges.value("casebook_projector_partitions") == 2, "it shares")
        until(lambda: one.gauges.value("casebook_projector_partitions") == 4, "one has all again")
        until(lambda: caught_up(views), "all is in the views")
    assert rows(views) == folded_embedded(views, embedded)


def test_killed_in_the_middle_another_goes_on(stories, views, embedded, log):
    publish(stories, log)
    with started(stories, log, "project") as killed:
        until(lambda: bool(views.query("SELECT 1 FROM view_audit LIMIT 1")), "it folds")
        killed.send_signal(signal.SIGKILL)
    with projecting(stories, log):
        until(lambda: caught_up(views), "all is in the views")
    assert rows(views) == folded_embedded(views, embedded)


def test_asked_to_stop_it_ends_well_and_tells_what_it_did(stories, views, log):
    publish(stories, log)
    with started(stories, log, "project") as asked:
        until(lambda: caught_up(views), "all is in the views")
        asked.terminate()
        _, told = asked.communicate(timeout=30)
    assert asked.returncode == 0
    lines = [json.loads(line) for line in told.splitlines()]
    assert {line["service"] for line in lines} == {"projector"}
    assert {line["event"] for line in lines} == {"partitions", "folded"}


def test_recording_goes_on_without_folding(stories, views, log):
    publish(stories, log)
    project(stories, log)
    before = rows(views)
    with assemble.open_casework(stories) as casework:
        case = list_cases(views)[0]
        note = {"command": "note", "council": case["council"], "actor": "jo.p"}
        answer = casework.handle({**note, "case": case["case"], "text": "rang back"})
        assert answer["outcome"] == "accepted"
    assert rows(views) == before
    publish(stories, log)
    project(stories, log)
    assert caught_up(views)


def test_an_event_that_is_newer_stops_it(stories, views, log):
    publish(stories, log)
    [(last, stream, sequence, body)] = views.query(
        "SELECT position, stream, sequence, body FROM events ORDER BY position DESC LIMIT 1"
    )
    newer = {**json.loads(body), "version": 2, "sequence": sequence + 1}
    with views.writing():
        views.execute(
            "INSERT INTO events (position, stream, sequence, type, body) VALUES (?, ?, ?, ?, ?)",
            (last + 1, stream, sequence + 1, newer["type"], schemas.canonical(newer)),
        )
    publish(stories, log)
    with pytest.raises(EventTooNew, match=f"Position {last + 1} holds .* version 2"):
        project(stories, log)
    assert views.query("SELECT max(position), count(*) FROM view_audit") == [(last, last)]


def test_health_is_told_while_it_runs(stories, views, log):
    publish(stories, log)
    [port] = free_ports(1)
    with started(stories, log, "project", "--health-port", str(port)) as running:
        until(lambda: caught_up(views), "all is in the views")
        until(lambda: asked(port, "/readyz") == "yes: behind by 0\n", "it is ready")
        told = asked(port, "/metrics")
        running.terminate()
        running.communicate(timeout=30)
    events = views.query("SELECT count(*) FROM events")[0][0]
    assert f"casebook_projector_folded_total {events}\n" in told
    assert "casebook_projector_lag_events 0\n" in told
    assert "casebook_projector_epoch 1\n" in told


def test_a_topic_filled_anew_is_read_from_its_beginning(stories, views, embedded, log):
    publish(stories, log)
    project(stories, log)
    other = dataclasses.replace(log, topic=f"{log.topic}.new", partitions=3)
    publish(stories, other, refill=True)
    telling = project(stories, other)
    events = views.query("SELECT count(*) FROM events")[0][0]
    assert telling.gauges.value("casebook_projector_duplicates_total") == events
    assert rows(views) == folded_embedded(views, embedded)


def test_made_anew_from_kafka_the_views_are_whole_and_a_projector_goes_on(
    stories, views, embedded, log
):
    publish(stories, log)
    with from_topic(stories, log, clock.now, lambda _: None) as rebuilding:
        assert rebuilding.rebuild() == views.query("SELECT count(*) FROM events")[0][0]
    assert rows(views) == folded_embedded(views, embedded)
    telling = project(stories, log)
    assert telling.gauges.value("casebook_projector_lag_events") == 0
    assert not telling.gauges.value("casebook_projector_duplicates_total")


def asked(port: int, path: str) -> str:
    """What it tells there; nothing while it does not listen or is not ready."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=5) as answer:
            return answer.read().decode()
    except OSError:
        return ""
