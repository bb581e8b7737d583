"""Who holds which post on which day, and which periods are open, as the oracle knows it."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime
from typing import Any

from tests.year import days
from tests.year.councils import COUNCILS, Council, role_may
from tests.year.verdicts import Expected

Document = dict[str, Any]


class Posts:
    """The appointments and declared periods of both councils."""

    def __init__(self) -> None:
        self.appointments: list[dict[str, Any]] = []
        self.periods: list[dict[str, Any]] = []

    def roles(
        self, council: Council, staff: str, day: date, decided: frozenset[str] = frozenset()
    ) -> set[str]:
        """The roles held on a day; a deputy's where its holder decided, or has none that day."""

        def runs(a: dict[str, Any]) -> bool:
            return a["from"] <= day.isoformat() <= a.get("until", "9999")

        mine = [a for a in self.appointments if a["council"] == council.id and runs(a)]
        held = set()
        for a in mine:
            if a["staff"] != staff:
                continue
            holder = a.get("deputy_for")
            there = any(
                b["staff"] == holder and b["role"] == a["role"] and "deputy_for" not in b
                for b in mine
            )
            if holder is None or holder in decided or not there:
                held.add(a["role"])
        return held

    def office(self, document: Document, now: datetime) -> Expected:
        council, at = COUNCILS[document["council"]], now
        if "occurred_at" in document:
            at = datetime.fromisoformat(document["occurred_at"])
        held = self.roles(council, document["actor"], days.london_day(at))
        if not any(role_may(role, document["command"]) for role in held):
            return Expected("forbidden")
        return Expected("accepted", duties=Counter())

    def take_office(self, document: Document) -> None:
        if document["command"] == "appoint":
            self.appointments.append(dict(document))
        elif document["command"] == "declare-period":
            self.periods.append(dict(document))
        elif document["command"] == "end-appointment":
            for a in self.appointments:
                same = (a["council"], a["staff"], a["role"])
                mine = (document["council"], document["staff"], document["role"])
                if same == mine:
                    a["until"] = min(a.get("until", "9999"), document["until"])
