"""A member of the group takes what it is given, however short it waits each time."""

from __future__ import annotations

from services.log.settings import LogSettings
from services.log.topic import make_topic
from services.projector.group import Group
from tests.projector.streaming import until


def test_a_topic_made_after_its_projector_joined_is_read(kafka_server: str, topic: str) -> None:
    for number in range(5):
        settings = LogSettings(kafka_server, f"{topic}.{number}", 3)
        with Group(settings, {}) as group:
            until(lambda: group.read(0.5, 10) == [] and group.given_anew(), "in the group")
            assert group.partitions == set()
            make_topic(settings)

            def has_all() -> bool:
                group.read(0.02, 10)
                return group.partitions == {0, 1, 2}

            until(has_all, "every partition is its own")
