"""What a publisher tells of itself: numbers, whether it gets on, and a line for each change."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import orjson

from services.health.gauges import Gauges, Told
from services.health.journal import Journal
from services.health.progress import Progress as GettingOn
from services.store.database import Database

NUMBERS = {
    "casebook_publisher_active": Told("1 while it is this publisher's turn."),
    "casebook_publisher_epoch": Told("The epoch that its records carry."),
    "casebook_published_position": Told("The position up to which Kafka has every event."),
    "casebook_unpublished_events": Told("How many events wait to be published."),
    "casebook_unpublished_seconds": Told("The age of the oldest event that waits."),
    "casebook_published_events_total": Told("Events sent and answered.", counts=True),
    "casebook_publisher_retries_total": Told("Begun anew after a failed send.", counts=True),
}
TOLD_EVERY = timedelta(seconds=2)


class Telling:
    """Keeps the numbers, the journal and the state of health in step."""

    def __init__(self, journal: Journal, clock: Callable[[], datetime]) -> None:
        self.journal = journal
        self.gauges = Gauges(NUMBERS)
        self.getting_on = GettingOn()
        self._clock = clock
        self._again_at = clock()
        self._trouble = ("", "")
        for name in ("active", "epoch"):
            self.gauges.set(f"casebook_publisher_{name}", 0)

    def began(self, epoch: int, position: int) -> None:
        """It is our turn, and Kafka has everything up to a position."""
        self.gauges.set("casebook_publisher_active", 1)
        self.gauges.set("casebook_publisher_epoch", epoch)
        self.journal.info("publishing", epoch=epoch, after=position)

    def waits(self, state: str, why: str) -> None:
        """It can't go on now and will try again; said once for the same reason."""
        self.getting_on.trouble(why)
        if (state, why) != self._trouble:
            self._trouble = (state, why)
            self.journal.warn(state, why=why)

    def ended(self) -> None:
        """It is no longer our turn."""
        self.gauges.set("casebook_publisher_active", 0)

    def answered(
        self, database: Database, position: int, before: int, case: str, *, at_end: bool
    ) -> None:
        """Kafka has everything up to a position, of that case; `before` was told last."""
        done = position - before
        if done:
            self._trouble = ("", "")
            self.gauges.add("casebook_published_events_total", done)
            self.gauges.set("casebook_published_position", position)
            self.journal.info("published", position=position, case=case, events=done)
        now = self._clock()
        if at_end:
            self._lag(0, 0.0)
            self.getting_on.round(done=done, behind=0)
        elif now >= self._again_at:
            self._again_at = now + TOLD_EVERY
            behind, seconds = _waiting(database, position, now)
            self._lag(behind, seconds)
            self.getting_on.round(done=done, behind=behind)

    def _lag(self, events: int, seconds: float) -> None:
        self.gauges.set("casebook_unpublished_events", events)
        self.gauges.set("casebook_unpublished_seconds", seconds)


def _waiting(database: Database, position: int, now: datetime) -> tuple[int, float]:
    """How many events come after a position, and how old the first of them is, in seconds."""
    [(last,)] = database.query("SELECT coalesce(max(position), 0) FROM events")
    row = database.one("SELECT body FROM events WHERE position = ?", (position + 1,))
    if row is None:
        return 0, 0.0
    recorded = datetime.fromisoformat(orjson.loads(row[0])["recorded_at"])
    return last - position, max(0.0, (now - recorded).total_seconds())
