"""Following the register as it grows, by asking again at short intervals."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from threading import Event

from eventsourcing.persistence import ApplicationRecorder, Notification, Subscription

INTERVAL_SECONDS = 0.05
BATCH = 500


class PollingSubscription(Subscription[ApplicationRecorder]):
    """SQLite tells nobody of new rows, so this looks for them; it ends when stopped."""

    def __init__(
        self, recorder: ApplicationRecorder, gt: int | None = None, topics: Sequence[str] = ()
    ) -> None:
        super().__init__(recorder, gt, topics)
        self._waiting: deque[Notification] = deque()
        self._stopped = Event()

    def stop(self) -> None:
        """End the iteration, also while it waits."""
        super().stop()
        self._stopped.set()

    def __next__(self) -> Notification:
        while not self._stopped.is_set():
            if not self._waiting:
                self._waiting.extend(
                    self._recorder.select_notifications(
                        self._last_notification_id,
                        BATCH,
                        topics=self._topics,
                        inclusive_of_start=False,
                    )
                )
            if self._waiting:
                notification = self._waiting.popleft()
                self._last_notification_id = notification.id
                return notification
            self._stopped.wait(INTERVAL_SECONDS)
        raise StopIteration
