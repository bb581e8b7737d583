"""The accounts that wait: which, why, folded again once the cause is mended, or given up."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from domain.calendar.london import write_moment
from services.faults import NotFound
from services.log.records import Logged
from services.projector.arriving import Sorting
from services.projector.offsets import take_over
from services.projector.parking import Parking
from services.projector.waiting_room import keep_problem, waiting_events, waits_no_more
from services.store.database import Database
from services.views.folding import BATCH, Folding
from services.views.tables import LIVE

_LISTED = """
    SELECT found.stream, cases.case_ref, cases.council, head.parked_at, head.sequence,
    head.position, found.waiting, head.problem
    FROM (SELECT stream, min(sequence) AS first, count(*) AS waiting FROM parked_events
        WHERE ?1::bytea IS NULL OR stream = ?1 GROUP BY stream) AS found
    JOIN parked_events head ON head.stream = found.stream AND head.sequence = found.first
    LEFT JOIN cases ON cases.stream = found.stream
    ORDER BY head.position"""
_WORDS = ("case", "council", "since", "sequence", "position", "waiting", "problem")
_WAITING = """
    SELECT sequence, position, partition, log_offset, problem, parked_at, length(body)
    FROM parked_events WHERE stream = ? ORDER BY sequence"""


class Parked:
    """What a person does about accounts that wait."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock

    def listed(self) -> list[dict[str, Any]]:
        """Each account that waits, first what waits for longest."""
        if not self._database.has_table("parked_events"):
            return []
        return self._listed(None)

    def shown(self, account: str) -> dict[str, Any]:
        """One account that waits, by case reference or id, with each of its `events`."""
        found = self._meant(account)
        words = ("sequence", "position", "partition", "offset", "problem", "since", "bytes")
        rows = self._database.query(_WAITING, (UUID(found["account"]).bytes,))
        return {**found, "events": [dict(zip(words, row, strict=True)) for row in rows]}

    def retry(self, account: str) -> dict[str, Any]:
        """Fold what waits of an account, in order; the account with how many were `folded`.

        It waits on (`waiting`) from the first that still can't be.
        """
        found = self._meant(account)
        with self._database.writing():
            self._hold(found)
            folded, problem = self._folded(UUID(found["account"]).bytes)
        return {**found, "folded": folded, "waiting": found["waiting"] - folded, "problem": problem}

    def drop(self, account: str, reason: str, who: str) -> dict[str, Any]:
        """Give up the event that an account waits for, and fold those behind it, in order.

        That is recorded with its reason, and the account stays marked as incomplete.
        """
        found = self._meant(account)
        stream = UUID(found["account"]).bytes
        with self._database.writing():
            self._hold(found)
            first = waiting_events(self._database, stream, 0, 1)[0]
            self._database.execute(
                "INSERT INTO dropped_events SELECT position, stream, sequence, body, "
                "coalesce(problem, ''), ?, ?, ? FROM parked_events "
                "WHERE stream = ? AND sequence = ?",
                (reason, who, write_moment(self._clock()), stream, first.sequence),
            )
            waits_no_more(self._database, stream, first.sequence)
            folded, problem = self._folded(stream)
        left = found["waiting"] - 1 - folded
        dropped = {"sequence": first.sequence, "position": first.position, "reason": reason}
        return {**found, "dropped": dropped, "folded": folded, "waiting": left, "problem": problem}

    def _listed(self, stream: bytes | None) -> list[dict[str, Any]]:
        return [
            {"account": str(UUID(bytes=row[0])), **dict(zip(_WORDS, row[1:], strict=True))}
            for row in self._database.query(_LISTED, (stream,))
        ]

    def _meant(self, account: str) -> dict[str, Any]:
        stream = self._stream(account) if self._database.has_table("parked_events") else None
        if stream and (found := self._listed(stream)):
            return found[0]
        raise NotFound(
            f"No account {account} waits. `casebook parked list` tells those that do, by case."
        )

    def _stream(self, account: str) -> bytes | None:
        try:
            return UUID(account).bytes
        except ValueError:
            row = self._database.one("SELECT stream FROM cases WHERE case_ref = ?", (account,))
            return row[0] if row else None

    def _hold(self, found: dict[str, Any]) -> None:
        stream = UUID(found["account"]).bytes
        rows = self._database.query(
            "SELECT DISTINCT partition FROM parked_events WHERE stream = ?", (stream,)
        )
        take_over(self._database, [row[0] for row in rows])

    def _folded(self, stream: bytes) -> tuple[int, str | None]:
        """Fold until something can't be; how many were, and what is wrong with the next."""
        folding, parking, done, after = Folding(self._database, LIVE, 1), Parking(), 0, 0
        while events := waiting_events(self._database, stream, after, BATCH):
            done += self._fold(folding, parking, events)
            after = events[-1].sequence
            if parking.waiting:
                head = parking.waiting[0]
                waits_no_more(self._database, stream, head.record.sequence - 1)
                keep_problem(self._database, head)
                return done, head.problem
        waits_no_more(self._database, stream, after)
        self._mark_complete(stream)
        return done, None

    def _fold(self, folding: Folding, parking: Parking, events: list[Logged]) -> int:
        parking.arrive(events)
        # What was given up leaves a gap in the numbers here, which is none in the log.
        fresh = [
            each
            for event in events
            for each in Sorting().fresh([event], {event.stream: event.sequence - 1}, parking)
        ]
        return folding.fold(fresh, parking)

    def _mark_complete(self, stream: bytes) -> None:
        self._database.execute(
            "DELETE FROM incomplete_accounts WHERE stream = ? AND NOT EXISTS "
            "(SELECT 1 FROM dropped_events WHERE stream = ?)",
            (stream, stream),
        )
