"""Who keeps the views of an open register in step with what is recorded, and how far they are."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from datetime import datetime
from enum import Enum
from typing import TYPE_CHECKING

from services.casework.answers import Answer
from services.projector.awaiting import Awaiting
from services.projector.lag import views_behind
from services.store.database import Database
from services.store.lookups import Lookups
from services.store.register import Register
from services.views import rebuild
from services.views.projector import Projector
from services.views.rebuild import Tell
from services.views.shares import Shares
from services.views.tables import HANDED_OVER

if TYPE_CHECKING:
    from services.projector.rebuilding import LogRebuilding


class Views(Enum):
    """Who keeps the views in step with what is recorded."""

    IN_STEP = "in step"
    """The transaction that records it: always so in the embedded register."""
    BEHIND = "behind"
    """This process, from the log, after each command."""
    ELSEWHERE = "elsewhere"
    """The projector, from Kafka."""


class ViewsKept:
    """The views of one open register."""

    def __init__(
        self,
        database: Database,
        register: Register,
        lookups: Lookups,
        kept: Views | None,
        clock: Callable[[], datetime],
    ) -> None:
        self.projector = Projector(database)
        self._database = database
        self._clock = clock
        self._register = register
        self._lookups = lookups
        self._kept = kept or (Views.IN_STEP if database.is_embedded else Views.BEHIND)
        self._awaiting: Awaiting | None = None
        database.join(self.projector)
        if self._kept is not Views.ELSEWHERE:
            self._fold()
        if self._kept is Views.IN_STEP:
            register.on_changed_elsewhere(self.projector.changed_elsewhere)
            register.on_recorded(self.projector.recorded)

    @property
    def are_elsewhere(self) -> bool:
        """Whether projectors keep them, from Kafka."""
        return self.projector.position == HANDED_OVER

    def bring_up(self) -> None:
        """Where this process keeps them behind the record: fold what is recorded by now."""
        if self._kept is Views.BEHIND:
            self._fold()

    def wait_from_now(self) -> None:
        """From now on, remember what is recorded, so that `until_shown` can wait for it."""
        if self.are_elsewhere:
            self._awaiting = Awaiting(self._database, self._lookups)
            self._register.on_recorded(self._awaiting.recorded)
            self._database.join(self._awaiting)

    def until_shown(self, answers: Iterable[Answer], seconds: float) -> str | None:
        """Wait until they hold what these answers tell of; else what is lacking, in words."""
        return self._awaiting.until_shown(answers, seconds) if self._awaiting else None

    def rebuild(self, tell: Tell | None = None, shares: Shares | None = None) -> int:
        """Make every view anew from the record; returns the last position."""
        if self.are_elsewhere:
            with self._beside_projectors(tell) as rebuilding:
                return rebuilding.rebuild()
        return rebuild.rebuild(self._database, self._register.history, tell=tell, shares=shares)

    def differences(self, tell: Tell | None = None, shares: Shares | None = None) -> list[str]:
        """Where they differ from views made anew; none when all is well."""
        if self.are_elsewhere:
            with self._beside_projectors(tell) as rebuilding:
                return rebuilding.differences()
        return rebuild.differences(self._database, self._register.history, tell, shares)

    def findings(self) -> list[dict[str, str]]:
        """What a doctor says of them."""
        if self.are_elsewhere:
            return views_behind(self._database, self._clock())
        recorded = self._register.recorder.max_notification_id() or 0
        shown = self.projector.position
        if shown == recorded:
            return []
        return [
            {
                "finding": f"The views hold {shown} events of {recorded}",
                "where": self._database.where,
                "do": "casebook rebuild",
            }
        ]

    def _beside_projectors(self, tell: Tell | None) -> AbstractContextManager[LogRebuilding]:
        from services.projector.sources import from_record
        from services.store.postgres import PostgresDatabase

        assert isinstance(self._database, PostgresDatabase)
        return from_record(self._database.address, self._clock, tell or (lambda _: None))

    def _fold(self) -> None:
        self.projector.catch_up(self._register.history)
        if self.are_elsewhere:
            self._kept = Views.ELSEWHERE
