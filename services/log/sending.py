"""Records sent to the topic, each answer looked at; what was sent first is answered first."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from time import monotonic
from typing import Any, NamedTuple

from services.closing import Closing
from services.faults import Fault
from services.log import kafka
from services.log.faults import LogAway, RecordTooLarge
from services.log.records import Outgoing
from services.log.settings import LogSettings

IN_FLIGHT = 2
WAIT_SECONDS = 1.0
LONGEST_SECONDS = (kafka.DELIVERY_MS + kafka.ANSWER_MS) / 1000


class Sent(NamedTuple):
    """A batch that Kafka has: its last record, and the last of each partition."""

    last: Outgoing
    ends: dict[int, tuple[int, int]]
    """From a partition to the offset and the position of the last."""


class NotSent(Exception):
    """A record was not taken: nothing after it counts, though some may have arrived.

    `fault` says why, and `record` is the first that was not taken.
    """

    def __init__(self, fault: Fault, record: Outgoing) -> None:
        super().__init__(fault.message)
        self.fault = fault
        self.record = record

    @property
    def named(self) -> Fault:
        """Why, and where it can be the event's own fault, which event it is."""
        if not isinstance(self.fault, RecordTooLarge):
            return self.fault
        event = f"the event at position {self.record.position} ({self.record.subject})"
        return RecordTooLarge(f"{self.fault.message} It is {event}.")


class Sender(Closing):
    """One producer. After NotSent it is of no use: close it, read the tail, open another."""

    def __init__(self, settings: LogSettings, following: dict[int, int]) -> None:
        self._settings = settings
        self._following = dict(following)
        self._waiting: deque[list[tuple[Outgoing, Any]]] = deque()
        self._producer = kafka.producer(settings)

    def send(self, records: Sequence[Outgoing], meanwhile: Callable[[], object]) -> list[Sent]:
        """Send a batch; returns those before it that Kafka has by now. Raises NotSent.

        `meanwhile` is called at least each second while answers are waited for.
        """
        send, topic = self._producer.send, self._settings.topic
        batch: list[tuple[Outgoing, Any]] = []
        for each in records:
            try:
                future = send(topic, each.value, each.key, each.headers, each.partition)
            except kafka.KafkaError as error:
                raise NotSent(kafka.fault_of(error, self._settings), each) from error
            batch.append((each, future))
        self._waiting.append(batch)
        done = []
        while len(self._waiting) > IN_FLIGHT:
            done.append(self._answered(meanwhile))
        return done

    def settle(self, meanwhile: Callable[[], object]) -> list[Sent]:
        """Wait until Kafka has all that was sent. Raises NotSent."""
        self._flush(meanwhile)
        done = []
        while self._waiting:
            done.append(self._answered(meanwhile))
        return done

    def close(self) -> None:
        """Let go of Kafka; what it has not answered may arrive or not."""
        kafka.abandon(self._producer)

    def _answered(self, meanwhile: Callable[[], object]) -> Sent:
        batch = self._waiting.popleft()
        ends: dict[int, tuple[int, int]] = {}
        for record, future in batch:
            if not future.is_done:
                self._wait(record, future, meanwhile)
            if future.exception is not None:
                raise NotSent(kafka.fault_of(future.exception, self._settings), record)
            offset = future.value.offset
            if offset < 0:
                continue  # a broker that has it already does not say where
            if offset < self._following.get(record.partition, 0):
                raise NotSent(self._shorter(record), record)
            self._following[record.partition] = offset + 1
            ends[record.partition] = (offset, record.position)
        return Sent(batch[-1][0], ends)

    def _flush(self, meanwhile: Callable[[], object]) -> None:
        """Let nothing wait for more to fill its batch; what fails says so when it is answered."""
        until = monotonic() + LONGEST_SECONDS
        while self._waiting and monotonic() < until:
            try:
                self._producer.flush(timeout=WAIT_SECONDS)
                return
            except kafka.KafkaError:
                meanwhile()

    def _wait(self, record: Outgoing, future: Any, meanwhile: Callable[[], object]) -> None:
        until = monotonic() + LONGEST_SECONDS
        while not future.is_done:
            meanwhile()
            try:
                future.get(timeout=WAIT_SECONDS)
            except kafka.KafkaError as error:
                if not future.is_done and monotonic() > until:
                    raise NotSent(kafka.fault_of(error, self._settings), record) from error

    def _shorter(self, record: Outgoing) -> Fault:
        return LogAway(
            f"Partition {record.partition} of the {self._settings.where} holds less than it did."
        )


def size_of(record: Outgoing) -> int:
    """How many bytes a record takes in a request, a little over-estimated."""
    headers = sum(len(name) + len(value) + 10 for name, value in record.headers)
    return len(record.key) + len(record.value) + headers + 100


def check_size(record: Outgoing, most: int, settings: LogSettings) -> None:
    """Raise RecordTooLarge where the topic would not take a record, naming it."""
    if (size := size_of(record)) > most:
        raise RecordTooLarge(
            f"The event at position {record.position} ({record.subject}) is {size} bytes as a "
            f"record, and the {settings.where} takes {most}. Raise the topic's max.message.bytes "
            "(kafka-configs --alter), then start again: nothing was left out."
        )
