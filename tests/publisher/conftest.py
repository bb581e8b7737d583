"""A topic of the test's own, and a register that is published there."""

from __future__ import annotations

import pytest

from tests.publisher.pads import new_pads, publish, settings_of


@pytest.fixture
def settings(kafka_server, topic):
    return settings_of(kafka_server, topic)


@pytest.fixture
def register(tmp_path, settings):
    """A register of 100 events, all published."""
    where = new_pads(tmp_path / "register", 100)
    publish(where, settings)
    return where
