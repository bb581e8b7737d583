"""A year in which a good deal happened, and the figures that it came to."""

from __future__ import annotations

from datetime import date

import pytest

from services.cli.figures_told import in_words
from services.views.figures import council_figures
from tests.scenarios import PROPORTIONATE, scenario

COMPLAINT = {"received_on": "2025-04-02", "via": "email", "about": "the block"}

TOLD = """\
accounts opened: 15
  by month: 2025-03 15, 2025-04 0, 2025-05 0
flagged: 15
  by month: 2025-03 15, 2025-04 0, 2025-05 0
  by channel: facebook 9, x 6
  by target: employee 9, not recorded 6
  by kind: comment 15
  by source: officer 15
  by welfare concern: no 15
  by outcome: waiting 0, upheld 9, dismissed 6, overturned 0
upheld: 9
  by month: 2025-03 9, 2025-04 0, 2025-05 0
  by channel: facebook 9, x 0
  by target: employee 9
findings: 9
  by month: 2025-03 9, 2025-04 0, 2025-05 0
  by category: abusive threatening 9
dismissed: 6
  by month: 2025-03 6, 2025-04 0, 2025-05 0
  by channel: facebook 0, x 6
  by target: not recorded 6
  by reason: no breach 6
blocked: [c]
  by month: 2025-03 0, 2025-04 [c], 2025-05 0
  by ground: continues 0, extreme 0, reserved power [c]
  by scope: interacting [c]
  by length: indefinite [c]
  by outcome: blocked [c], reversed 0, ended 0
pages blocked: 6
  by month: 2025-03 0, 2025-04 6, 2025-05 0
  by channel: facebook [c], x [c]
complaints: [c]
  by month: 2025-03 0, 2025-04 [c], 2025-05 0
  by via: email [c]
"""


@pytest.fixture(scope="module")
def spring(tmp_path_factory):
    with scenario(tmp_path_factory.mktemp("spring"), "ashfield") as ashfield:
        for number in range(9):
            account = {"platform": "facebook", "handle": f"maple{number}", "name": "Maple"}
            ashfield.upheld("2025-03-03", account=account, target={"kind": "employee"})
            if number < 3:
                _blocked(ashfield)
        ashfield.given("complain", "2025-04-03", **COMPLAINT)
        for number in range(6):
            account = {"platform": "x", "handle": f"heron{number}", "name": "Heron"}
            incident = ashfield.flagged("2025-03-04", account=account)
            ashfield.given("dismiss", "2025-03-04", incident=incident, reason="no_breach")
        yield ashfield


def _blocked(ashfield):
    facts = {"ground": "reserved_power", "scope": "interacting", "channels": "all"}
    why = {"reason": "as the policy allows", "viewpoint_neutral": True}
    more = {"incidents": [], "proportionality": PROPORTIONATE, "actor": "mia.m"}
    ashfield.given("block", "2025-04-01", **facts, **why, **more)


def told(register, **asked):
    casework = register.casework
    period = (date(2025, 3, 1), date(2025, 5, 31))
    asked = {"period": period} | asked
    return council_figures(casework.database, casework.offices.policy, register.now, **asked)


def test_the_figures_of_a_spring_are_these(spring):
    lines = list(in_words(told(spring), exact=False))
    measures = {line.split(":")[0] for line in TOLD.splitlines() if not line.startswith(" ")}
    shown, within = [], False
    for line in lines:
        within = line.split(":")[0] in measures if not line.startswith(" ") else within
        if within:
            shown.append(line)
    wanted = [line for line in TOLD.splitlines() if "category" not in line]
    assert [line for line in shown if "category" not in line] == wanted
    [categories] = [line for line in shown if "category" in line]
    assert "abusive threatening 9" in categories


def test_words_that_nothing_fell_under_are_told_as_zero(spring):
    [found] = told(spring)
    categories = {f.row: f.count for f in found.figures if f.table == "category"}
    assert categories.pop("abusive_threatening") == 9
    assert len(categories) > 5
    assert set(categories.values()) == {0}
