"""What every log of events promises, shown for the register itself and for Kafka's topic."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from services.log.counting import Place
from services.log.port import EventLog
from services.log.reading import TopicReader
from services.log.store_log import StoreLog
from services.store.log import Log
from services.store.mapper import EventMapper
from services.store.opening import open_database
from tests.publisher.pads import new_pads, publish, settings_of, stored, with_database

pytestmark = pytest.mark.slow

EVENTS = 2500


class Shelf:
    """A register and a way to read it as a log; `more` records and makes it readable there."""

    def __init__(self, where: Path) -> None:
        self.where = new_pads(where, EVENTS)

    def more(self, count: int) -> None:
        with_database(self.where, count)

    @contextmanager
    def log(self) -> Iterator[EventLog]:
        database = open_database(self.where)
        yield StoreLog(Log(database, EventMapper()))
        database.close()


class PublishedShelf(Shelf):
    def __init__(self, where: Path, kafka: str, topic: str) -> None:
        super().__init__(where)
        self.settings = settings_of(kafka, topic)
        publish(self.where, self.settings)

    def more(self, count: int) -> None:
        super().more(count)
        publish(self.where, self.settings)

    @contextmanager
    def log(self) -> Iterator[EventLog]:
        with TopicReader(self.settings, self.settings.partitions) as reader:
            yield reader


@pytest.fixture(params=["register", "kafka"])
def shelf(request, tmp_path, topic) -> Shelf:
    if request.param == "register":
        return Shelf(tmp_path)
    return PublishedShelf(tmp_path, request.getfixturevalue("kafka_server"), topic)


def test_each_event_is_read_once_with_its_own_bytes_and_those_of_an_account_in_order(shelf):
    with shelf.log() as log:
        found = [record for batch in log.read({}) for record in batch.records]
    accounts: dict[bytes, int] = {}
    for record in found:
        assert record.sequence == accounts.get(record.stream, 0) + 1
        accounts[record.stream] = record.sequence
    there = sorted((r.position, r.stream, r.sequence, r.type, r.body) for r in found)
    assert there == [tuple(each) for each in stored(shelf.where)]


def test_each_record_names_the_one_before_it_in_its_partition(shelf):
    with shelf.log() as log:
        last = dict.fromkeys(range(log.partitions), 0)
        for batch in log.read({}):
            for record in batch.records:
                assert record.previous == last[record.partition]
                last[record.partition] = record.position


def test_who_goes_on_where_a_batch_ended_misses_nothing_and_sees_nothing_again(shelf):
    seen: list[int] = []
    places: dict[int, Place] = {}
    while True:
        with shelf.log() as log:
            batch = next(iter(log.read(places)), None)
        if batch is None:
            break
        seen += [record.position for record in batch.records]
        places = batch.places
    assert sorted(seen) == list(range(1, EVENTS + 1))


def test_the_end_is_the_end_until_more_is_recorded(shelf):
    with shelf.log() as log:
        *_, last = log.read({})
        assert list(log.read(last.places)) == []
    shelf.more(3)
    with shelf.log() as log:
        found = [record.position for batch in log.read(last.places) for record in batch.records]
    assert sorted(found) == [EVENTS + 1, EVENTS + 2, EVENTS + 3]


def test_an_empty_register_reads_as_an_empty_log(tmp_path):
    new_pads(tmp_path)
    database = open_database(tmp_path)
    assert list(StoreLog(Log(database, EventMapper())).read({})) == []
    database.close()


def test_a_reader_may_read_again_and_again(tmp_path, kafka_server, topic):
    shelf = PublishedShelf(tmp_path, kafka_server, topic)
    with shelf.log() as log:
        ends = log.ends().following
        for start in (max(ends.values()) // 2, 0):
            begin = {n: min(start, end) for n, end in ends.items()}
            found = [record for records in log.raw(begin, ends) for record in records]
            assert len(found) == sum(end - begin[n] for n, end in ends.items())
