"""Publisher and Kafka killed and frozen while events are recorded: none lost, none out of order."""

from __future__ import annotations

import os
import random
import signal
import time
from collections import Counter
from threading import Event, Thread

import psutil
import pytest

from services.log.counting import Standing, those_that_count
from services.log.partitions import partition_of
from services.log.records import outgoing
from services.log.sending import Sender
from services.store.opening import create_database, open_database
from tests.publisher.pads import (
    PARTITIONS,
    PATIENCE,
    check_all_is_there,
    counting,
    new_pads,
    publish,
    publisher,
    raw,
    settings_of,
    stored,
    who_is_active,
    with_database,
    write_notes,
)

pytestmark = pytest.mark.slow


class Recording:
    """Records events, a few at a time, until it is told to stop."""

    def __init__(self, where) -> None:
        self.recorded = 0
        self._where = where
        self._stop = Event()
        self._thread = Thread(target=self._run)

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._stop.set()
        self._thread.join()

    def _run(self):
        database = open_database(self._where)
        while not self._stop.wait(0.01):
            write_notes(database, 5)
            self.recorded += 5
        database.close()


def test_a_publisher_killed_again_and_again_loses_nothing(tmp_path, kafka_server, topic):
    where, settings = new_pads(tmp_path / "register"), settings_of(kafka_server, topic)
    chance = random.Random(5)
    with Recording(where) as recording:
        for _ in range(5):
            with publisher(where, settings, tmp_path) as running:
                running.wait_for("published")
                time.sleep(chance.uniform(0.05, 0.4))
                running.process.kill()
    publish(where, settings)
    check_all_is_there(where, settings)
    assert recording.recorded > 100


def test_a_publisher_that_is_asked_to_stop_finishes_its_batch(tmp_path, kafka_server, topic):
    where, settings = new_pads(tmp_path / "register", 20_000), settings_of(kafka_server, topic)
    with publisher(where, settings, tmp_path) as running:
        running.wait_for("published")
        running.process.send_signal(signal.SIGTERM)
        assert running.process.wait(PATIENCE) == 0
        last = running.told[-1]
    found = raw(settings)
    assert max(record.position for record in found) == last["position"] < 20_000
    assert len(found) == last["position"]
    publish(where, settings)
    assert len(check_all_is_there(where, settings)) == 20_000


def test_a_broker_killed_and_frozen_under_load_loses_nothing(tmp_path, own_kafka, topic):
    where, settings = new_pads(tmp_path / "register"), settings_of(own_kafka.address, topic)
    [node] = own_kafka.nodes
    with publisher(where, settings, tmp_path) as running:
        with Recording(where) as recording:
            running.wait_for("published")
            for _ in range(2):
                node.process.kill()
                time.sleep(0.5)
                node.start()
                running.wait_until_at(recording.recorded)
            node.process.freeze()
            time.sleep(3)
            node.process.thaw()
        running.wait_until_at(recording.recorded)
        running.process.send_signal(signal.SIGTERM)
        assert running.process.wait(PATIENCE) == 0
    check_all_is_there(where, settings)


def test_kafka_away_with_a_long_backlog_is_caught_up_with_in_flat_memory(
    tmp_path, own_kafka, topic
):
    where, settings = new_pads(tmp_path / "register", 10), settings_of(own_kafka.address, topic)
    [node] = own_kafka.nodes
    with publisher(where, settings, tmp_path) as running:
        running.wait_until_at(10)
        node.process.kill()
        with_database(where, 100_000, pads=500)
        running.wait_for("not_sent")
        running.wait_for("kafka_away")
        node.start()
        running.wait_until_at(20_000)
        memory = [psutil.Process(running.process.pid).memory_info().rss]
        running.wait_until_at(100_010)
        memory.append(psutil.Process(running.process.pid).memory_info().rss)
    check_all_is_there(where, settings)
    assert memory[1] - memory[0] < 30_000_000


def test_a_frozen_publisher_is_taken_over_from_and_stops_when_thawed(
    tmp_path, postgres_database, kafka_server, topic
):
    create_database(postgres_database).close()
    settings = settings_of(kafka_server, topic)
    with_database(postgres_database, 2000)
    with (
        publisher(postgres_database, settings, tmp_path, standstill=6) as first,
        publisher(postgres_database, settings, tmp_path, standstill=6) as second,
    ):
        active, waiting = who_is_active(first, second)
        waiting.wait_for("standing_by")
        active.wait_until_at(2000)
        with_database(postgres_database, 30_000)
        active.wait_until_at(4000)
        os.kill(active.process.pid, signal.SIGSTOP)
        epoch = waiting.wait_for("publishing")["epoch"]
        waiting.wait_until_at(32_000)
        counted = counting(settings)
        os.kill(active.process.pid, signal.SIGCONT)
        assert active.process.wait(PATIENCE) == 1
        assert "Another publisher has taken over" in active.journal.read_text()
        with_database(postgres_database, 100)
        waiting.wait_until_at(32_100)
    assert counting(settings)[: len(counted)] == counted
    records = check_all_is_there(postgres_database, settings)
    assert {record.epoch for record in records} == {epoch - 1, epoch}


def test_what_a_thawed_publisher_still_writes_is_passed_over(tmp_path, kafka_server, topic):
    """Its records are made by hand here, so that they certainly arrive."""
    where, settings = new_pads(tmp_path / "register", 50), settings_of(kafka_server, topic)
    publish(where, settings)
    with_database(where, 50)
    publish(where, settings)
    places: dict[int, int] = {}
    late = []
    for event in stored(where):
        partition = partition_of(event.stream, PARTITIONS)
        if event.position > 40:
            late.append(outgoing(event, partition, places.get(partition, 0), 1))
        places[partition] = event.position
    with Sender(settings, {}) as sender:
        sender.send(late, lambda: None)
        sender.settle(lambda: None)
    with_database(where, 50)
    publish(where, settings)
    records = check_all_is_there(where, settings)
    assert len(records) == 150 + len(late)
    standings: Counter[Standing] = Counter()
    those_that_count(records, {}, standings)
    assert standings == {Standing.COUNTS: 150, Standing.LATE: len(late)}
