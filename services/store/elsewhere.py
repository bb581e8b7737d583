"""What others have recorded since: whose memory is no longer true of what."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from services.store.database import Database
from services.store.proposals import Name


class Elsewhere(NamedTuple):
    """What was recorded after a position."""

    streams: frozenset[bytes]
    """The streams that got events."""
    office: bool
    """Whether one of them is a member of staff's or a council's."""
    last: int
    """The last position by now."""


def recorded_since(database: Database, position: int) -> Elsewhere:
    """What was recorded after this position, without a look at the events themselves."""
    last = last_position(database)
    if last == position:
        return Elsewhere(frozenset(), office=False, last=last)
    rows = database.query(
        "SELECT recorded.stream, other_streams.kind "
        "FROM (SELECT DISTINCT stream FROM events WHERE position > ?) recorded "
        "LEFT JOIN other_streams ON other_streams.stream = recorded.stream",
        (position,),
    )
    streams = frozenset(bytes(stream) for stream, _ in rows)
    return Elsewhere(streams, any(kind is not None for _, kind in rows), last)


def names_of(database: Database, streams: Collection[bytes]) -> set[Name]:
    """The names of these accounts, those given up too: who took one has it as well."""
    columns = ("council", "platform", "kind", "value")
    found = database.find("known_as", columns, "stream", list(streams))
    return {(council, platform, kind, value) for council, platform, kind, value in found}


def last_position(database: Database) -> int:
    """The last position in the register; 0 in an empty one."""
    row = database.one("SELECT max(position) FROM events")
    return (row[0] if row else None) or 0
