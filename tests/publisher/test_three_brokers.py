"""Three brokers: one killed, one's disk wiped, two down; published is what two of them have."""

from __future__ import annotations

import time

import pytest

from services.log import kafka
from services.log.settings import LogSettings
from tests.publisher.pads import (
    PATIENCE,
    check_all_is_there,
    new_pads,
    publisher,
    raw,
    with_database,
)

pytestmark = pytest.mark.slow


@pytest.fixture
def settings(three_brokers, topic):
    return LogSettings(three_brokers.address, topic, partitions=3)


def test_nothing_is_lost_with_a_leader_killed_a_disk_wiped_and_two_of_three_down(
    tmp_path, three_brokers, settings
):
    where = new_pads(tmp_path / "register", 300)
    first, second, third = three_brokers.nodes
    with publisher(where, settings, tmp_path) as running:
        running.wait_until_at(300)

        first.process.kill()  # leads a third of the partitions
        with_database(where, 300)
        running.wait_until_at(600)

        first.wipe()
        first.start()
        with_database(where, 300)
        running.wait_until_at(900)
        _wait_until_all_have_it(settings)

        second.process.kill()
        third.process.kill()
        with_database(where, 300)
        time.sleep(5)
        assert max(line.get("position", 0) for line in running.told) == 900

        second.launch()
        third.launch()
        second.wait()
        third.wait()
        running.wait_until_at(1200)
    assert len({record.position for record in raw(settings)}) == 1200
    check_all_is_there(where, settings)


def _wait_until_all_have_it(settings):
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        with kafka.admin(settings) as admin:
            [found] = admin.describe_topics([settings.topic])
        if all(len(each["isr_nodes"]) == 3 for each in found["partitions"]):
            return
        time.sleep(0.5)
    raise AssertionError("the wiped broker did not catch up")
