"""What the two policies say, set down once more for the oracle from the list of their rules."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from tests.year import days

CHARACTERISTICS_A = {
    "ethnic",
    "racial",
    "age",
    "religious",
    "gender",
    "sexual_orientation",
    "disability",
}
IDENTITIES_N = {"disability", "gender_identity", "race", "religion", "sexual_orientation"}
NEVER = {"R-A3", "R-A9", "R-A40", "R-A51", "R-A52", "R-N2", "R-N30", "R-N48"}


@dataclass(frozen=True)
class Council:
    """One council, in the words of its rules."""

    id: str
    channels: tuple[str, ...]
    friday: tuple[int, int]
    in_force_from: date | None
    categories: dict[str, str]
    scopes: dict[str, str]
    grounds: dict[str, str]
    viewpoint: str
    prefix: str
    characteristics: set[str] = field(default_factory=set)

    def closes(self, day: date) -> datetime:
        """The close of office hours of a working day."""
        return days.london(day, *(self.friday if day.weekday() == 4 else (17, 0)))

    def close_after(self, day: date, count: int) -> datetime:
        return self.closes(days.working_days_after(day, count))

    def opening(self, moment: datetime) -> datetime:
        """The close of the office day on which something can first be worked."""
        day = days.london_day(moment)
        while not days.is_working_day(day):
            day += timedelta(days=1)
        return self.closes(day)


ASHFIELD = Council(
    id="ashfield",
    channels=("facebook", "x"),
    friday=(17, 0),
    in_force_from=None,
    categories={
        "defamatory_false": "R-A14",
        "abusive_threatening": "R-A15",
        "personal_individual": "R-A16",
        "obscene": "R-A17",
        "discriminatory": "R-A18",
        "illegal_activity": "R-A19",
        "advertising": "R-A20",
        "spam": "R-A21",
        "trolling": "R-A22",
        "hate": "R-A33",
        "personal_attack": "R-A34",
        "off_topic": "R-A11",
    },
    scopes={"continues": "interacting", "extreme": "interacting", "reserved_power": "interacting"},
    grounds={"continues": "R-A26", "extreme": "R-A26", "reserved_power": "R-A29"},
    viewpoint="R-A4",
    prefix="R-A",
    characteristics=CHARACTERISTICS_A,
)
NORTHANTS = Council(
    id="north-northamptonshire",
    channels=("facebook", "x", "instagram"),
    friday=(16, 45),
    in_force_from=date(2023, 11, 9),
    categories={
        "defamatory_false": "R-N8",
        "abusive_threatening": "R-N9",
        "intimidatory": "R-N10",
        "hate_incitement": "R-N11",
        "obscene": "R-N12",
        "discriminatory": "R-N13",
        "illegal_activity": "R-N14",
        "advertising": "R-N15",
        "off_topic": "R-N16",
        "spam": "R-N17",
        "trolling": "R-N18",
    },
    scopes={"non_compliance": "access", "explicit": "access", "persistent": "commenting"},
    grounds={"non_compliance": "R-N21", "explicit": "R-N25", "persistent": "R-N32"},
    viewpoint="R-N2",
    prefix="R-N",
    characteristics=IDENTITIES_N,
)
COUNCILS = {council.id: council for council in (ASHFIELD, NORTHANTS)}
PAGELESS = {"sms", "email", "post"}

COMPLAINTS_OFFICER = {
    "file-appeal",
    "acknowledge-appeal",
    "withdraw-appeal",
    "complain",
    "acknowledge-complaint",
    "extend-complaint",
    "answer-complaint",
    "escalate-complaint",
    "note",
}
OFFICE = {"appoint", "end-appointment", "adopt-policy", "declare-period", "end-period"}
NOT_AN_OFFICERS = {"agree-reversal", "decline-reversal", "waive", "director-acknowledges"} | OFFICE
NOT_A_MANAGERS = {"director-acknowledges", "appoint", "end-appointment", "adopt-policy"}
ADMINISTRATORS = {"appoint", "end-appointment", "adopt-policy"}


def role_may(role: str, command: str) -> bool:
    """Whether a role may do a command where the policy does not say."""
    if role == "officer":
        return command not in NOT_AN_OFFICERS
    if role == "communications_manager":
        return command not in NOT_A_MANAGERS
    if role == "complaints_officer":
        return command in COMPLAINTS_OFFICER
    if role == "administrator":
        return command in ADMINISTRATORS
    return role == "service_director" and command == "director-acknowledges"


def reserved_for(council: Council, document: dict) -> tuple[set[str] | None, str | None]:
    """The roles that the policy keeps a command for, and the rule that says so."""
    command, ashfield = document["command"], council is ASHFIELD
    ground = document.get("ground")
    manager = {"communications_manager"}
    if command == "block":
        if ashfield and ground == "reserved_power":
            return manager, "R-A29"
        if not ashfield and ground == "persistent":
            return manager, "R-N32"
        return ({"officer"} | manager, "R-A30") if ashfield else (None, None)
    if command in ("hide", "delete") and ashfield and ground == "reserved_power":
        return manager, "R-A50"
    if command in ("agree-reversal", "decline-reversal") and ashfield:
        return manager, "R-A28"
    return None, None
