"""Who holds which role on which day; what counts is the role at the moment of the act."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any


@dataclass(frozen=True, slots=True)
class Appointment:
    """A role held from one London date to another, both inclusive; None is open."""

    staff: str
    role: str
    starts: date | None
    ends: date | None
    deputy_for: str | None = None
    name: str | None = None

    def covers(self, day: date) -> bool:
        """Whether the appointment runs on that day."""
        return (self.starts is None or self.starts <= day) and (
            self.ends is None or day <= self.ends
        )


class Appointments:
    """The appointments of one council, folded from its staff events."""

    def __init__(self) -> None:
        self._held: dict[str, list[Appointment]] = {}
        self._known: dict[tuple[str, date, frozenset[str]], frozenset[str]] = {}

    def take(self, event: dict[str, Any]) -> None:
        """Take one RoleGranted or RoleEnded event."""
        data, self._known = event["data"], {}
        held = self._held.setdefault(data["staff"], [])
        starts, ends = _day(data.get("from")), _day(data.get("until"))
        if event["type"] == "RoleGranted":
            granted = Appointment(
                data["staff"], data["role"], starts, ends, data.get("deputy_for"), data.get("name")
            )
            held.append(granted)
        elif event["type"] == "RoleEnded" and ends:
            held[:] = [self._ended(a, data["role"], ends) for a in held]

    @staticmethod
    def _ended(appointment: Appointment, role: str, ends: date) -> Appointment:
        if appointment.role == role and (appointment.ends is None or appointment.ends > ends):
            return replace(appointment, ends=ends)
        return appointment

    def roles(
        self, staff: str, day: date, conflicted: Iterable[str] = frozenset()
    ) -> frozenset[str]:
        """The roles that person holds that day.

        A deputy's role counts only where its holder is in `conflicted` (decided or proposed
        what is now to be agreed), or has no appointment that day.
        """
        key = (staff, day, frozenset(conflicted))
        if key not in self._known:
            self._known[key] = frozenset(
                a.role
                for a in self._held.get(staff, ())
                if a.covers(day) and self.counts(a, day, key[2])
            )
        return self._known[key]

    def counts(
        self, appointment: Appointment, day: date, conflicted: frozenset[str] = frozenset()
    ) -> bool:
        """Whether that appointment, which covers the day, gives its role then."""
        holder = appointment.deputy_for
        if holder is None or holder in conflicted:
            return True
        return not any(
            a.role == appointment.role and a.deputy_for is None and a.covers(day)
            for a in self._held.get(holder, ())
        )

    def appointed(self, staff: str) -> list[Appointment]:
        """Every appointment of that person."""
        return list(self._held.get(staff, ()))

    def full(self, staff: str, role: str) -> list[Appointment]:
        """The appointments of that person to that role, without those as a deputy."""
        return [a for a in self.appointed(staff) if a.role == role and a.deputy_for is None]

    def ending(self, staff: str, role: str, ends: date) -> Appointments:
        """What the appointments would be if that person's role ended on that day."""
        after = Appointments()
        after._held = {**self._held}
        after._held[staff] = [self._ended(a, role, ends) for a in self.appointed(staff)]
        return after

    def first_day_without(self, role: str, since: date) -> date | None:
        """The first day from `since` on which nobody holds the role; None where there is none."""
        ends = (a.ends for a in self.everyone() if a.role == role)
        changes = (end + timedelta(days=1) for end in ends if end and end < date.max)
        days = sorted({since, *(day for day in changes if day > since)})
        return next((day for day in days if not self.holders(role, day)), None)

    def everyone(self) -> list[Appointment]:
        """Every appointment of the council, by person."""
        return [a for staff in sorted(self._held) for a in self._held[staff]]

    def holders(self, role: str, day: date) -> list[str]:
        """Who holds that role that day."""
        return [staff for staff in sorted(self._held) if role in self.roles(staff, day)]


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
