"""Keeps every view in step with what is recorded, in the same transaction."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any, Protocol

import orjson

from domain.recorded import Recorded
from projections import PROJECTIONS
from projections.facts import Fold
from schemas.personal import split
from services.faults import Fault
from services.store.database import Database
from services.undisturbed import undisturbed
from services.views.rows import Rows
from services.views.tables import LIVE, Tables

BATCH = 10_000
KEPT_ROWS = 8_192

Event = dict[str, Any]
Positioned = tuple[int, Event]
Route = tuple[Rows, Fold, Callable[[Mapping[str, Any]], bool] | None]


class ViewsOutOfStep(Fault):
    """The views lack an event, or hold one that the register does not."""


class History(Protocol):
    """The notification log, in the order of recording."""

    def batch(self, *, after: int, size: int) -> list[tuple[int, Recorded]]:
        """The next `size` events after position `after`; empty at the end."""


class Projector:
    """Folds recorded events into the views and remembers how far it came.

    Give it to `database.join`, so that it drops what a rolled-back transaction left in memory.
    """

    def __init__(
        self, database: Database, *, tables: Tables = LIVE, kept_rows: int = KEPT_ROWS
    ) -> None:
        self._database = database
        self._tables = tables
        self._seen: tuple[int, int] | None = None
        self._views = tuple(Rows(database, each, tables, kept_rows) for each in PROJECTIONS)
        self._routes = _routes(self._views)
        self._insert_audit = f"INSERT INTO {tables('audit')} VALUES (?, ?, ?, ?, ?)"
        self._insert_irregular = (
            f"INSERT INTO {tables('irregular')} VALUES (?) ON CONFLICT DO NOTHING"
        )

    @property
    def position(self) -> int:
        """The position of the last event in the views; 0 where there are none yet."""
        found = self._tables.position(self._database)
        return found[0] if found else 0

    def keep_at_most(self, rows: int) -> None:
        """Keep no more rows of each view in memory from now on."""
        for view in self._views:
            view.keep_at_most(rows)

    def recorded(self, batch: Sequence[tuple[int, Recorded]]) -> None:
        """Fold what the register has just recorded, inside its transaction."""
        self.apply([(position, event.body) for position, event in batch])

    def apply(self, batch: Sequence[Positioned]) -> None:
        """Fold events in the order of their positions, inside the open transaction.

        Those folded before are dropped. Raises ViewsOutOfStep where one between is lacking.
        """
        if not batch:
            return
        seen, generation = self._claim(batch[-1][0])
        fresh = [each for each in batch if each[0] > seen]
        for position, (found, event) in enumerate(fresh, seen + 1):
            if found != position:
                raise ViewsOutOfStep(_hole(position, found, event))
        if fresh:
            self._fold(fresh)
            self._seen = (fresh[-1][0], generation)

    def catch_up(self, history: History, *, batch: int = BATCH) -> int:
        """Fold all that was recorded since; returns how many events that were."""
        first = after = self._started()
        while found := self._fold_next(history, after, batch):
            after = found
        return after - first

    def changed_elsewhere(self, batch: Sequence[tuple[int, Recorded]]) -> None:
        """Drop from memory what another process has recorded and folded."""
        streams = {event.originator_id.bytes for _, event in batch}
        for view in self._views:
            view.forget(streams)
        if self._seen:
            self._seen = (batch[-1][0], self._seen[1])

    def forget_all(self) -> None:
        """Drop everything from memory; call it after a rollback."""
        self._seen = None
        for view in self._views:
            view.forget()

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

    def _claim(self, last: int) -> tuple[int, int]:
        """Move the position on; whoever folds from another place than they think starts over."""
        if self._seen and (self._seen[0] >= last or self._move(self._seen, last)):
            return self._seen
        self.forget_all()
        now = self._tables.position(self._database)
        if now is None:
            raise ViewsOutOfStep("The register has no views yet. Run `casebook rebuild`.")
        self._seen = now
        if now[0] < last and not self._move(now, last):
            raise ViewsOutOfStep("Another process changed the views without the register's lock.")
        return now

    def _move(self, seen: tuple[int, int], last: int) -> bool:
        sql = (
            "UPDATE projection_position SET position = ? "
            "WHERE tables = ? AND position = ? AND generation = ?"
        )
        return self._database.execute(sql, (last, self._tables.suffix, *seen)) == 1

    def _fold(self, fresh: Sequence[Positioned]) -> None:
        audit, irregular, steps = [], [], []
        lacking: dict[Rows, set[bytes]] = {}
        for position, body in fresh:
            clear, personal = split(body)
            stream = _key(body["stream"]["id"])
            if body["sequence"] == 1:
                for view in self._views:
                    view.begin(stream)
            kept = orjson.dumps(personal) if personal else None
            text = orjson.dumps(clear, option=orjson.OPT_SORT_KEYS)
            audit.append((position, stream, body["sequence"], text, kept))
            if body["irregular"]:
                irregular.append((stream,))
            clear["personal"] = personal
            for view, fold, concerns in self._routes.get(body["type"], ()):
                if concerns is None or concerns(clear):
                    steps.append((view, stream, fold, clear))
                    if stream not in view:
                        lacking.setdefault(view, set()).add(stream)
        for view, streams in lacking.items():
            view.load(streams)
        for view, stream, fold, event in steps:
            view.fold(stream, fold, event)
        for view in self._views:
            view.write()
        self._database.executemany(self._insert_audit, audit)
        if irregular:
            self._database.executemany(self._insert_irregular, irregular)


def _routes(views: Sequence[Rows]) -> dict[str, list[Route]]:
    """For each event type, the views it can change."""
    found: dict[str, list[Route]] = {}
    for view, projection in zip(views, PROJECTIONS, strict=True):
        for type, fold in projection.folds.items():
            found.setdefault(type, []).append((view, fold, projection.concerns))
    return found


def stream_key(event: Mapping[str, Any]) -> bytes:
    """The stream's id as the tables hold it."""
    return _key(event["stream"]["id"])


@lru_cache(maxsize=BATCH)
def _key(stream: str) -> bytes:
    return bytes.fromhex(stream.replace("-", ""))


def _hole(wanted: int, found: int, event: Event) -> str:
    return (
        f"The views lack event {wanted}: the next to fold is {found} ({event['type']}). "
        "Run `casebook rebuild`."
    )
