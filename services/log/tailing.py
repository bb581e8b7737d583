"""The topic read as any other system would: what counts, filtered, to its end or on and on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

import orjson

from services.log.counting import Place
from services.log.faults import TopicMissing
from services.log.reading import TopicReader
from services.log.records import Logged
from services.log.settings import LogSettings
from services.log.topic import find_topic


@dataclass(frozen=True)
class Wanted:
    """Which events: of these types, of that case, after that position, recorded since then."""

    types: frozenset[str] = frozenset()
    case: str | None = None
    after: int = 0
    since: datetime | None = None

    def __call__(self, record: Logged) -> bool:
        """Whether a record is wanted."""
        if record.position <= self.after or (self.types and record.type not in self.types):
            return False
        if self.case is None and self.since is None:
            return True
        event = orjson.loads(record.body)
        if self.case is not None and event.get("case") != self.case:
            return False
        return self.since is None or datetime.fromisoformat(event["recorded_at"]) >= self.since


def tail(
    settings: LogSettings, wanted: Wanted, follow: Callable[[], bool] | None = None
) -> Iterator[Logged]:
    """The wanted events, those of one account in order, each once; then the end.

    With `follow`, what comes later too, for as long as it says so. Raises TopicMissing, LogAway,
    LogRefuses.
    """
    topic = find_topic(settings)
    if topic is None:
        raise TopicMissing(
            f"There is no {settings.where}: casebook publish makes it, "
            "CASEBOOK_TOPIC names another."
        )
    places: dict[int, Place] = {}
    with TopicReader(settings, topic.partitions) as reader:
        while True:
            for batch in reader.read(places):
                yield from filter(wanted, batch.records)
                places = batch.places
            if follow is None or not follow():
                return
