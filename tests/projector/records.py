"""Events as records of a log that is a list: one partition, positions and offsets in order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import schemas
from services.projector.arriving import Arrived
from services.views.folding import stream_key


def arrived(events: Iterable[Mapping[str, Any]], *, first: int = 1) -> list[Arrived]:
    """These events as they come out of partition 0, the first of them at position `first`."""
    return [
        Arrived(
            0,
            position - 1,
            position,
            stream_key(event["stream"]["id"]),
            event["sequence"],
            schemas.canonical(dict(event)),
        )
        for position, event in enumerate(events, first)
    ]


def spoilt(record: Arrived, body: bytes = b'{"no": "event"}') -> Arrived:
    """That record with another body."""
    return record._replace(body=body)
