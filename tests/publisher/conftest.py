"""A topic of the test's own, and a register that is published there."""

from __future__ import annotations

import pytest

from services import assemble
from tests.publisher.pads import new_pads, publish, settings_of
from tests.soak.writer import COUNCIL


@pytest.fixture
def settings(kafka_server, topic):
    return settings_of(kafka_server, topic)


@pytest.fixture
def register(tmp_path, settings):
    """A register of 100 events, all published."""
    where = new_pads(tmp_path / "register", 100)
    publish(where, settings)
    return where


@pytest.fixture
def register_at_work(postgres_database):
    """A register on PostgreSQL where `jo.p` is an officer."""
    assemble.found(postgres_database, [COUNCIL], "admin")
    post = {"staff": "jo.p", "role": "officer", "from": "2012-01-01"}
    appoint = {"command": "appoint", "council": COUNCIL, "actor": "admin", **post}
    with assemble.open_casework(postgres_database) as casework:
        assert casework.handle(appoint)["outcome"] == "accepted"
    return postgres_database
