"""`casebook tick`: blocks of a fixed length end by themselves, and the timer records it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from domain.calendar.london import london_date
from services.casework.accounts import AccountCommands
from services.casework.answers import Answer
from services.casework.offices import Offices
from services.casework.reading import Reading
from services.store.database import Database
from services.store.lookups import Lookups


class RunningOut:
    """Ends what has run out."""

    def __init__(
        self,
        database: Database,
        lookups: Lookups,
        offices: Offices,
        accounts: AccountCommands,
        reading: Reading,
        clock: Callable[[], datetime],
    ) -> None:
        self._database = database
        self._lookups = lookups
        self._offices = offices
        self._accounts = accounts
        self._reading = reading
        self._clock = clock

    def tick(self) -> list[Answer]:
        """End the fixed blocks that have run out; says which case each was of."""
        today = london_date(self._clock()).isoformat()
        ended = []
        for block in self._reading.appeals(None):
            fixed = block["length"].get("until")
            if block["status"] == "blocked" and fixed and fixed < today:
                ended.append(self._end(block["case"]))
        return [each for each in ended if each]

    def _end(self, case_ref: str) -> dict[str, Any] | None:
        with self._database.writing():
            case = self._lookups.by_case(case_ref)
            office = self._offices.of(case.council) if case else None
            if case is None or office is None:
                return None
            account = self._accounts.account(case)
            if not self._accounts.end_blocks(account, case, office, self._clock()):
                return None
        return {"case": case_ref, "council": case.council, "version": account.version}
