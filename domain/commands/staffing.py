"""Appointing people to roles, and ending appointments."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from domain.commands.outcomes import InvalidCommand
from domain.people.appointments import Appointments

Fields = dict[str, object]


def appoint(
    command: Fields, appointments: Appointments, known: Sequence[str]
) -> tuple[str, Fields]:
    """Give a person one of the known roles from a London date on; past or future."""
    role = str(command["role"])
    if role not in known:
        raise InvalidCommand("role", f"{role} is no role", ", ".join(known))
    if "until" in command and str(command["until"]) < str(command["from"]):
        raise InvalidCommand("until", "is before from", "the last day of the appointment")
    holder = command.get("deputy_for")
    if holder == command["staff"]:
        raise InvalidCommand("deputy_for", "nobody is their own deputy", "the holder of the post")
    if holder and not appointments.full(str(holder), role):
        problem = f"{holder} was never appointed {role.replace('_', ' ')} other than as a deputy"
        raise InvalidCommand("deputy_for", problem, "who holds that post, or held or will hold it")
    names = ("staff", "role", "from", "until", "name", "deputy_for")
    return "RoleGranted", {name: command[name] for name in names if name in command}


def end_appointment(command: Fields, appointments: Appointments) -> tuple[str, Fields] | str:
    """End a person's role on a London date; gives a reason where that cannot be."""
    staff, role, until = (str(command[name]) for name in ("staff", "role", "until"))
    ends = date.fromisoformat(until)
    held = [
        a
        for a in appointments.appointed(staff)
        if a.role == role and (a.ends is None or a.ends > ends)
    ]
    if not held:
        return f"{staff} holds no appointment as {role} that runs beyond {until}"
    if role == "administrator" and ends < date.max:
        after = appointments.ending(staff, role, ends)
        gap = after.first_day_without(role, ends + timedelta(days=1))
        if gap:
            return f"{staff} is the last administrator from {gap} on: appoint another first"
    return "RoleEnded", {"staff": staff, "role": role, "until": until}
