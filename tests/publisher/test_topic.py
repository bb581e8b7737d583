"""The topic is this register's own, keeps everything, and is otherwise refused with what to do."""

from __future__ import annotations

import shutil

import pytest

from services.log import kafka
from services.log.faults import LogAway, TopicMissing, TopicNotOurs
from services.log.settings import LARGEST_RECORD
from services.log.topic import find_topic, make_topic, topic_settings
from tests.publisher.pads import (
    check_all_is_there,
    new_pads,
    publish,
    raw,
    settings_of,
    with_database,
)

pytestmark = pytest.mark.slow


def delete_topic(settings):
    with kafka.admin(settings) as admin:
        admin.delete_topics([settings.topic])


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


def _made(settings):
    """Make the topic as soon as Kafka has done away with the one before."""
    for _ in range(50):
        try:
            return make_topic(settings)
        except LogAway:
            continue
    raise AssertionError("the topic can't be made")
