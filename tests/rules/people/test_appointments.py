"""Appointments: dated periods, deputies, and an administrator on every day to come."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.rules.people.pairs import OLD, history
from tests.scenarios import Answer, Scenario, rules_of

DAY = "2025-03-03"


def appoint(council: Scenario, staff: str, role: str, start: str, **told: Any) -> Answer:
    """The answer to an appointment by the administrator."""
    post = {"staff": staff, "role": role, "from": start, "actor": "admin"}
    return council.when("appoint", **(post | told))


def end(council: Scenario, staff: str, role: str, until: str, **told: Any) -> Answer:
    """The answer to the end of an appointment by the administrator."""
    post = {"staff": staff, "role": role, "until": until, "actor": "admin"}
    return council.when("end-appointment", **(post | told))


def may_note(council: Scenario, day: str, staff: str) -> bool:
    """Whether that person may add a note on that day."""
    council.flagged("2019-01-01", account=OLD)
    answer = council.when("note", day, text="seen", actor=staff)
    assert answer["outcome"] in ("accepted", "forbidden")
    return bool(answer["outcome"] == "accepted")


@pytest.mark.parametrize(
    ("day", "may"),
    [("2025-02-28", False), ("2025-03-01", True), ("2025-03-31", True), ("2025-04-01", False)],
)
def test_both_days_of_a_period_are_in_it(ashfield: Scenario, day: str, may: bool) -> None:
    assert appoint(ashfield, "new.p", "officer", "2025-03-01", until="2025-03-31")["events"]
    assert may_note(ashfield, day, "new.p") is may


def test_past_and_future_ones_count_by_their_own_days(ashfield: Scenario) -> None:
    appoint(ashfield, "new.p", "officer", "2020-01-01", until="2020-12-31")
    appoint(ashfield, "new.p", "officer", "2027-01-01")
    assert may_note(ashfield, "2020-06-01", "new.p")
    assert not may_note(ashfield, "2026-05-01", "new.p")
    end(ashfield, "new.p", "officer", "2020-06-30")
    assert not may_note(ashfield, "2020-07-01", "new.p")
    assert may_note(ashfield, "2020-06-30", "new.p")


def test_of_several_roles_the_event_carries_the_lowest_that_suffices(ashfield: Scenario) -> None:
    appoint(ashfield, "new.p", "communications_manager", "2020-01-01")
    appoint(ashfield, "new.p", "complaints_officer", "2020-01-01")
    assert may_note(ashfield, DAY, "new.p")
    assert history(ashfield, ashfield.case)[-1]["actor"]["role"] == "complaints_officer"


def test_only_an_administrator_appoints_and_does_nothing_else(ashfield: Scenario) -> None:
    for actor in ("jo.p", "mia.m", "sam.d", "nobody"):
        assert appoint(ashfield, "new.p", "officer", DAY, actor=actor)["outcome"] == "forbidden"
        assert end(ashfield, "jo.p", "officer", DAY, actor=actor)["outcome"] == "forbidden"
    assert not may_note(ashfield, DAY, "admin")


def test_the_first_administrator_has_no_start(ashfield: Scenario) -> None:
    listed = {each["staff"]: each for each in ashfield.casework.staff("ashfield")}
    assert (listed["admin"]["from"], listed["admin"]["until"]) == (None, None)
    made = appoint(ashfield, "new.p", "officer", DAY, occurred_at="2001-05-01T10:00:00+00:00")
    assert made["outcome"] == "accepted"


@pytest.mark.parametrize(
    ("other", "ended"),
    [
        (None, False),
        ({"from": "2025-01-01"}, True),
        ({"from": "2025-07-01"}, True),
        ({"from": "2025-07-02"}, False),
        ({"from": "2025-01-01", "until": "2030-12-31"}, False),
        ({"from": "2025-01-01", "deputy_for": "admin"}, True),
    ],
)
def test_on_no_day_to_come_is_there_no_administrator(
    ashfield: Scenario, other: dict[str, str] | None, ended: bool
) -> None:
    if other:
        told = dict(other)
        made = appoint(ashfield, "new.a", "administrator", told.pop("from"), **told)
        assert made["outcome"] == "accepted"
    answer = end(ashfield, "admin", "administrator", "2025-06-30")
    if ended:
        assert answer["outcome"] == "accepted"
        last = end(ashfield, "new.a", "administrator", "2025-12-31", actor="new.a")
        assert last["outcome"] == "refused"
    else:
        assert (answer["outcome"], rules_of(answer)) == ("refused", ["STATE"])
        assert "the last administrator" in answer["why"][0]


def test_what_does_not_run_is_not_ended(ashfield: Scenario) -> None:
    for staff, role in (("jo.p", "auditor"), ("nobody", "officer")):
        answer = end(ashfield, staff, role, DAY)
        assert (answer["outcome"], rules_of(answer)) == ("refused", ["STATE"])
    end(ashfield, "jo.p", "officer", DAY)
    assert end(ashfield, "jo.p", "officer", DAY)["outcome"] == "refused"


@pytest.mark.parametrize(
    ("told", "path"),
    [
        ({"deputy_for": "dee.d"}, "deputy_for"),
        ({"deputy_for": "nobody"}, "deputy_for"),
        ({"deputy_for": "jo.p"}, "deputy_for"),
        ({"deputy_for": "del.d"}, "deputy_for"),
        ({"until": "2019-12-31"}, "until"),
        ({"from": "2025-02-30"}, "from"),
        ({"role": "mayor"}, "role"),
    ],
)
def test_an_appointment_that_can_not_be_is_told_where_it_is_wrong(
    ashfield: Scenario, told: dict[str, str], path: str
) -> None:
    post = {"from": "2020-01-01", "role": "communications_manager"}
    deputy = {"staff": "del.d", "deputy_for": "mia.m", "actor": "admin"}
    ashfield.given("appoint", **post, **deputy)
    answer = ashfield.when("appoint", **{"staff": "dee.d", "actor": "admin", **post, **told})
    assert answer["outcome"] == "invalid"
    assert [error["path"] for error in answer["errors"]] == [path]


@pytest.mark.rule("D-7")
def test_a_deputy_counts_by_itself_only_without_its_holder(ashfield: Scenario) -> None:
    deputy = {"deputy_for": "mia.m", "name": "Dee Dale"}
    appoint(ashfield, "dee.d", "communications_manager", "2020-01-01", **deputy)
    end(ashfield, "mia.m", "communications_manager", "2025-06-30")

    def counts(day: str) -> dict[str, bool]:
        listed = ashfield.casework.staff("ashfield", date.fromisoformat(day))
        manager = [each for each in listed if each["role"] == "communications_manager"]
        return {each["staff"]: each["counts"] for each in manager}

    assert counts("2019-06-30") == {"mia.m": True}
    assert counts("2025-06-30") == {"dee.d": False, "mia.m": True}
    assert counts("2025-07-01") == {"dee.d": True}
    assert not may_note(ashfield, "2025-06-30", "dee.d")
    assert may_note(ashfield, "2025-07-01", "dee.d")
    waived = {"duty": "2.1", "reason": "a test"}
    answer = ashfield.when("waive", "2025-07-01", actor="dee.d", **waived)
    assert answer["outcome"] == "accepted"
