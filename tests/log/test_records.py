"""What a record of the topic looks like to whoever reads it."""

from __future__ import annotations

from uuid import UUID

import pytest
from kafka.partitioner.default import murmur2 as of_kafka

import schemas
from services.log.partitions import key_of, murmur2, partition_of
from services.log.records import ForeignRecord, logged, outgoing
from services.store.log import Stored

STREAM = UUID("6f1c0c1e-8a52-4c0b-9d57-0f6f3d0a9b11").bytes
BODY = schemas.canonical(schemas.catalogue.event_schema("CommentFlagged")["examples"][0])
FLAGGED = Stored(41, STREAM, 5, "CommentFlagged", BODY)


def test_a_record_is_a_cloud_event_in_binary_mode_with_the_stored_bytes():
    record = outgoing(FLAGGED, partition=3, previous=17, epoch=2)
    assert record.value == BODY
    assert record.key == b"6f1c0c1e-8a52-4c0b-9d57-0f6f3d0a9b11"
    assert dict(record.headers) == {
        "content-type": b"application/json",
        "ce_specversion": b"1.0",
        "ce_id": b"6f1c0c1e-8a52-4c0b-9d57-0f6f3d0a9b11:5",
        "ce_type": b"CommentFlagged",
        "ce_source": b"/casebook/ashfield",
        "ce_subject": b"ASH-7KQ2-M9XA",
        "ce_time": b"2025-03-03T10:15:00+00:00",
        "ce_dataschema": b"urn:casebook:event:CommentFlagged:1",
        "ce_partitionkey": b"6f1c0c1e-8a52-4c0b-9d57-0f6f3d0a9b11",
        "ce_sequence": b"5",
        "position": b"41",
        "previous": b"17",
        "epoch": b"2",
    }


def test_what_is_read_is_what_was_sent():
    sent = outgoing(FLAGGED, partition=3, previous=17, epoch=2)
    read = logged(3, 99, sent.key, sent.value, sent.headers)
    assert read == (3, 99, 41, 17, 2, STREAM, 5, "CommentFlagged", BODY)


@pytest.mark.parametrize("lacking", ["position", "previous", "epoch", "ce_sequence", "ce_type"])
def test_a_record_of_somebody_else_is_refused_and_located(lacking):
    sent = outgoing(FLAGGED, 3, 17, 2)
    headers = [(name, value) for name, value in sent.headers if name != lacking]
    with pytest.raises(ForeignRecord, match="Partition 3 of the topic holds at offset 99"):
        logged(3, 99, sent.key, sent.value, headers)


def test_a_record_whose_key_is_no_account_is_refused():
    sent = outgoing(FLAGGED, 3, 17, 2)
    with pytest.raises(ForeignRecord):
        logged(3, 99, b"maple", sent.value, sent.headers)


def test_a_record_with_a_header_that_holds_nothing_is_refused():
    sent = outgoing(FLAGGED, 3, 17, 2)
    for empty in ("position", "ce_type"):
        headers = [(name, None if name == empty else value) for name, value in sent.headers]
        with pytest.raises(ForeignRecord):
            logged(3, 99, sent.key, sent.value, headers)


def test_every_client_puts_an_account_into_the_same_partition():
    for length in range(40):
        data = bytes((length * 37 + place * 11) % 256 for place in range(length))
        assert murmur2(data) == of_kafka(data) & 0xFFFFFFFF
    assert partition_of(STREAM, 12) == (of_kafka(key_of(STREAM)) & 0x7FFFFFFF) % 12
