"""Whether a running service is alive, and whether it gets on with what it is behind with."""

from __future__ import annotations

from threading import Lock
from time import monotonic

PATIENCE = 30.0


class Progress:
    """Told of every round and of what is left; alive while rounds end, ready while work is done.

    `patience` is how many seconds either may take before it is called a standstill.
    """

    def __init__(self, patience: float = PATIENCE) -> None:
        self._patience = patience
        self._lock = Lock()
        self._round = self._moved = monotonic()
        self._behind: float | None = None
        self._trouble = "it has only just started"

    def round(self, *, done: int, behind: float | None) -> None:
        """One round has ended that handled `done` events and left `behind` (None: not known)."""
        with self._lock:
            self._round = monotonic()
            self._behind = behind
            if behind is not None:
                self._trouble = ""
                if done or not behind:
                    self._moved = self._round

    def trouble(self, what: str) -> None:
        """The round could not be done, for this reason; it will be tried again."""
        with self._lock:
            self._round = monotonic()
            self._trouble = what

    def alive(self) -> tuple[bool, str]:
        """Whether rounds still end, and what to say."""
        with self._lock:
            still = monotonic() - self._round
        return still < self._patience, f"the last round ended {still:.1f} s ago"

    def ready(self) -> tuple[bool, str]:
        """Whether nothing is left to do, or some of it is being done; and what to say."""
        with self._lock:
            if self._trouble:
                return False, self._trouble
            still = monotonic() - self._moved
            if still < self._patience and monotonic() - self._round < self._patience:
                return True, f"behind by {self._behind:g}"
            return False, f"behind by {self._behind:g}, and nothing was done for {still:.0f} s"
