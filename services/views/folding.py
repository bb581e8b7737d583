"""A batch of events into the rows of every view: the same folding from the store and from Kafka."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, Protocol

import orjson

from projections import PROJECTIONS, Projection
from projections.facts import Fold
from schemas.personal import cut_out, split
from services.store.changes import Change, How
from services.store.database import Database
from services.views.rows import Rows
from services.views.tables import Tables

BATCH = 10_000
_AUDIT = ("position", "stream", "sequence", "body", "personal")

Event = dict[str, Any]
Positioned = tuple[int, bytes, Event | Exception]
"""A position, its stream's key as `stream_key` makes it, the event or why it can't be read."""
Concerns = Callable[[Mapping[str, Any]], bool]
Route = tuple[Rows, Fold, Concerns | None]


class HeldBack(Protocol):
    """Where an event goes that can't be folded, and those of its stream that follow it."""

    def __contains__(self, stream: bytes) -> bool:
        """Whether events of this stream are to wait."""

    def hold(self, event: Positioned) -> None:
        """Let an event wait behind those of its stream that wait already."""

    def park(self, event: Positioned, problem: Exception) -> None:
        """Let this event wait, and whatever follows in its stream; or raise."""


class Folding:
    """Folds batches into one set of tables.

    `projections` names the views to keep, if not all; the audit, with what is irregular, may be
    left out too. Events that are `in_order` have been read from stored bytes, for this alone:
    their keys are sorted already, and they need not be kept as they are.
    """

    def __init__(
        self,
        database: Database,
        tables: Tables,
        kept_rows: int,
        *,
        projections: Sequence[Projection] = PROJECTIONS,
        with_audit: bool = True,
        in_order: bool = False,
    ) -> None:
        self._database = database
        self._own = in_order
        self._text = None if in_order else orjson.OPT_SORT_KEYS
        self._with_audit = with_audit
        self._views = tuple(Rows(database, each, tables, kept_rows) for each in projections)
        self._routes = _routes(self._views, projections)
        self._audit = tables("audit")
        self._irregular = tables("irregular")

    def fold(self, batch: Sequence[Positioned], held: HeldBack | None = None) -> int:
        """Fold events and write what that changes, inside the open transaction; how many."""
        folded, changes = self.folded(batch, held)
        self._database.write(changes)
        return folded

    def folded(
        self, batch: Sequence[Positioned], held: HeldBack | None = None
    ) -> tuple[int, list[Change]]:
        """Fold events, none of them for the second time, in the order of each stream.

        How many, and what is to be written; the next may be folded before it is committed.

        One that can't be folded is parked in `held`, and those of its stream that follow wait
        there too: nothing of them reaches any view. Without `held` its exception is raised.
        """
        return self.folded_in_pieces((batch,), held)

    def folded_in_pieces(
        self, pieces: Iterable[Sequence[Positioned]], held: HeldBack | None = None
    ) -> tuple[int, list[Change]]:
        """As `folded`, a batch of which no more than a piece need be in memory at a time.

        Each piece asks the tables anew for the rows it lacks.
        """
        audit: list[tuple[object, ...]] = []
        irregular: dict[tuple[bytes], None] = {}
        folded = sum(self._fold(piece, held, audit, irregular) for piece in pieces)
        found = [change for view in self._views for change in view.changes()]
        if audit:
            found.append(Change(self._audit, _AUDIT, audit, How.ADD))
        if irregular:
            found.append(Change(self._irregular, ("stream",), list(irregular), How.PUT))
        return folded, found

    def _fold(
        self,
        batch: Sequence[Positioned],
        held: HeldBack | None,
        audit: list[tuple[object, ...]],
        irregular: dict[tuple[bytes], None],
    ) -> int:
        folded = 0
        for positioned, clear, row, routes in self._parted(batch, held):
            position, stream, _ = positioned
            if held is not None and stream in held:
                held.hold(positioned)
                continue
            try:
                if isinstance(row, Exception):
                    raise row
                rows = [(view, fold(view.row(stream), clear)) for view, fold, _ in routes]
            except Exception as problem:
                if held is None:
                    raise
                held.park(positioned, problem)
                continue
            for view, changed in rows:
                view.change(stream, changed)
            folded += 1
            if self._with_audit:
                audit.append((position, stream, clear["sequence"], *row))
                if clear["irregular"]:
                    irregular[(stream,)] = None
        return folded

    def keep_at_most(self, rows: int) -> None:
        """Keep no more rows of each view in memory from now on."""
        for view in self._views:
            view.keep_at_most(rows)

    def forget(self, streams: Collection[bytes] | None = None) -> None:
        """Read the rows of these streams anew when next needed; all if none are named."""
        for view in self._views:
            view.forget(streams)

    def _parted(self, batch: Sequence[Positioned], held: HeldBack | None) -> list[_Parted]:
        """Each event without what is personal, its row of the audit, and what it changes."""
        parted: list[_Parted] = []
        lacking: dict[Rows, set[bytes]] = {}
        for positioned in batch:
            _, stream, event = positioned
            try:
                if isinstance(event, Exception):
                    raise event
                clear, personal = (event, cut_out(event)) if self._own else split(event)
                if event["sequence"] == 1:
                    for view in self._views:
                        view.begin(stream)
                row = self._audited(clear, personal) if self._with_audit else _NOT_AUDITED
                clear["personal"] = personal
                routes = [
                    route
                    for route in self._routes.get(event["type"], ())
                    if route[2] is None or route[2](clear)
                ]
            except Exception as problem:
                if held is None:
                    raise
                parted.append((positioned, {}, problem, []))
                continue
            for view, _, _ in routes:
                if stream not in view:
                    lacking.setdefault(view, set()).add(stream)
            parted.append((positioned, clear, row, routes))
        for view, streams in lacking.items():
            view.load(streams)
        return parted

    def _audited(self, clear: Event, personal: Event) -> tuple[bytes, bytes | None]:
        text = orjson.dumps(clear, option=self._text)
        return text, orjson.dumps(personal) if personal else None


_NOT_AUDITED = (b"", None)
_Parted = tuple[Positioned, Event, tuple[bytes, bytes | None] | Exception, list[Route]]


def _routes(views: Sequence[Rows], projections: Sequence[Projection]) -> dict[str, list[Route]]:
    """For each event type, the views it can change."""
    found: dict[str, list[Route]] = {}
    for view, projection in zip(views, projections, strict=True):
        for type, fold in projection.folds.items():
            found.setdefault(type, []).append((view, fold, projection.concerns))
    return found


@lru_cache(maxsize=BATCH)
def stream_key(stream: str) -> bytes:
    """A stream's id as the tables hold it."""
    return bytes.fromhex(stream.replace("-", ""))
