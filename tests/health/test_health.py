"""A running service tells how it is: by numbers, alive, ready, and one JSON object a line."""

import io
import json
import os
import signal
import urllib.error
import urllib.request
from datetime import UTC, datetime

import pytest

from services.health.gauges import Gauges, Told
from services.health.journal import Journal
from services.health.progress import Progress
from services.health.server import PortTaken, told
from services.health.stopping import stop_asked

TOLD = {
    "casebook_lag_events": Told("Events not yet in the views."),
    "casebook_folded_total": Told("Events folded.", counts=True),
}


@pytest.fixture
def gauges():
    return Gauges(TOLD)


def get(port, path):
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=5) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as refused:
        with refused:
            return refused.code, refused.read().decode()


def test_numbers_are_told_as_prometheus_reads_them(gauges):
    gauges.set("casebook_lag_events", 3, partition='a"b')
    gauges.add("casebook_folded_total", 2)
    gauges.add("casebook_folded_total", 5)
    assert gauges.text() == (
        "# HELP casebook_lag_events Events not yet in the views.\n"
        "# TYPE casebook_lag_events gauge\n"
        'casebook_lag_events{partition="a\\"b"} 3\n'
        "# HELP casebook_folded_total Events folded.\n"
        "# TYPE casebook_folded_total counter\n"
        "casebook_folded_total 7\n"
    )


def test_a_number_not_known_is_left_out(gauges):
    gauges.set("casebook_lag_events", 3)
    gauges.forget("casebook_lag_events")
    assert gauges.text() == "\n"
    with pytest.raises(KeyError):
        gauges.set("casebook_unheard_of", 1)


def test_it_is_ready_with_nothing_left_to_do_or_while_some_of_it_is_done(gauges):
    progress = Progress(patience=30)
    with told(gauges, progress, 0) as port:
        assert get(port, "/readyz") == (503, "no: it has only just started\n")
        progress.round(done=0, behind=0)
        assert get(port, "/readyz") == (200, "yes: behind by 0\n")
        progress.round(done=10, behind=500)
        assert get(port, "/readyz") == (200, "yes: behind by 500\n")
        progress.trouble("the broker is away")
        assert get(port, "/readyz") == (503, "no: the broker is away\n")
        assert get(port, "/livez")[0] == 200
        assert get(port, "/metrics")[0] == 200
        assert get(port, "/")[0] == 404


def test_behind_and_at_a_standstill_it_is_not_ready(gauges):
    progress = Progress(patience=0)
    progress.round(done=0, behind=500)
    assert progress.ready()[0] is False
    assert progress.alive()[0] is False


def test_a_port_that_is_taken_is_refused_in_words(gauges):
    with (
        told(gauges, Progress(), 0) as port,
        pytest.raises(PortTaken, match=f"Port {port} .* can't be listened on"),
        told(gauges, Progress(), port),
    ):
        pass


def test_without_a_port_nothing_listens(gauges):
    with told(gauges, Progress(), None) as port:
        assert port is None


def test_the_journal_is_one_json_object_a_line():
    out = io.StringIO()
    journal = Journal("projector", lambda: datetime(2026, 6, 1, 12, tzinfo=UTC), out)
    journal.info("folded", position=7, case="ABC-7KQ2-M9XA")
    journal.error("stopped")
    assert [json.loads(line) for line in out.getvalue().splitlines()] == [
        {
            "at": "2026-06-01T12:00:00.000+00:00",
            "level": "info",
            "service": "projector",
            "event": "folded",
            "position": 7,
            "case": "ABC-7KQ2-M9XA",
        },
        {
            "at": "2026-06-01T12:00:00.000+00:00",
            "level": "error",
            "service": "projector",
            "event": "stopped",
        },
    ]


def test_being_asked_to_stop_is_heard_and_the_signals_given_back():
    before = signal.getsignal(signal.SIGTERM)
    with stop_asked() as asked:
        assert not asked.is_set()
        os.kill(os.getpid(), signal.SIGTERM)
        assert asked.wait(1)
    assert signal.getsignal(signal.SIGTERM) == before
