"""One case from beginning to end: every event as it was stored, in words, and what they come to."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import orjson

from projections import audit
from projections.facts import as_stored
from projections.words import sentence
from schemas.personal import join
from services.store.database import Database
from services.views.cases import owner
from services.views.incomplete import incomplete_since
from services.views.rows import row_of

Event = dict[str, Any]

_EVENTS = "SELECT body, personal FROM view_audit WHERE stream = ? ORDER BY sequence"


def audit_case(
    views: Database,
    case: str,
    now: datetime,
    *,
    as_of: datetime | None = None,
    as_known_at: datetime | None = None,
) -> dict[str, Any] | None:
    """The case, its `state` and its `events`, each with its `words`; None for an unknown case.

    `incomplete_since` tells since when events of it wait that can't be shown; mostly None.
    `as_of` leaves what had happened by then, `as_known_at` what had been recorded by then; the
    state is that of the events left.
    """
    found = views.one("SELECT stream, body, personal FROM view_cases WHERE case_ref = ?", (case,))
    if found is None:
        return None
    clear, whole = [], []
    for event, values in events_of(views, found[0]):
        if had_come(event, as_of, as_known_at):
            clear.append({**event, "personal": values})
            whole.append(in_words(event, values))
    state = audit.state(clear, as_of or as_known_at or now)
    since = incomplete_since(views).get(found[0])
    whose = owner(row_of(found[1], found[2]))
    return {**whose, "incomplete_since": since, "state": state, "events": whole}


def events_of(views: Database, stream: bytes) -> Iterator[tuple[Event, dict[str, Any]]]:
    """The events of a case in the order of recording, each without its personal values, and those.

    `schemas.personal.join` makes the two whole.
    """
    for body, personal in views.query(_EVENTS, (stream,)):
        yield orjson.loads(body), orjson.loads(personal or b"{}")


def had_come(event: Event, as_of: datetime | None, as_known_at: datetime | None) -> bool:
    """Whether it had happened by `as_of` and was recorded by `as_known_at`; None asks nothing."""
    return _by(event["occurred_at"], as_of) and _by(event["recorded_at"], as_known_at)


def in_words(event: Event, values: dict[str, Any]) -> Event:
    """The event as it was stored, with its `words`."""
    stored = join(event, values)
    return {**stored, "words": sentence(stored)}


def _by(moment: str, last: datetime | None) -> bool:
    return last is None or moment <= as_stored(last)
