"""By when something is due: each unit of a clock, and the hours of a channel or kind of message."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.rules.ashfield.histories import blocked
from tests.rules.test_policy_files import SHIPPED
from tests.scenarios import Scenario

REVIEW = 'code = "review_flag"\nrules = ["R-A8"]\n'
TELL = 'rules = ["R-A31"]\ndue = { working_days = 1 }'
NIGHTLY = """
[hours.by_channel.x]
rules = ["D-18"]
open = { saturday = ["10:00", "12:00"], monday = ["20:00", "22:00"] }

[hours.by_kind.direct_message]
open = { monday = ["06:00", "08:00"] }

[versions]"""


def under(council: Scenario, folder: Path, *changes: tuple[str, str]) -> Scenario:
    """The council under the shipped policy with these words changed, since ever."""
    text = SHIPPED.read_text(encoding="utf-8")
    for old, new in (('"undated"', '"v2"'), *changes):
        assert old in text, old
        text = text.replace(old, new, 1)
    file = folder / "v2.toml"
    file.write_text(text, encoding="utf-8")
    adopted = {"file": str(file), "from": "2013-01-01", "decision": "Cabinet"}
    council.given("adopt-policy", "2013-01-01", **adopted, actor="admin")
    return council


@pytest.mark.parametrize(
    ("due", "moment"),
    [
        ("{ hours = 48 }", "2026-04-04T13:20:00+00:00"),
        ("{ working_hours = 4 }", "2026-04-07T09:20:00+00:00"),
        ("{ days = 1 }", "2026-04-07T16:00:00+00:00"),
        ("{ days = 5 }", "2026-04-07T16:00:00+00:00"),
        ("{ days = 6 }", "2026-04-08T16:00:00+00:00"),
        ("{ working_days = 2 }", "2026-04-08T16:00:00+00:00"),
        ("{ months = 1 }", "2026-05-05T16:00:00+00:00"),
        ('{ at = "next_opening" }', "2026-04-02T16:00:00+00:00"),
    ],
)
def test_each_unit_of_a_clock(ashfield, tmp_path, due, moment):
    council = under(ashfield, tmp_path, (TELL, f'rules = ["R-A31"]\ndue = {due}'))
    blocked(council, "2026-04-02T13:20:00+00:00")
    [duty] = council.duties(code="tell_service_director")
    assert duty["due"] == moment
    assert duty["calendar"]


@pytest.mark.parametrize(
    ("unit", "due"),
    [("days = 10", "2024-02-12T17:00:00+00:00"), ("months = 1", "2024-02-29T17:00:00+00:00")],
)
def test_days_and_months_may_count_from_receipt(ashfield, tmp_path, unit, due):
    clock = ("due = { working_days = 20,", f"due = {{ {unit},")
    council = under(ashfield, tmp_path, clock, ("after_months = 12", "after_months = 0"))
    blocked(council, "2024-01-30T10:00:00+00:00")
    filed: dict[str, Any] = {"block": 1, "received_on": "2024-01-31", "via": "email"}
    owner = {"kind": "owner", "checked": "a code"}
    council.given("file-appeal", "2024-02-02", **filed, appellant=owner)
    [duty] = council.duties(code="decide_appeal")
    assert duty["due"] == due


def test_no_bank_holiday_closes_an_office_that_knows_none(ashfield, tmp_path):
    none = (
        '[hours]\nrules = ["R-A39", "D-18"]',
        '[hours]\nrules = ["R-A39", "D-18"]\nholidays = "none"',
    )
    blocked(under(ashfield, tmp_path, none), "2026-04-02T13:20:00+00:00")
    [duty] = ashfield.duties(code="tell_service_director")
    assert (duty["due"], duty["calendar"]) == ("2026-04-03T16:00:00+00:00", "no-holidays")


@pytest.mark.parametrize(
    ("account", "item", "due"),
    [
        ("facebook", {}, "2026-03-09T17:00:00+00:00"),
        ("x", {}, "2026-03-07T12:00:00+00:00"),
        ("facebook", {"channel": "x"}, "2026-03-07T12:00:00+00:00"),
        ("x", {"kind": "direct_message"}, "2026-03-09T08:00:00+00:00"),
        ("facebook", {"kind": "direct_message"}, "2026-03-09T08:00:00+00:00"),
    ],
)
def test_a_channel_and_a_kind_of_message_may_have_hours_of_their_own(
    ashfield, tmp_path, account, item, due
):
    clock = (REVIEW, REVIEW + 'due = { at = "next_opening" }\n')
    council = under(ashfield, tmp_path, clock, ("[versions]", NIGHTLY))
    author = {"platform": account, "handle": "fir", "name": "Fir"}
    council.flagged("2026-03-06T18:00:00+00:00", author, item=item)
    [duty] = council.duties(code="review_flag")
    assert duty["due"] == due


def test_each_channel_of_a_block_is_due_by_its_own_hours(ashfield, tmp_path):
    apply = 'code = "apply_block"\nrules = ["R-A26"]\n'
    clock = (apply, apply + "due = { working_hours = 1 }\n")
    blocked(under(ashfield, tmp_path, clock, ("[versions]", NIGHTLY)), "2026-03-06T16:30:00+00:00")
    due = {duty["about"]["channel"]: duty["due"] for duty in ashfield.duties(code="apply_block")}
    assert due == {"facebook": "2026-03-09T09:30:00+00:00", "x": "2026-03-07T11:00:00+00:00"}
