"""In words: appointments, policies and periods."""

from __future__ import annotations

from projections.words.phrases import Data, Saying, because, day, person, plain, quoted


def appointed(who: str, data: Data) -> str:
    """Who holds which post, from when to when."""
    begin = f" from {day(data['from'])}" if "from" in data else ""
    end = f" until {day(data['until'])}" if "until" in data else ""
    deputy = f", as deputy for {person(data['deputy_for'])}" if "deputy_for" in data else ""
    return f"{who} appointed {person(data['staff'])} {plain(data['role'])}{begin}{end}{deputy}"


def appointment_ended(who: str, data: Data) -> str:
    """Whose post ends when."""
    post = f"{person(data['staff'])} as {plain(data['role'])}"
    return f"{who} ended the appointment of {post} on {day(data['until'])}"


def adopted(who: str, data: Data) -> str:
    """Which policy holds from when."""
    version = f"version {data['policy_version']} of the policy {data['policy']}"
    begin = f"from {day(data['from'])}" if "from" in data else "without a first day"
    return f"{who} adopted {version} {begin}, by the decision {quoted(data['decision'])}"


def declared(who: str, data: Data) -> str:
    """Which period runs from when to when."""
    period = f"the {plain(data['kind'])} period {quoted(data['name'])}"
    days = f"from {day(data['from'])} until {day(data['until'])}"
    return f"{who} declared {period} {days}{because(data)}"


def period_ended(who: str, data: Data) -> str:
    """Which period ends when."""
    period = f"the {plain(data['kind'])} period {quoted(data['name'])}"
    return f"{who} ended {period} on {day(data['until'])}{because(data)}"


SAYINGS: dict[str, Saying] = {
    "RoleGranted": appointed,
    "RoleEnded": appointment_ended,
    "PolicyAdopted": adopted,
    "PeriodDeclared": declared,
    "PeriodEnded": period_ended,
}
