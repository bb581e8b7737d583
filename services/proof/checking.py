"""The register's own check: its bytes against what was signed, and against the schemas again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import pairwise
from typing import Any, NamedTuple
from uuid import UUID

import orjson

import schemas
from services.proof.checkpoints import Checkpoint, Checkpoints
from services.proof.integrity import HAND_OVER, IntegrityLog
from services.proof.merkle import Frontier, leaf_hash
from services.proof.notes import NoteInvalid, check_note, read_note, to_base64
from services.store.log import Log, Stored
from services.undisturbed import undisturbed

AT_ONCE = 4096
MOST_FINDINGS = 100

Finding = dict[str, str]
BACKUP = "Compare it with a backup and an export: who could write here?"


class Reached(NamedTuple):
    """How far a check came: events, the tree up to there, and what it found."""

    position: int
    hashes: list[bytes]
    findings: list[Finding]


class Checking:
    """One check of a whole register; `reached` tells how far it is, to go on from there later."""

    def __init__(
        self,
        log: IntegrityLog,
        events: Log,
        *,
        whole: bool = True,
        since: Reached | None = None,
    ) -> None:
        self._log = log
        self._events = events
        self._whole = whole
        self._tree = Frontier(since.position, since.hashes) if since else Frontier()
        self._findings = list(since.findings) if since else []

    @property
    def reached(self) -> Reached:
        """How far it is."""
        return Reached(self._tree.size, list(self._tree.hashes), list(self._findings))

    def run(self, progress: Callable[[int], None]) -> list[Finding]:
        """Check all; `progress` is told the last position after each piece. What was found."""
        waiting = self._log.checkpoints.sizes(after=self._tree.size)
        ended = False
        while not ended:
            upto = waiting[0] if waiting else self._tree.size + AT_ONCE
            size = min(AT_ONCE, upto - self._tree.size)
            with undisturbed():
                ended = not self._piece(size)
            if waiting and self._tree.size == waiting[0]:
                self._checkpoint(waiting.pop(0))
            progress(self._tree.size)
        if waiting:
            self._find(
                f"{waiting[-1] - self._tree.size} events are missing at the end, which the "
                f"checkpoint over {waiting[-1]} covers",
                f"position {self._tree.size + 1}",
            )
        if self._tree.size and self._log.tiles.size() >= self._tree.size:
            self._root()
        self._keys()
        return self._findings

    def _piece(self, size: int) -> bool:
        """Check the next events; whether there were any."""
        start = self._tree.size
        if self._whole:
            stored = self._events.stored(after=start, size=size)
            rows = [(row.position, row.body) for row in stored]
            for row in stored:
                for what in faults(row):
                    self._find(what, f"position {row.position}")
        else:
            rows = self._events.bodies(after=start, size=size)
        places = [position for position, _ in rows]
        if places != list(range(start + 1, start + 1 + len(places))):
            missing = next(n for n, place in enumerate(places, start + 1) if n != place)
            self._find("an event is missing", f"position {missing}")
            return False
        hashes = [leaf_hash(body) for _, body in rows]
        kept = self._log.tiles.leaves(start, size)
        if b"".join(hashes)[: len(kept)] != kept:
            for number, each in enumerate(hashes):
                if kept[number * 32 : number * 32 + 32] not in (each, b""):
                    self._find(
                        "the event is not what was recorded", f"position {start + 1 + number}"
                    )
        self._tree.extend(hashes)
        return bool(rows)

    def _checkpoint(self, size: int) -> None:
        where = f"checkpoint over {size} events"
        try:
            found = self._log.checkpoints.of(size)
            if found is None:
                return
            check_note(found.note, [self._log.checkpoints.key_for(size)])
        except NoteInvalid as invalid:
            self._find(f"it is no sound checkpoint: {invalid}", where)
            return
        if (found.size, found.root) != (size, self._tree.root()):
            self._find("the events up to there are not those that were signed", where)

    def _root(self) -> None:
        try:
            same = self._log.tiles.root(self._tree.size) == self._tree.root()
        except KeyError:
            same = False
        if not same:
            self._find("the hashes that proofs are made of are not those of the events", "tiles")

    def _keys(self) -> None:
        try:
            check_keys(self._log.checkpoints)
        except NoteInvalid as invalid:
            self._find(f"the keys do not follow one another: {invalid}", "keys")

    def _find(self, what: str, where: str) -> None:
        if len(self._findings) < MOST_FINDINGS:
            self._findings.append({"finding": what, "where": where, "do": BACKUP})


def faults(row: Stored) -> Iterator[str]:
    """What is wrong with an event by itself: its form, its schema, what stands beside it."""
    _, stream, sequence, type_, body = row
    try:
        event: dict[str, Any] = orjson.loads(body)
        schemas.check_event(event)
        if schemas.canonical(event) != body:
            yield "its bytes are not in canonical form"
        if (event["type"], event["sequence"]) != (type_, sequence):
            yield f"it is filed as {type_} number {sequence}"
        if event["stream"]["id"] != _id_of(stream):
            yield "it is filed under another stream"
    except orjson.JSONDecodeError as error:
        yield f"it is no JSON: {error}"
    except schemas.InvalidEvent as invalid:
        yield f"it is no sound event: {invalid}"
    except (TypeError, AttributeError):
        yield "it is no event"


@lru_cache(maxsize=AT_ONCE)
def _id_of(stream: bytes) -> str:
    return str(UUID(bytes=bytes(stream)))


def check_keys(checkpoints: Checkpoints) -> None:
    """Raise NoteInvalid unless each key was handed over to by the one before it."""
    for before, period in pairwise(checkpoints.key_periods()):
        note = read_note((period.hand_over or "").encode())
        at: Checkpoint | None = checkpoints.of(period.after_size)
        root = to_base64(at.root) if at else ""
        told = [HAND_OVER, before.key.name, str(period.after_size), root, str(period.key), ""]
        if note.text.split("\n") != told:
            raise NoteInvalid("a hand-over is not of this log")
        check_note(note, [before.key])
        check_note(note, [period.key])
