"""Reading one's own writes: until the views that projectors keep hold what was just recorded."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from time import monotonic, sleep
from typing import Any

from domain.recorded import Recorded
from services.store.database import Database
from services.store.lookups import Lookups
from services.views.incomplete import incomplete_since

SHORTEST, LONGEST = 0.002, 0.05


class Awaiting:
    """Remembers what was recorded here, account by account, and waits until the views hold it.

    Give it to `database.join`, and `recorded` to `Register.on_recorded`.
    """

    def __init__(self, database: Database, lookups: Lookups) -> None:
        self._database = database
        self._lookups = lookups
        self._wanted: dict[bytes, int] = {}
        self._open: list[tuple[bytes, int]] = []

    def recorded(self, batch: Sequence[tuple[int, Recorded]]) -> None:
        """Remember the number that each stream comes to, if it is kept."""
        self._open += [(e.originator_id.bytes, e.originator_version) for _, e in batch]

    def begun(self) -> None:
        """Nothing is recorded in this transaction yet."""
        self._open = []

    def committing(self) -> None:
        """Nothing to do before it is known to be kept."""

    def ended(self, *, kept: bool) -> None:
        """What was kept is what can be waited for."""
        for stream, sequence in self._open if kept else ():
            self._want(stream, sequence)

    def until_shown(self, answers: Iterable[dict[str, Any]], seconds: float) -> str | None:
        """Wait at most so long; None once the views hold it all, else what they lack, in words.

        What was recorded before under the same command id is waited for too.
        """
        for answer in answers:
            self._want_again(answer)
        wanted, self._wanted = self._wanted, {}
        end, pause = monotonic() + seconds, SHORTEST
        while lacking := self._lacking(wanted):
            left = end - monotonic()
            if left <= 0:
                return (
                    f"It is recorded; after {seconds:g} s the views don't hold it yet, of "
                    f"{len(lacking)} accounts. casebook doctor tells how far behind they are."
                )
            sleep(min(pause, left))
            pause = min(LONGEST, pause * 1.5)
        if wanted.keys() & incomplete_since(self._database).keys():
            return (
                "It is recorded; the views can't show it whole, because an event of the same "
                "account waits. casebook parked list tells why."
            )
        return None

    def _want(self, stream: bytes, sequence: int) -> None:
        self._wanted[stream] = max(sequence, self._wanted.get(stream, 0))

    def _want_again(self, answer: dict[str, Any]) -> None:
        first = answer.get("first") or {}
        case = self._lookups.by_case(first["case"]) if first.get("case") else None
        if case and first.get("version"):
            self._want(case.stream.bytes, first["version"])

    def _lacking(self, wanted: dict[bytes, int]) -> list[bytes]:
        columns = ("stream", "sequence")
        if not wanted:
            return []
        held: dict[bytes, int] = dict(
            self._database.find("projection_streams", columns, "stream", list(wanted))
        )
        return [stream for stream, last in wanted.items() if held.get(stream, 0) < last]
