"""Keeps every view in step with what is recorded, in the same transaction."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from domain.recorded import Recorded
from services.faults import Fault
from services.store.database import Database
from services.store.elsewhere import Elsewhere
from services.undisturbed import undisturbed
from services.views.folding import BATCH, Event, Folding, HeldBack, stream_key
from services.views.tables import HANDED_OVER, LIVE, Tables

KEPT_ROWS = 8_192


class ViewsOutOfStep(Fault):
    """The views lack an event, or hold one that the register does not."""


class History(Protocol):
    """The notification log, in the order of recording."""

    def batch(self, *, after: int, size: int) -> list[tuple[int, Recorded]]:
        """The next `size` events after position `after`; empty at the end."""


class Projector:
    """Folds recorded events into the views and remembers how far it came.

    Give it to `database.join`, so that it drops what a rolled-back transaction left in memory.
    One that `only_catches_up` is quicker, and is given no event but those read from a history.
    """

    def __init__(
        self,
        database: Database,
        *,
        tables: Tables = LIVE,
        kept_rows: int = KEPT_ROWS,
        held: HeldBack | None = None,
        only_catches_up: bool = False,
    ) -> None:
        self._database = database
        self._tables = tables
        self._held = held
        self._seen: tuple[int, int] | None = None
        self._folding = Folding(database, tables, kept_rows, in_order=only_catches_up)
        self.keep_at_most = self._folding.keep_at_most

    @property
    def position(self) -> int:
        """That of the last event in the views; 0 where there are none yet, else HANDED_OVER."""
        found = self._tables.position(self._database)
        return found[0] if found else 0

    def recorded(self, batch: Sequence[tuple[int, Recorded]]) -> None:
        """Fold what the register has just recorded, inside its transaction."""
        self.apply([(position, event.body) for position, event in batch])

    def apply(self, batch: Sequence[tuple[int, Event]]) -> None:
        """Fold events in the order of their positions, inside the open transaction.

        Those folded before are dropped, and all of them where the views are folded from the log.
        Raises ViewsOutOfStep where one between is lacking.
        """
        if not batch:
            return
        claimed = self._claim(batch[-1][0])
        if claimed is None:
            return
        seen, generation = claimed
        fresh = [each for each in batch if each[0] > seen]
        for position, (found, event) in enumerate(fresh, seen + 1):
            if found != position:
                raise ViewsOutOfStep(_hole(position, found, event))
        if fresh:
            self._folding.fold(
                [(position, stream_key(event["stream"]["id"]), event) for position, event in fresh],
                self._held,
            )
            self._seen = (fresh[-1][0], generation)

    def catch_up(
        self,
        history: History,
        *,
        batch: int = BATCH,
        tell: Callable[[int], None] = lambda _: None,
    ) -> int:
        """Fold all that was recorded since; returns how many events that were.

        `tell` is told the position reached after each batch.
        """
        first = after = self._started()
        if first == HANDED_OVER:
            return 0
        while found := self._fold_next(history, after, batch):
            after = found
            tell(after)
        return after - first

    def changed_elsewhere(self, elsewhere: Elsewhere) -> None:
        """Drop from memory what another process has recorded and folded."""
        self._folding.forget(elsewhere.streams)
        if self._seen:
            self._seen = (elsewhere.last, self._seen[1])

    def forget_all(self) -> None:
        """Drop everything from memory; call it after a rollback."""
        self._seen = None
        self._folding.forget()

    def begun(self) -> None:
        """Nothing to do as a transaction begins."""

    def committing(self) -> None:
        """Nothing waits to be written: views are written as events are folded."""

    def ended(self, *, kept: bool) -> None:
        """After a rollback, what is in memory may never have happened."""
        if not kept:
            self.forget_all()

    def _started(self) -> int:
        if self._tables.position(self._database) is None:
            with self._database.writing():
                self._tables.make(self._database)
                self._tables.index(self._database)
        return self.position

    def _fold_next(self, history: History, after: int, size: int) -> int | None:
        """Fold one batch; the position it reached, or None where nothing was lacking."""
        with undisturbed():
            lacking = history.batch(after=after, size=size)
            if not lacking:
                return None
            with self._database.writing():
                self.recorded(lacking)
            return lacking[-1][0]

    def _claim(self, last: int) -> tuple[int, int] | None:
        """Move the position on; whoever folds from another place than they think starts over."""
        seen = self._seen
        if seen and (seen[0] >= last or self._tables.move(self._database, seen, last)):
            return seen
        self.forget_all()
        now = self._tables.position(self._database)
        if now is None:
            raise ViewsOutOfStep("The register has no views yet. Run `casebook rebuild`.")
        if now[0] == HANDED_OVER:
            return None
        self._seen = now
        if now[0] < last and not self._tables.move(self._database, now, last):
            raise ViewsOutOfStep("Another process changed the views without the register's lock.")
        return now


def _hole(wanted: int, found: int, event: Event) -> str:
    return (
        f"The views lack event {wanted}: the next to fold is {found} ({event['type']}). "
        "Run `casebook rebuild`."
    )
