"""What was owed and is met or waived without an act of its own."""

from typing import TypedDict

# Names and fields are stored history: add to them, never rename or remove.


class DutyWaived(TypedDict):
    """It was decided that something owed need not be done."""

    duty: str
    reason: str


class DutyDischarged(TypedDict):
    """Something owed was done which no other event records."""

    duty: str
    how: str
