"""The office that most calendar tests ask: open from nine to five, Monday to Friday."""

import pytest

from domain.calendar.bank_holidays import england_and_wales
from domain.calendar.office_hours import OfficeHours
from domain.calendar.working_days import WorkingCalendar

NINE_TO_FIVE = {
    day: ["09:00", "17:00"] for day in ("monday", "tuesday", "wednesday", "thursday", "friday")
}


@pytest.fixture
def office() -> WorkingCalendar:
    return WorkingCalendar(OfficeHours(NINE_TO_FIVE), england_and_wales())


@pytest.fixture
def early_friday_office() -> WorkingCalendar:
    hours = {**NINE_TO_FIVE, "friday": ["09:00", "16:45"]}
    return WorkingCalendar(OfficeHours(hours), england_and_wales())
