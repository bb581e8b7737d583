"""The topic: found or made with the settings that keep every event, and known again by its id."""

from __future__ import annotations

from contextlib import suppress
from typing import Any, NamedTuple

from services.log import kafka
from services.log.faults import LogAway, TopicMissing, TopicNotOurs
from services.log.settings import LARGEST_RECORD, LogSettings

KEPT_FOR_EVER = {"cleanup.policy": "delete", "retention.ms": "-1", "retention.bytes": "-1"}
_REFILL = "casebook publish --refill"


class Topic(NamedTuple):
    """A topic as it is; `id` is Kafka's own, another one for each topic ever made."""

    id: str
    partitions: int


class Ends(NamedTuple):
    """Where each partition begins, and the offset that its next record will have."""

    first: dict[int, int]
    following: dict[int, int]

    @property
    def is_empty(self) -> bool:
        """Whether nothing was ever written there."""
        return not any(self.following.values())


def find_topic(settings: LogSettings) -> Topic | None:
    """The topic of that name, or None; raises the faults of `services.log.faults`."""
    with kafka.admin(settings) as admin:
        [found] = admin.describe_topics([settings.topic])
        if found["error_code"]:
            fault = kafka.fault_of(kafka.error_of(found["error_code"]), settings)
            if isinstance(fault, TopicMissing):
                return None
            raise fault
        return Topic(found["topic_id"], len(found["partitions"]))


def make_topic(settings: LogSettings) -> Topic:
    """Make the topic, and wait until every partition has a leader."""
    with kafka.admin(settings) as admin:
        copies = settings.replication or (3 if len(_brokers(admin)) >= 3 else 1)
        made: dict[str, Any] = {
            "num_partitions": settings.partitions,
            "replication_factor": copies,
            "configs": topic_settings(copies),
        }
        with suppress(kafka.TopicAlreadyExistsError):  # another publisher was faster
            admin.create_topics({settings.topic: made}, wait_for_metadata=True)
    found = find_topic(settings)
    if found is None:
        raise LogAway(f"The {settings.where} was made and is not seen yet.")
    return found


def topic_settings(copies: int) -> dict[str, str]:
    """What a topic of so many copies of each record is made with."""
    return {
        **KEPT_FOR_EVER,
        "compression.type": "lz4",
        "max.message.bytes": str(LARGEST_RECORD),
        "min.insync.replicas": str(2 if copies >= 3 else 1),
        "unclean.leader.election.enable": "false",
    }


def checked_settings(settings: LogSettings) -> int:
    """The largest record that the topic takes, in bytes.

    Raises TopicNotOurs where it would delete what is in it after a while.
    """
    with kafka.admin(settings) as admin:
        held = kafka.topic_configs(admin, settings.topic)
    for name, wanted in KEPT_FOR_EVER.items():
        if held.get(name, wanted) != wanted:
            raise TopicNotOurs(
                f"The {settings.where} does not keep every event: {name} is {held[name]} there. "
                f"Set it to {wanted} (kafka-configs --alter), then start again."
            )
    return int(held.get("max.message.bytes", LARGEST_RECORD))


def check_same(topic: Topic | None, remembered: str | None, settings: LogSettings) -> None:
    """Raise TopicMissing or TopicNotOurs unless it is the topic that the register remembers."""
    if topic is None:
        if remembered:
            raise TopicMissing(
                f"The {settings.where} is gone, though events were published to it. The register "
                f"still holds them all: {_REFILL} makes it anew and fills it."
            )
        return
    if remembered and topic.id != remembered:
        raise TopicNotOurs(
            f"The {settings.where} is not the one that this register publishes to: it was "
            f"deleted and made again. If it is empty, {_REFILL} fills it; else set another topic "
            f"with CASEBOOK_TOPIC and fill that."
        )
    if topic.partitions != settings.partitions:
        raise TopicNotOurs(
            f"The {settings.where} has {topic.partitions} partitions and the settings say "
            f"{settings.partitions}: an account's events would be spread. Set "
            f"CASEBOOK_KAFKA_PARTITIONS={topic.partitions} if it was made so, else set another "
            f"topic with CASEBOOK_TOPIC and fill it with {_REFILL}."
        )


def check_whole(ends: Ends, remembered: str | None, settings: LogSettings) -> None:
    """Raise TopicNotOurs where records are gone from its front, or it was filled by others."""
    if gone := [partition for partition, first in ends.first.items() if first > 0]:
        raise TopicNotOurs(
            f"Records were deleted from the {settings.where} (partitions "
            f"{', '.join(map(str, sorted(gone)))}). Set another topic with CASEBOOK_TOPIC, and "
            f"fill it with {_REFILL}."
        )
    if not remembered and not ends.is_empty:
        raise TopicNotOurs(
            f"The {settings.where} holds records already, and this register never published "
            f"there. Set another topic with CASEBOOK_TOPIC."
        )


def _brokers(admin: Any) -> list[dict[str, Any]]:
    brokers: list[dict[str, Any]] = admin.describe_cluster()["brokers"]
    return [broker for broker in brokers if not broker.get("is_fenced")]
