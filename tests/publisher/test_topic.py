"""The topic is this register's own, keeps everything, and is otherwise refused with what to do."""

from __future__ import annotations

import json
import shutil

import pytest
from kafka.admin import ConfigResource, ConfigResourceType

from services.log import kafka
from services.log.faults import LogAway, RecordTooLarge, TopicMissing, TopicNotOurs
from services.log.settings import LARGEST_RECORD
from services.log.topic import find_topic, make_topic, topic_settings
from services.publisher.remembered import PROGRESS, TOPIC
from services.store.opening import open_database
from tests.publisher.pads import (
    check_all_is_there,
    new_pads,
    publish,
    raw,
    settings_of,
    stored,
    with_database,
)


@pytest.fixture
def settings(kafka_server, topic):
    return settings_of(kafka_server, topic)


@pytest.fixture
def register(tmp_path, settings):
    """A register of 100 events, all published."""
    where = new_pads(tmp_path / "register", 100)
    publish(where, settings)
    return where


def delete_topic(settings):
    with kafka.admin(settings) as admin:
        admin.delete_topics([settings.topic])


def forget(where, *keys):
    database = open_database(where)
    with database.writing():
        for key in keys:
            database.execute("DELETE FROM meta WHERE key = ?", (key,))
    database.close()


def test_it_is_made_to_keep_every_event_for_ever(register, settings):
    with kafka.admin(settings) as admin:
        held = kafka.topic_configs(admin, settings.topic)
    wanted = {
        "cleanup.policy": "delete",
        "retention.ms": "-1",
        "retention.bytes": "-1",
        "compression.type": "lz4",
        "max.message.bytes": str(LARGEST_RECORD),
        "min.insync.replicas": "1",
        "unclean.leader.election.enable": "false",
    }
    assert wanted.items() <= held.items()
    assert find_topic(settings).partitions == settings.partitions


def test_with_three_copies_two_must_have_a_record_before_it_is_answered():
    assert topic_settings(3)["min.insync.replicas"] == "2"


def test_each_event_is_there_with_its_own_bytes(register, settings):
    assert len(check_all_is_there(register, settings)) == 100


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


def test_a_deleted_topic_is_explained_and_filled_anew_on_request(register, settings):
    before = {(r.position, r.stream, r.sequence, r.body) for r in raw(settings)}
    delete_topic(settings)
    with pytest.raises(TopicMissing, match="casebook publish --refill"):
        publish(register, settings)
    publish(register, settings, refill=True)
    after = {
        (r.position, r.stream, r.sequence, r.body) for r in check_all_is_there(register, settings)
    }
    assert after == before
    publish(register, settings)


def test_a_topic_that_was_made_again_is_refused(register, settings):
    delete_topic(settings)
    _made(settings)
    with pytest.raises(TopicNotOurs, match="deleted and made again"):
        publish(register, settings)
    publish(register, settings, refill=True)
    check_all_is_there(register, settings)


def test_a_topic_filled_by_another_register_is_refused_also_by_a_refill(
    register, settings, tmp_path
):
    other = new_pads(tmp_path / "other", 3)
    for refill in (False, True):
        with pytest.raises(TopicNotOurs, match="holds records already"):
            publish(other, settings, refill=refill)
    assert len(raw(settings)) == 100


def test_a_register_put_back_from_an_older_backup_is_refused(register, settings, tmp_path):
    shutil.copytree(register, tmp_path / "backup")
    with_database(register, 10)
    publish(register, settings)
    with pytest.raises(TopicNotOurs, match="up to position 110, and the register only up to 100"):
        publish(tmp_path / "backup", settings)
    with_database(tmp_path / "backup", 20, text="recorded after the backup")
    with pytest.raises(TopicNotOurs, match="holds another event at position"):
        publish(tmp_path / "backup", settings)
    elsewhere = settings_of(settings.address, f"{settings.topic}.new")
    publish(tmp_path / "backup", elsewhere, refill=True)
    assert len(check_all_is_there(tmp_path / "backup", elsewhere)) == 120


def test_a_topic_whose_front_was_deleted_is_refused(register, settings):
    with kafka.admin(settings) as admin:
        first = {kafka.TopicPartition(settings.topic, 0): 5}
        admin.delete_records(first)
    with pytest.raises(TopicNotOurs, match=r"Records were deleted from .* \(partitions 0\)"):
        publish(register, settings)


def test_a_topic_that_would_forget_is_refused(tmp_path, settings):
    with kafka.admin(settings) as admin:
        admin.create_topics(
            {
                settings.topic: {
                    "num_partitions": settings.partitions,
                    "replication_factor": 1,
                    "configs": {"retention.ms": "604800000"},
                }
            },
            wait_for_metadata=True,
        )
    where = new_pads(tmp_path, 3)
    with pytest.raises(TopicNotOurs, match=r"retention\.ms is 604800000 there\. Set it to -1"):
        publish(where, settings)


def test_a_topic_of_another_number_of_partitions_is_refused(register, settings):
    with pytest.raises(TopicNotOurs, match=r"has 4 partitions and the settings say 6"):
        publish(register, settings_of(settings.address, settings.topic, 6))


def test_an_empty_topic_that_somebody_made_beforehand_is_taken(tmp_path, settings):
    make_topic(settings)
    where = new_pads(tmp_path, 3)
    publish(where, settings)
    assert len(check_all_is_there(where, settings)) == 3


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


def _made(settings):
    """Make the topic as soon as Kafka has done away with the one before."""
    for _ in range(50):
        try:
            return make_topic(settings)
        except LogAway:
            continue
    raise AssertionError("the topic can't be made")


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
