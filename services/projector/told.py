"""What a projector tells of itself: numbers, whether it gets on, and a line for each change."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

import orjson

from services.health.gauges import Gauges, Told
from services.health.journal import Journal
from services.health.progress import Progress
from services.log.counting import Place
from services.log.records import Logged

NUMBERS = {
    "casebook_projector_lag_events": Told("Records of its partitions not yet in the views."),
    "casebook_projector_lag_seconds": Told("Age of the last event folded, while it is behind."),
    "casebook_projector_partitions": Told("How many partitions are its own."),
    "casebook_projector_position": Told("The greatest position in the views of its partitions."),
    "casebook_projector_epoch": Told("The greatest epoch that it has read."),
    "casebook_projector_parked_accounts": Told("Accounts that wait."),
    "casebook_projector_folded_total": Told("Events folded.", counts=True),
    "casebook_projector_duplicates_total": Told("Records of events folded before.", counts=True),
    "casebook_projector_late_total": Told("Records of overtaken publishers.", counts=True),
    "casebook_projector_early_total": Told("Records that came before their turn.", counts=True),
    "casebook_projector_waiting_total": Told("Events that had to wait.", counts=True),
    "casebook_projector_retries_total": Told("Begun anew from the views.", counts=True),
}
TOLD_EVERY = timedelta(seconds=2)


class Telling:
    """Keeps the numbers, the journal and the state of health in step."""

    def __init__(self, journal: Journal, clock: Callable[[], datetime]) -> None:
        self.journal = journal
        self.gauges = Gauges(NUMBERS)
        self.progress = Progress()
        self._clock = clock
        self._told_at = clock() - TOLD_EVERY
        self._folded = 0
        self._trouble = ""

    def given(self, places: Mapping[int, Place]) -> None:
        """These partitions are ours, and the views stand there."""
        self.gauges.set("casebook_projector_partitions", len(places))
        self.journal.info("partitions", partitions=sorted(places))

    def waits(self, why: str) -> None:
        """It can't go on now and will try again; said once for the same reason."""
        self.progress.trouble(why)
        self.gauges.add("casebook_projector_retries_total", 1)
        if why != self._trouble:
            self._trouble = why
            self.journal.warn("waits", why=why)

    def counted(self, what: Mapping[str, int]) -> None:
        """What became of the records of a batch."""
        for name, number in what.items():
            self.gauges.add(f"casebook_projector_{name}_total", number)
        self._folded += what.get("folded", 0)

    def parked(self, cases: Mapping[str, str], waiting: int) -> None:
        """Accounts wait from now on: each with why; `waiting` counts all that do."""
        self.gauges.set("casebook_projector_parked_accounts", waiting)
        for case, problem in cases.items():
            self.journal.error("parked", case=case, problem=problem)

    def folded(self, records: list[Logged], places: Mapping[int, Place]) -> None:
        """A batch is in the views."""
        position = max((place.position for place in places.values()), default=0)
        epoch = max((place.epoch for place in places.values()), default=0)
        self.gauges.set("casebook_projector_position", position)
        self.gauges.set("casebook_projector_epoch", epoch)
        self.journal.info("folded", position=position, events=len(records))

    @property
    def is_due(self) -> bool:
        """Whether it is time to look how far behind we are."""
        return self._clock() - self._told_at >= TOLD_EVERY

    def lag(self, behind: int, last: Logged | None) -> None:
        """How many records come after what is folded; `last` is the last one folded."""
        self._told_at = self._clock()
        self._trouble = ""
        self.gauges.set("casebook_projector_lag_events", behind)
        self.gauges.set("casebook_projector_lag_seconds", self._age(last) if behind else 0)
        self.progress.round(done=self._folded, behind=behind)
        self._folded = 0

    def _age(self, last: Logged | None) -> float:
        try:
            told = orjson.loads(last.body)["recorded_at"] if last else None
            recorded = datetime.fromisoformat(told) if told else self._clock()
        except (ValueError, KeyError, TypeError):
            return 0.0
        return max(0.0, (self._clock() - recorded).total_seconds())
