"""In which partition of the topic an account's events are; every consumer in Java agrees."""

from __future__ import annotations

from functools import lru_cache
from uuid import UUID

KEPT = 10_000
"""Of so many accounts at work at the same time, what follows from the id is worked out once."""
_SEED, _M, _R = 0x9747B28C, 0x5BD1E995, 24
_32_BITS = 0xFFFFFFFF


def key_of(stream: bytes) -> bytes:
    """The key of a stream's records: its id as text."""
    return str(UUID(bytes=stream)).encode()


@lru_cache(KEPT)
def partition_of(stream: bytes, count: int) -> int:
    """The partition, from 0, of a stream whose topic has `count` of them.

    Kafka's default partitioner: murmur2 of the key, its sign dropped, over the count.
    """
    return (murmur2(key_of(stream)) & 0x7FFFFFFF) % count


def murmur2(data: bytes) -> int:
    """The hash of Kafka's `Utils.murmur2`, unsigned."""
    length = len(data)
    found = _SEED ^ length
    whole = length - length % 4
    for start in range(0, whole, 4):
        part = int.from_bytes(data[start : start + 4], "little") * _M & _32_BITS
        part = (part ^ part >> _R) * _M & _32_BITS
        found = (found * _M & _32_BITS) ^ part
    if rest := data[whole:]:
        found = (found ^ int.from_bytes(rest, "little")) * _M & _32_BITS
    found = (found ^ found >> 13) * _M & _32_BITS
    return found ^ found >> 15
