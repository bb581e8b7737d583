"""Checkpoints follow what is recorded: each few seconds while there is work, and at its end."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from threading import Lock, Timer

from eventsourcing.persistence import PersistenceError

from services.faults import Fault
from services.proof.integrity import IntegrityLog

EVERY_SECONDS = 5.0


class Behind:
    """Builds the integrity log on a connection of its own, so that nobody's answer waits for it.

    `begun`, `committing` and `ended` are for `database.join`, `recorded` for
    `register.on_recorded`. What fails here fails nothing else: what is recorded is safe without
    it, `casebook doctor` tells a fault that stays, and the next building makes good.
    """

    def __init__(
        self,
        own: IntegrityLog,
        connected: Callable[[], tuple[IntegrityLog, Callable[[], None]]],
        every_seconds: float = EVERY_SECONDS,
    ) -> None:
        self._own = own
        self._connected = connected
        self._every = every_seconds
        self._lock = Lock()
        self._timer: Timer | None = None
        self._recorded = False
        self._owed = False

    def recorded(self, _batch: object) -> None:
        """Know that the open transaction records something."""
        self._recorded = True

    def begun(self) -> None:
        """Nothing to do as a transaction begins."""

    def committing(self) -> None:
        """Nothing to do before the commit: what is signed is durable first."""

    def ended(self, *, kept: bool) -> None:
        """After a commit that recorded something, see to it that it is taken in before long."""
        recorded, self._recorded = self._recorded, False
        if recorded and kept:
            self._owed = True
            if self._timer is None:
                self._timer = Timer(self._every, self._build_apart)
                self._timer.daemon = True
                self._timer.start()

    def follow(self) -> None:
        """As after a commit, where another process has recorded something."""
        self._recorded = True
        self.ended(kept=True)

    def close(self) -> None:
        """Take in and sign what is left."""
        timer, self._timer = self._timer, None
        if timer:
            timer.cancel()
        with self._lock, suppress(Fault, PersistenceError):
            if self._owed:
                self._owed = False
                self._own.build()

    def _build_apart(self) -> None:
        with self._lock:
            if self._timer is None:
                return
            self._timer = None  # what is recorded from now on starts another
            self._owed = False
            try:
                log, close = self._connected()
                try:
                    log.build()
                finally:
                    close()
            except Exception:  # nobody waits here who could be told: the next building meets it
                self._owed = True
