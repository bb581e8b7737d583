"""One batch is committed while the next is folded: a connection and a thread of its own."""

from __future__ import annotations

import sys
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime

from services.closing import Closing
from services.projector.projecting import Folded
from services.projector.taking_over import lose_nothing_but_time
from services.store.database import Database

SWITCH_SECONDS = 0.0005
"""How long the thread that folds may keep the one that commits waiting for its turn."""


class Committing(Closing):
    """Commits batches in the order in which they are handed over, on a connection that it closes.

    One that can't be committed takes with it what was folded on top of it: whoever gets its
    exception, from `hand_over` or `settle`, is to begin anew from the views.
    """

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        lose_nothing_but_time(database)
        self._database = database
        self._clock = clock
        self._thread = ThreadPoolExecutor(1, "committing")
        self._under_way: tuple[Folded, Future[None]] | None = None
        self._switched = sys.getswitchinterval()
        sys.setswitchinterval(SWITCH_SECONDS)

    @property
    def is_under_way(self) -> bool:
        """Whether a batch was handed over of which nobody knows yet whether it is committed."""
        return self._under_way is not None

    def hand_over(self, batch: Folded) -> Folded | None:
        """Have a batch committed next; the one before it, which is committed then, or None.

        Raises what kept the one before it from being committed; this one is not then.
        """
        done = self.settle()
        task = self._thread.submit(batch.write, self._database, self._clock())
        self._under_way = batch, task
        return done

    def settle(self) -> Folded | None:
        """Wait for what is under way: it, committed, or None. Raises what kept it from that."""
        if self._under_way is None:
            return None
        (batch, task), self._under_way = self._under_way, None
        task.result()
        return batch

    def close(self) -> None:
        """Wait until nothing is under way, and let go."""
        self._thread.shutdown()
        sys.setswitchinterval(self._switched)
        self._database.close()
