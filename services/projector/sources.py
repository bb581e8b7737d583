"""From what views are made anew: from the record, or from what Kafka holds of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

from services.log.faults import TopicMissing
from services.log.reading import TopicReader
from services.log.settings import LogSettings
from services.log.store_log import StoreLog
from services.log.topic import find_topic
from services.projector.rebuilding import LogRebuilding
from services.projector.taking_over import follow_topic
from services.store.log import Log
from services.store.mapper import EventMapper
from services.store.postgres import PostgresDatabase
from services.views.rebuild import Tell

Clock = Callable[[], datetime]


@contextmanager
def from_record(address: str, clock: Clock, tell: Tell) -> Iterator[LogRebuilding]:
    """Make the views of the register at that address anew from its own record."""
    with _views(address) as views:
        log = StoreLog(Log(views, EventMapper()))
        yield LogRebuilding(views, log, "record", clock, of_the_topic=False, tell=tell)


@contextmanager
def from_topic(
    address: str, settings: LogSettings, clock: Clock, tell: Tell
) -> Iterator[LogRebuilding]:
    """Make them anew from the topic; raises TopicMissing where there is none."""
    topic = find_topic(settings)
    if topic is None:
        raise TopicMissing(f"There is no {settings.where}: casebook publish makes it.")
    with _views(address) as views, TopicReader(settings, topic.partitions) as reader:
        follow_topic(views, topic.id)
        source = f"topic {topic.id}"
        yield LogRebuilding(views, reader, source, clock, of_the_topic=True, tell=tell)


@contextmanager
def _views(address: str) -> Iterator[PostgresDatabase]:
    views = PostgresDatabase.open_views(address)
    try:
        yield views
    finally:
        views.close()
