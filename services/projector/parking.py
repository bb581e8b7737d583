"""Accounts that wait: one event of theirs can't be read or folded, and the later ones queue up."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from services.log.records import Logged
from services.views.folding import Positioned
from services.views.rebuild import LeavesNothingOut


class Waiting(NamedTuple):
    """An event that waits; `problem` says why, where it is not only that another waits."""

    record: Logged
    problem: str | None


class Parking:
    """Which accounts wait, and what of this batch joins them.

    Built on the accounts that waited before; each batch is begun with `arrive`.
    """

    def __init__(self, streams: Iterable[bytes] = ()) -> None:
        self._streams = set(streams)
        self._records: Sequence[Logged] = ()
        self._by_position: dict[int, Logged] = {}
        self.waiting: list[Waiting] = []
        self.parked: list[bytes] = []

    def __contains__(self, stream: bytes) -> bool:
        return stream in self._streams

    def __len__(self) -> int:
        return len(self._streams)

    def know(self, streams: Iterable[bytes]) -> None:
        """Let these accounts wait from now on; they are parked already."""
        self._streams.update(streams)

    def arrive(self, records: Sequence[Logged]) -> None:
        """Begin a batch; what waits of the one before has been written."""
        self._records = records
        self._by_position = {}
        self.waiting = []
        self.parked = []

    def hold(self, event: Positioned) -> None:
        """Let an event wait behind those of its account."""
        self.waiting.append(Waiting(self._record(event), None))

    def park(self, event: Positioned, problem: Exception) -> None:
        """Let this event wait, and all that follow of its account."""
        record = self._record(event)
        self._streams.add(record.stream)
        self.parked.append(record.stream)
        self.waiting.append(Waiting(record, told(problem)))

    def _record(self, event: Positioned) -> Logged:
        if not self._by_position:  # seldom needed, so made only then
            self._by_position = {record.position: record for record in self._records}
        return self._by_position[event[0]]


class NothingWaits(Parking):
    """For a rebuild: it stops at what can't be folded, but for the positions given up."""

    def __init__(self, given_up: Collection[int] = ()) -> None:
        super().__init__()
        self._strict = LeavesNothingOut(given_up)
        self.left_out = self._strict.left_out

    def park(self, event: Positioned, problem: Exception) -> None:
        """Raise RebuildStopped, but for what was given up."""
        self._strict.park(event, problem)


def told(problem: Exception) -> str:
    """What went wrong, without any value of the event: those may be personal."""
    if type(problem).__module__.startswith("services."):
        return str(problem)
    # What a KeyError says is the name of a field; others may quote what was in it.
    what = f" {problem}" if isinstance(problem, KeyError) else ""
    return f"it can't be folded ({type(problem).__name__}{what})"
