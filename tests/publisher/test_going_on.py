"""A publisher goes on where the topic ends, whatever it remembers of it."""

from __future__ import annotations

import json
import shutil

import pytest
from kafka.admin import ConfigResource, ConfigResourceType

from services.log import kafka
from services.log.faults import RecordTooLarge, TopicMissing
from services.log.topic import find_topic
from services.publisher.remembered import PROGRESS, TOPIC
from services.store.opening import open_database
from tests.publisher.pads import (
    check_all_is_there,
    publish,
    raw,
    stored,
    with_database,
)

pytestmark = pytest.mark.slow


def delete_topic(settings):
    with kafka.admin(settings) as admin:
        admin.delete_topics([settings.topic])


def forget(where, *keys):
    database = open_database(where)
    with database.writing():
        for key in keys:
            database.execute("DELETE FROM meta WHERE key = ?", (key,))
    database.close()


def test_what_is_there_is_not_sent_again(register, settings):
    publish(register, settings)
    with_database(register, 10)
    publish(register, settings)
    assert len(check_all_is_there(register, settings)) == 110


def test_it_goes_on_from_the_topics_own_end_where_nothing_is_remembered_of_it(register, settings):
    forget(register, PROGRESS)
    with_database(register, 10)
    publish(register, settings)
    assert len(check_all_is_there(register, settings)) == 110


def test_what_was_published_after_the_last_note_of_it_is_found_and_not_sent_again(
    register, settings
):
    with_database(register, 2000)
    publish(register, settings)
    noted = _progress(register)
    with_database(register, 6000)
    publish(register, settings)
    _set_meta(register, {PROGRESS: noted})
    publish(register, settings)
    assert len(check_all_is_there(register, settings)) == 8100


def test_a_topic_that_lost_its_end_is_filled_again_whatever_is_remembered(
    register, settings, tmp_path
):
    """The register believes that all is in Kafka; of two events Kafka's disk knows nothing."""
    shutil.copytree(register, tmp_path / "earlier")
    with_database(register, 10)
    publish(register, settings)
    delete_topic(settings)
    forget(tmp_path / "earlier", TOPIC, PROGRESS)
    _eventually_publish(tmp_path / "earlier", settings)
    new_id = find_topic(settings).id
    _set_meta(register, {TOPIC: new_id, **_ahead(register)})
    publish(register, settings)
    assert len(check_all_is_there(register, settings)) == 110


def test_an_event_that_is_too_large_stops_it_and_is_not_left_out(register, settings):
    most = ConfigResource(ConfigResourceType.TOPIC, settings.topic, {"max.message.bytes": "20000"})
    with kafka.admin(settings) as admin:
        admin.alter_configs([most])
    with_database(register, 5)
    with_database(register, 1, text="x" * 30_000)
    with_database(register, 5)
    for _ in range(2):
        with pytest.raises(RecordTooLarge, match="The event at position 106 "):
            publish(register, settings)
        assert max(record.position for record in raw(settings)) == 105
    most.configs["max.message.bytes"] = "100000"
    with kafka.admin(settings) as admin:
        admin.alter_configs([most])
    publish(register, settings)
    assert len(check_all_is_there(register, settings)) == 111


def _eventually_publish(where, settings):
    for _ in range(50):
        try:
            return publish(where, settings)
        except TopicMissing:
            continue
    raise AssertionError("the topic can't be filled")


def _progress(where):
    database = open_database(where)
    [(told,)] = database.query("SELECT value FROM meta WHERE key = ?", (PROGRESS,))
    database.close()
    return told


def _set_meta(where, values):
    database = open_database(where)
    with database.writing():
        for key, value in values.items():
            database.execute("UPDATE meta SET value = ? WHERE key = ?", (value, key))
    database.close()


def _ahead(where):
    """A remembered progress that claims every event."""
    count = len(stored(where))
    places = {str(n): [count, 1, count] for n in range(4)}
    return {PROGRESS: json.dumps({"position": count, "places": places})}
