"""An event as a record of the topic: a CloudEvents 1.0 message in binary mode.

The names and meanings of the headers are published (docs/consuming.md): they never change.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import orjson

from services.faults import Fault
from services.log.partitions import KEPT, key_of
from services.store.log import Stored

Headers = list[tuple[str, bytes]]


class ForeignRecord(Fault):
    """The topic holds a record that no publisher of a register wrote."""


class Outgoing(NamedTuple):
    """A record to be sent."""

    partition: int
    position: int
    key: bytes
    value: bytes
    headers: Headers

    @property
    def subject(self) -> str:
        """The case reference, or the id of what has no case."""
        return dict(self.headers)["ce_subject"].decode()


class Logged(NamedTuple):
    """A record read from a log, with the place where it stands there.

    `previous` is the position of the event before it in its partition, 0 for the first.
    """

    partition: int
    offset: int
    position: int
    previous: int
    epoch: int
    stream: bytes
    sequence: int
    type: str
    body: bytes


def outgoing(event: Stored, partition: int, previous: int, epoch: int) -> Outgoing:
    """The record of a stored event; its value is the stored bytes, nothing is encoded anew."""
    position, stream, sequence, type, value = event
    body = orjson.loads(value)
    key, partition_key = _keys(stream)
    number = b"%d" % sequence
    case = body.get("case")
    headers = [
        *_of_type(type, body["version"], body["council"]),
        ("ce_id", key + b":" + number),
        ("ce_subject", case.encode() if case else key),
        ("ce_time", body["occurred_at"].encode()),
        partition_key,
        ("ce_sequence", number),
        ("position", b"%d" % position),
        ("previous", b"%d" % previous),
        ("epoch", b"%d" % epoch),
    ]
    return Outgoing(partition, position, key, value, headers)


@lru_cache(10_000)
def _of_type(type: str, version: int, council: str) -> Headers:
    """The headers that all events of a type and a council share."""
    name = type.encode()
    return [
        ("content-type", b"application/json"),
        ("ce_specversion", b"1.0"),
        ("ce_type", name),
        ("ce_source", b"/casebook/" + council.encode()),
        ("ce_dataschema", b"urn:casebook:event:%s:%d" % (name, version)),
    ]


@lru_cache(KEPT)
def _keys(stream: bytes) -> tuple[bytes, tuple[str, bytes]]:
    """The key of a stream, and the header that repeats it."""
    key = key_of(stream)
    return key, ("ce_partitionkey", key)


def logged(
    partition: int, offset: int, key: bytes | None, value: bytes | None, headers: Headers
) -> Logged:
    """What a record says; raises ForeignRecord where it is none of a publisher's."""
    told = dict(headers)
    try:
        return Logged(
            partition,
            offset,
            int(told["position"]),
            int(told["previous"]),
            int(told["epoch"]),
            bytes.fromhex((key or b"").replace(b"-", b"").decode()),
            int(told["ce_sequence"]),
            told["ce_type"].decode(),
            value or b"",
        )
    except (AttributeError, KeyError, TypeError, ValueError) as error:  # a header may be null
        raise ForeignRecord(
            f"Partition {partition} of the topic holds at offset {offset} a record that Casebook "
            f"did not write ({type(error).__name__}: {error}). Nobody else may write there: set "
            "another topic with CASEBOOK_TOPIC, and fill it with casebook publish --refill."
        ) from None
