"""What arrives from the log, sorted: to be folded, seen before, waiting, or a reason to stop."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, MutableMapping
from typing import Any
from uuid import UUID

import orjson

import schemas
from services.faults import Fault
from services.log.records import Logged
from services.views.folding import HeldBack, Positioned, stream_key

DUPLICATE, FOLDED, WAITING = "duplicates", "folded", "waiting"
LONGEST_NAME = 80


class StopsHere(Fault):
    """A record that the projector can't go past; those before it can be folded."""

    def __init__(self, message: str, record: Logged) -> None:
        super().__init__(message)
        self.record = record


class EventLacking(StopsHere):
    """The log holds a later event of an account than the one that must come next."""


class EventTooNew(StopsHere):
    """The log holds an event that this Casebook does not know."""


class Unreadable(ValueError):
    """What a record carries is not the event that its headers say."""


class Sorting:
    """Reads records in the order of each partition, keeping count of what becomes of them.

    Of an event that is not of the `wanted` types only its number counts.
    """

    def __init__(self, wanted: Collection[str] | None = None) -> None:
        self.counted: Counter[str] = Counter()
        self._wanted = wanted
        self._known: set[tuple[str, int]] = set()

    def fresh(
        self,
        records: Iterable[Logged],
        reached: MutableMapping[bytes, int],
        held: HeldBack,
    ) -> list[Positioned]:
        """The events to fold, in order, or what keeps one from being read.

        `reached` is moved on past all of them, and past what is held back because it must wait.
        It must know the last sequence of every stream here (0 where there is none yet).
        Raises EventLacking at a hole, and EventTooNew before anything of it is lost.
        """
        found: list[Positioned] = []
        counted, wanted = self.counted, self._wanted
        for record in records:
            stream, sequence = record.stream, record.sequence
            last = reached[stream]
            if sequence <= last:
                counted[DUPLICATE] += 1
                continue
            if sequence > last + 1:
                raise EventLacking(_hole(record, last), record)
            reached[stream] = sequence
            if stream in held:
                held.hold((record.position, stream, {}))
            elif wanted is None or record.type in wanted:
                found.append((record.position, stream, self._event(record)))
            else:
                counted[FOLDED] += 1
        return found

    def _event(self, record: Logged) -> dict[str, Any] | Unreadable:
        try:
            event = read_event(record)
        except Unreadable as problem:
            return problem
        named = event["type"], event["version"]
        if named not in self._known:
            try:
                schemas.event_schema(*named)
            except KeyError:
                raise EventTooNew(_too_new(record, *named), record) from None
            self._known.add(named)
        return event


def read_event(record: Logged) -> dict[str, Any]:
    """The event that a record carries; Unreadable where it is not the one its headers say."""
    try:
        event = orjson.loads(record.body)
        stream, sequence = stream_key(event["stream"]["id"]), event["sequence"]
        named = event["type"], event["version"]
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise Unreadable(f"it is not a published event ({type(error).__name__})") from None
    if stream != record.stream or sequence != record.sequence:
        raise Unreadable("its body is of another account, or has another number, than its headers")
    if (
        not (isinstance(named[0], str) and 0 < len(named[0]) <= LONGEST_NAME)
        or type(named[1]) is not int
        or named[1] < 1
    ):
        raise Unreadable("its type or version is none")
    found: dict[str, Any] = event
    return found


def _hole(record: Logged, last: int) -> str:
    return (
        f"Of account {UUID(bytes=record.stream)} the views hold {last} events and the log goes on "
        f"with number {record.sequence} (partition {record.partition}, offset {record.offset}, "
        f"position {record.position}). Nothing was left out: run `casebook rebuild`, and if it "
        "stops there too, fill a new topic with `casebook publish --refill`."
    )


def _too_new(record: Logged, type: str, version: int) -> str:
    known = [v for v in range(1, version) if _is_known(type, v)]
    ours = f"knows it up to version {known[-1]}" if known else "does not know that event"
    return (
        f"Position {record.position} holds {type} version {version}; this Casebook {ours}. "
        f"Install a Casebook that knows {type} version {version}; the projector then goes on here."
    )


def _is_known(type: str, version: int) -> bool:
    try:
        schemas.event_schema(type, version)
    except KeyError:
        return False
    return True
