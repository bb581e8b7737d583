"""Who holds which post: every appointment, or those of one day."""

from __future__ import annotations

from datetime import date
from typing import Any

from domain.people.appointments import Appointment, Appointments


def list_staff(appointments: Appointments, at: date | None, today: date) -> list[dict[str, Any]]:
    """Every appointment, or those that run on the day `at`; `counts` is asked of it, or of today.

    A deputy's counts by itself only while the holder has no appointment; where the holder decided
    or proposed, it counts for that matter on other days too.
    """
    day = at or today
    return [
        {
            "staff": each.staff,
            "role": each.role,
            "from": each.starts.isoformat() if each.starts else None,
            "until": each.ends.isoformat() if each.ends else None,
            "deputy_for": each.deputy_for,
            "name": each.name,
            "counts": _counts(appointments, each, day),
        }
        for each in appointments.everyone()
        if at is None or each.covers(at)
    ]


def _counts(appointments: Appointments, appointment: Appointment, day: date) -> bool:
    return appointment.covers(day) and appointments.counts(appointment, day)
