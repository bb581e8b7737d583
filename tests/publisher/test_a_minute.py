"""One of two publishers frozen for a whole minute while work goes on; all run by their defaults."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Thread

import pytest

from services import assemble, clock
from services.log.counting import those_that_count
from services.log.settings import LogSettings
from services.projector.sources import from_record
from services.store.opening import open_database
from services.store.postgres import PostgresDatabase
from tests.projector.streaming import caught_up, project, projecting, until
from tests.publisher.pads import (
    PATIENCE,
    check_all_is_there,
    publisher,
    raw,
    settings_of,
    who_is_active,
)
from tests.soak.writer import document

pytestmark = pytest.mark.slow

FROZEN_SECONDS = 60.0
PAUSE = 0.1


def test_a_publisher_frozen_for_a_minute_stops_and_nothing_it_writes_then_counts(
    tmp_path, register_at_work, own_kafka, topic
):
    register, settings = register_at_work, settings_of(own_kafka.address, topic)
    [broker] = own_kafka.nodes
    with (
        publisher(register, settings, tmp_path) as one,
        publisher(register, settings, tmp_path) as other,
    ):
        frozen, second = who_is_active(one, other)
        second.wait_for("standing_by")
        with projecting(register, settings), somebody_at_work(register) as more:
            frozen.wait_until_at(more())
            # While the broker stands still, the active one has records on their way.
            broker.process.freeze()
            more()
            os.kill(frozen.process.pid, signal.SIGSTOP)
            thaw_at = time.monotonic() + FROZEN_SECONDS
            broker.process.thaw()
            epoch = second.wait_for("publishing", FROZEN_SECONDS)["epoch"]
            second.wait_until_at(more(), FROZEN_SECONDS)
            time.sleep(thaw_at - time.monotonic())
            there = {(record.partition, record.offset) for record in raw(settings)}

            os.kill(frozen.process.pid, signal.SIGCONT)
            assert frozen.process.wait(PATIENCE) == 1
            assert "Another publisher has taken over" in frozen.journal.read_text()
            second.wait_until_at(more())
        second.wait_until_at(last_position(register))
    records = check_all_is_there(register, settings)
    late = [each for each in records if (each.partition, each.offset) not in there]
    late = [each for each in late if each.epoch < epoch]
    assert [each for each in those_that_count(records, {}) if each in late] == []
    check_views(register, settings)


@contextmanager
def somebody_at_work(address: str) -> Iterator[Callable[[], int]]:
    """Commands all the while; what it yields waits for ten more, and returns the last position."""
    stop, answers = Event(), list[dict]()

    def work() -> None:
        with assemble.open_casework(address) as casework:
            while not stop.wait(PAUSE):
                answer = casework.handle(document("jo", len(answers), answers))
                answers.append(answer)

    def more() -> int:
        wanted = len(answers) + 10
        until(lambda: len(answers) >= wanted, "casework goes on")
        return last_position(address)

    thread = Thread(target=work)
    thread.start()
    try:
        yield more
    finally:
        stop.set()
        thread.join()
    assert {answer["outcome"] for answer in answers} == {"accepted"}


def last_position(address: str) -> int:
    database = open_database(address)
    try:
        return database.query("SELECT max(position) FROM events")[0][0]
    finally:
        database.close()


def check_views(address: str, settings: LogSettings) -> None:
    """Whoever consumes the topic comes to what the record says."""
    project(address, settings)
    views = PostgresDatabase.open_views(address)
    assert caught_up(views)
    views.close()
    with from_record(address, clock.now, lambda _: None) as rebuilding:
        assert rebuilding.differences() == []
