"""What a register remembers of its publishing: the epoch, the topic's id, and how far it came.

How far it came only saves reading: it is used where Kafka still holds that very record.
"""

from __future__ import annotations

import json
from typing import NamedTuple

from services.log.counting import Place
from services.publisher.turn import TurnLost
from services.store.database import Database

EPOCH, TOPIC, PROGRESS = "publisher.epoch", "publisher.topic_id", "publisher.progress"


class Progress(NamedTuple):
    """All up to `position` was in Kafka, and of each partition the last record ended at a place."""

    position: int = 0
    places: dict[int, Place] = {}  # noqa: RUF012 - never changed


class Remembered:
    """The publisher's few words in the register's own table `meta`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def next_epoch(self) -> int:
        """One more than any publisher of this register ever had."""
        with self._database.writing():
            epoch = int(self._read(EPOCH) or 0) + 1
            self._write(EPOCH, str(epoch))
        return epoch

    def topic_id(self) -> str | None:
        """The id of the topic that this register publishes to, or None before the first."""
        return self._read(TOPIC)

    def remember_topic(self, id: str) -> None:
        """Publish to this topic from now on; how far another one was filled is forgotten."""
        with self._database.writing():
            self._write(TOPIC, id)
            self._write(PROGRESS, "{}")

    def progress(self) -> Progress:
        """How far the topic was filled."""
        told = json.loads(self._read(PROGRESS) or "{}")
        if not told:
            return Progress()
        places = {int(n): Place(*place) for n, place in told["places"].items()}
        return Progress(told["position"], places)

    def remember_progress(self, progress: Progress, epoch: int) -> None:
        """Note how far it came; raises TurnLost where a later publisher has begun.

        So every record it names was written before any of a greater epoch, and counts.
        """
        with self._database.writing():
            if self._read(EPOCH) != str(epoch):
                raise TurnLost
            self._write(PROGRESS, json.dumps(progress._asdict()))

    def _read(self, key: str) -> str | None:
        row = self._database.one("SELECT value FROM meta WHERE key = ?", (key,))
        return row[0] if row else None

    def _write(self, key: str, value: str) -> None:
        self._database.execute(
            "INSERT INTO meta (key, value) VALUES (?, ?) "
            "ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            (key, value),
        )
