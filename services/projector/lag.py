"""How far the views are behind the record, as anybody can see who opens the register."""

from __future__ import annotations

from datetime import datetime

import orjson

from services.projector.offsets import all_places
from services.store.database import Database

LATE_SECONDS = 10.0

Finding = dict[str, str]


def views_behind(database: Database, now: datetime) -> list[Finding]:
    """What a doctor says of views that are kept from Kafka; nothing where all is well.

    Views are behind for a moment after each command: only what is older is told.
    """
    return [*_behind(database, now), *_waiting(database)]


def _behind(database: Database, now: datetime) -> list[Finding]:
    shown = max((place.position for place in all_places(database).values()), default=0)
    next_one = database.one(
        "SELECT position, body FROM events WHERE position > ? ORDER BY position LIMIT 1", (shown,)
    )
    if next_one is None:
        return []
    age = (now - datetime.fromisoformat(orjson.loads(next_one[1])["recorded_at"])).total_seconds()
    if age < LATE_SECONDS:
        return []
    recorded = database.query("SELECT max(position) FROM events")[0][0]
    return [
        {
            "finding": f"The views lack what was recorded {age:.0f} s ago and since then "
            f"({recorded - shown} events)",
            "where": database.where,
            "do": "See that casebook publish and casebook project run, and what they say.",
        }
    ]


def _waiting(database: Database) -> list[Finding]:
    if not database.has_table("parked_events"):
        return []
    waiting = database.query("SELECT count(DISTINCT stream) FROM parked_events")[0][0]
    if not waiting:
        return []
    return [
        {
            "finding": f"Of {waiting} accounts events wait that can't be folded",
            "where": database.where,
            "do": "casebook parked list",
        }
    ]
