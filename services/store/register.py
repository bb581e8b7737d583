"""The register: aggregates loaded and saved, in memory only what is true on the disk."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any, TypeVar, cast
from uuid import UUID

from eventsourcing.application import Application, LRUCache, Repository
from eventsourcing.persistence import ApplicationRecorder, InfrastructureFactory, Recording
from eventsourcing.popo import POPOFactory
from eventsourcing.utils import Environment, EnvType

from domain.recorded import Recorded
from services.store.database import Database
from services.store.elsewhere import Elsewhere, recorded_since
from services.store.log import Log, Positioned
from services.store.mapper import EventMapper
from services.store.recorder import Recorder
from services.store.sealing import Sealing

CACHED_STREAMS = 20_000

A = TypeVar("A")
Projector = Callable[[A | None, Iterable[Recorded]], A | None]
Listener = Callable[[list[Positioned]], None]
ElsewhereListener = Callable[[Elsewhere], None]


class Register(Application[UUID]):
    """An `eventsourcing` application on one Database, configured by its arguments alone.

    Aggregates stay in memory and are changed in place, so `load` and `save` belong inside one
    `database.writing()`: under its lock nothing cached is behind the disk, and if it is rolled
    back every aggregate it loaded is forgotten.
    """

    name = "casebook"

    def __init__(
        self, database: Database, *, sealing: Sealing | None = None, cached: int = CACHED_STREAMS
    ) -> None:
        self.database = database
        self._cached = cached
        self._event_mapper = EventMapper(sealing)
        self._recorder = Recorder(database)
        self.history = Log(database, self._event_mapper)
        self._touched: dict[UUID, int] = {}
        self._pending: list[Positioned] = []
        self._recorded_listeners: list[Listener] = []
        self._elsewhere_listeners: list[ElsewhereListener] = []
        super().__init__()
        self._cache = cast("LRUCache[UUID, Any]", self.repository.cache)
        self._seen = self._recorder.max_notification_id() or 0
        database.join(self)

    def load(self, stream: UUID, projector: Projector[A], *, version: int | None = None) -> A:
        """The aggregate of `stream` now, or as it was at `version` (then never the cached one).

        `projector(None, events)` folds it. Raises `eventsourcing`'s AggregateNotFoundError.
        """
        with self.database.reading():
            if version is None and stream in self._cache.cache:
                found = self._cache.get(stream)
            else:
                found = self.repository.get(
                    stream,
                    version=version,
                    projector_func=cast(Any, projector),
                    deepcopy_from_cache=False,
                )
            if stream not in self._touched and version is None:
                self._touched[stream] = found.version
            return cast(A, found)

    def record(self, aggregate: Any) -> Sequence[int]:
        """Record what the aggregate collected; returns the positions of its events.

        Raises IntegrityError where another writer was first: load again and decide again.
        """
        with self.database.writing():
            # Not by `events.put` and `collect_events`: their objects and checks cost 45 us.
            events: Sequence[Recorded] = aggregate.collect_events()
            stored = [self._event_mapper.to_stored_event(event) for event in events]
            positions = self._recorder.insert_events(stored)
            self._touched[aggregate.id] = 0
            self._cache.put(aggregate.id, aggregate)
            self._pending += zip(positions, events, strict=True)
            return positions

    def save(self, *objs: Any, **_: Any) -> list[Recording[UUID]]:
        """Record what the aggregates collected; returns each event with its notification.

        For callers that know this as an `eventsourcing` Application; otherwise as `record`.
        """
        recordings: list[Recording[UUID]] = []
        with self.database.writing():
            for aggregate in objs:
                count = len(self.record(aggregate))
                made = self._pending[len(self._pending) - count :]
                for position, event in made:
                    told = self._recorder.select_notifications(position, 1)[0]
                    recordings.append(Recording(cast(Any, event), told))
        return recordings

    def history_of(self, stream: UUID) -> list[Recorded]:
        """The events of one stream, up to the version that the open transaction knows it at."""
        known = self._touched.get(stream) if self.database.proposal else None
        return list(self.events.get(stream, lte=known or None))  # type: ignore[arg-type]

    def forget(self, *streams: UUID) -> None:
        """Drop these aggregates from memory; the next `load` folds them anew."""
        for stream in streams:
            if stream in self._cache.cache:
                self._cache.get(stream, evict=True)

    def on_recorded(self, listener: Listener) -> None:
        """Call `listener` with all that a transaction recorded, inside it, before its commit."""
        self._recorded_listeners.append(listener)

    def on_changed_elsewhere(self, listener: ElsewhereListener) -> None:
        """Call `listener` with where other processes recorded something, once we see it."""
        self._elsewhere_listeners.append(listener)

    def begun(self) -> None:
        """Catch up with other processes; called as each transaction begins."""
        proposal = self.database.proposal
        last = proposal.after if proposal else self._recorder.last
        if last is not None and last != self._seen:
            self._changed_elsewhere(recorded_since(self.database, self._seen))

    def committing(self) -> None:
        """Hand what was recorded to the listeners, whose rows join the transaction."""
        pending, self._pending = self._pending, []
        proposal = self.database.proposal
        if proposal:
            proposal.rests_on = {id: known for id, known in self._touched.items() if known}
        if proposal and proposal.after is not None:
            proposal.recorded = partial(self._recorded_after, pending)
        elif pending:
            self._tell(pending)

    def ended(self, *, kept: bool) -> None:
        """Keep what is in memory, or forget every aggregate that may have changed."""
        proposal = self.database.proposal
        # What was only proposed came after all that is seen, unless others wrote in between.
        if kept and (not proposal or self._recorder.last - len(proposal.events) == self._seen):
            self._seen = self._recorder.last
        if not kept:
            self.forget(*self._touched)
        self._touched.clear()
        self._pending.clear()

    def _changed_elsewhere(self, elsewhere: Elsewhere) -> None:
        """Keep nothing in memory of what others have changed."""
        self.forget(*(UUID(bytes=stream) for stream in elsewhere.streams))
        for listener in self._elsewhere_listeners:
            listener(elsewhere)
        self._seen = elsewhere.last

    def _recorded_after(self, proposed: list[Positioned], elsewhere: Elsewhere) -> None:
        """Tell of what was proposed, by the positions that it got after what others recorded."""
        self._changed_elsewhere(elsewhere)
        if proposed:
            self._tell([(elsewhere.last + place, event) for place, event in proposed])

    def _tell(self, recorded: list[Positioned]) -> None:
        for listener in self._recorded_listeners:
            listener(recorded)

    def construct_env(self, name: str, env: EnvType | None = None) -> Environment:
        """No environment variable reaches the store."""
        return Environment(name, env or {})

    def construct_factory(self, env: Environment) -> InfrastructureFactory[Any]:
        """A stand-in that is asked for nothing: every part is made below."""
        return POPOFactory(env)

    def construct_mapper(self) -> EventMapper:
        """Our mapper."""
        return self._event_mapper

    def construct_recorder(self) -> ApplicationRecorder:
        """Our recorder."""
        return self._recorder

    def construct_repository(self) -> Repository[UUID]:
        """Cached aggregates are neither asked for nor copied: `begun` keeps them true."""
        return Repository(
            self.events,
            cache_maxsize=self._cached,
            fastforward=False,
            deepcopy_from_cache=False,
        )
