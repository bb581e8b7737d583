"""Events as records of a log that is a list: one partition, positions and offsets in order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import schemas
from services.log.records import Logged
from services.views.folding import stream_key


def arrived(events: Iterable[Mapping[str, Any]], *, first: int = 1) -> list[Logged]:
    """These events as they come out of partition 0, the first of them at position `first`."""
    return [
        Logged(
            0,
            position - 1,
            position,
            position - 1,
            1,
            stream_key(event["stream"]["id"]),
            event["sequence"],
            event["type"],
            schemas.canonical(dict(event)),
        )
        for position, event in enumerate(events, first)
    ]


def spoilt(record: Logged, body: bytes = b'{"no": "event"}') -> Logged:
    """That record with another body."""
    return record._replace(body=body)
