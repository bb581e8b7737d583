"""Many accounts, some of which get events that can't be read, as they come out of the log."""

from __future__ import annotations

from itertools import zip_longest

import schemas
from services import clock
from services.log.counting import Place
from services.log.records import Logged
from services.projector.parked import Parked
from services.projector.projecting import Projecting
from services.store.database import Database
from services.store.sqlite import SQLiteDatabase
from tests.projections.histories import History
from tests.projector.records import arrived, spoilt
from tests.projector.registers import rows
from tests.views.registers import Recording

POISON_EACH, GOOD_EACH = 20, 3
BATCH = 10_000


def spoil(accounts: int, good: int) -> tuple[list[dict], list[Logged]]:
    """So many accounts with 20 spoilt events each, among so many good events; all, and the log."""
    each = POISON_EACH + GOOD_EACH
    histories = [History(f"BAD-{n:04}-M9XA").opened() for n in range(accounts)]
    histories += [History(f"GUD-{n:05}-M9XA").opened() for n in range(good // each)]
    for history in histories:
        for incident in range(2, each):
            history("CommentFlagged", incident=incident)
    events = [event for group in zip_longest(*histories) for event in group if event]
    records = arrived(events)
    return events, [
        spoilt(record) if _is_bad(event) else record
        for event, record in zip(events, records, strict=True)
    ]


def check(views: Database, embedded: SQLiteDatabase, accounts: int, good: int) -> int:
    """Fold it all, retry what waits once it is mended; how many were spoilt. Fails by assertion."""
    events, records = spoil(accounts, good)
    bad = sum(map(_is_bad, events))
    assert bad == accounts * POISON_EACH
    projecting, flowing = Projecting(views, clock.now), 0
    projecting.start([0])
    for start in range(0, len(records), BATCH):
        batch = records[start : start + BATCH]
        last = batch[-1]
        projecting.fold(batch, {0: Place(last.offset + 1, 1, last.position)})
        flowing += sum(_flows(event) for event in events[start : start + BATCH])
        held = views.query("SELECT count(*) FROM view_audit")[0][0]
        assert held == flowing, "an account that is good did not go on at once"
    assert projecting.waiting == accounts
    parked = Parked(views, clock.now)
    assert len(parked.listed()) == accounts
    _mend(views, events)
    for each in parked.listed():
        assert parked.retry(each["account"])["waiting"] == 0
    recording = Recording(embedded)
    recording(events)
    assert rows(views) == rows(embedded)
    return bad


def _is_bad(event: dict) -> bool:
    return event["case"].startswith("BAD") and event["sequence"] > GOOD_EACH


def _flows(event: dict) -> bool:
    return not _is_bad(event)


def _mend(views: Database, events: list[dict]) -> None:
    rows = [(schemas.canonical(event), n) for n, event in enumerate(events, 1) if _is_bad(event)]
    with views.writing():
        views.executemany("UPDATE parked_events SET body = ? WHERE position = ?", rows)
