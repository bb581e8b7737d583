"""What the views say of a scenario's case."""

from __future__ import annotations

from typing import Any

from services.views.audit import audit_case
from tests.scenarios import Scenario


def incident(council: Scenario, number: int = 1) -> dict[str, Any]:
    """An incident of the present case as `show` has it."""
    found: list[dict[str, Any]] = shown(council)["state"]["incidents"]
    return next(each for each in found if each["incident"] == number)


def shown(council: Scenario) -> dict[str, Any]:
    """The present case as `show` has it."""
    reading = council.casework.reading
    found: dict[str, Any] = reading.show(reading.find_case(None, council.case))
    return found


def last_words(council: Scenario) -> str:
    """What the audit says of the last event of the present case."""
    words: str = last_event(council)["words"]
    return words


def last_event(council: Scenario) -> dict[str, Any]:
    """The last event of the present case as the audit has it."""
    found = audit_case(council.casework.reading.database, council.case, council.now)
    assert found
    event: dict[str, Any] = found["events"][-1]
    return event


def next_commands(council: Scenario) -> set[str]:
    """The commands that `show` offers next."""
    return {step["command"] for step in shown(council)["next"]}
