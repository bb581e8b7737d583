"""What a council's office is at this moment: policies, periods, appointments, calendar."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from hashlib import sha256 as digest
from typing import Any
from uuid import UUID

from domain.calendar.office_hours import OfficeHours
from domain.calendar.working_days import (
    BankHolidays,
    WorkingCalendar,
    england_and_wales,
    no_holidays,
)
from domain.people.appointments import Appointments
from domain.people.council import Council
from domain.policy.policy import Policy, read_policy
from services.faults import RegisterCorrupt
from services.policies.reading import read
from services.store.directory import Directory
from services.store.elsewhere import Elsewhere
from services.store.log import Positioned
from services.store.register import Register

Body = dict[str, Any]

RESTORE = "restore the register from a backup. casebook doctor tells what else is out of step."


HOLIDAYS: dict[str, Callable[[], BankHolidays]] = {
    "england_and_wales": england_and_wales,
    "none": no_holidays,
}


class Office:
    """One council's people and policies, folded from their own events."""

    def __init__(self, council: str) -> None:
        self.council = Council(council)
        self.appointments = Appointments()


class Offices:
    """The offices of a register, read anew whenever one of their events is recorded."""

    def __init__(self, register: Register, directory: Directory) -> None:
        self._register = register
        self._directory = directory
        self._known: dict[str, Office] = {}
        self._as_of = register.database.office_number
        self._calendars: dict[tuple[str, ...], WorkingCalendar] = {}
        register.on_changed_elsewhere(self._forget_if_elsewhere)
        register.on_recorded(self._forget_if_changed)

    def of(self, council: str) -> Office | None:
        """The office of a council, or None where the register has no such council."""
        now = self._register.database.office_number
        if now != self._as_of:
            self.forget()
            self._as_of = now
        if council not in self._known:
            stream = self._directory.council(council)
            if stream is None:
                return None
            office = self.folded(council, stream, self._events)
            self._known[council] = office
        return self._known[council]

    def folded(
        self, council: str, stream: UUID, events: Callable[[UUID], Iterable[Body]]
    ) -> Office:
        """The office that events come to: those of the council's own stream, then of its staff's.

        `events` gives those of a stream; all that were recorded, or as many as were at a time.
        """
        office = Office(council)
        for event in events(stream):
            office.council.take(event, self.policy)
        for member in self._directory.staff_of(council).values():
            for event in events(member):
                office.appointments.take(event)
        return office

    def policy(self, sha256: str) -> Policy:
        """The policy whose file has this SHA-256, from the bytes kept in the register."""
        text = self._directory.policy_file(sha256)
        if text is None:
            raise RegisterCorrupt(f"The policy file {sha256} is not in the register: {RESTORE}")
        if digest(text).hexdigest() != sha256:
            problem = f"The bytes kept as policy file {sha256} are no longer those adopted"
            raise RegisterCorrupt(f"{problem}: {RESTORE}")
        return parsed(text, sha256)

    def calendar(
        self, policy: Policy, channel: str | None = None, kind: str | None = None
    ) -> WorkingCalendar:
        """The working days and office hours that a policy counts by.

        What has hours of its own goes by those: a kind of message first, else a channel.
        """
        place = _hours(policy, channel, kind)
        found = self._calendars.get((policy.sha256, *place))
        if found is None:
            holidays = HOLIDAYS[policy.at("hours", "holidays") or "england_and_wales"]()
            found = WorkingCalendar(OfficeHours(policy.at(*place)), holidays)
            self._calendars[(policy.sha256, *place)] = found
        return found

    def forget(self) -> None:
        """Read every office anew when it is next asked for."""
        self._known.clear()

    def _events(self, stream: UUID) -> Iterator[Body]:
        for event in self._register.events.get(stream):
            yield event.body  # type: ignore[attr-defined]

    def _forget_if_elsewhere(self, elsewhere: Elsewhere) -> None:
        if elsewhere.office:
            self.forget()

    def _forget_if_changed(self, batch: Iterable[Positioned]) -> None:
        if any(event.body["stream"]["kind"] != "account" for _, event in batch):
            self.forget()


def _hours(policy: Policy, channel: str | None, kind: str | None) -> tuple[str, ...]:
    """Where the file gives the hours for a kind of message on a channel."""
    for within, name in (("by_kind", kind), ("by_channel", channel)):
        if name and policy.at("hours", within, name):
            return ("hours", within, name, "open")
    return ("hours", "open")


@cache
def parsed(text: bytes, sha256: str) -> Policy:
    """The policy in a file's bytes."""
    return read_policy(read(text), sha256)
