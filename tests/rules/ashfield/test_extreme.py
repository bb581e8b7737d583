"""Ashfield: what continues, what is extreme, and who may say so."""

from __future__ import annotations

import pytest

from tests.rules.ashfield.histories import (
    block_of,
    events,
    owed,
)
from tests.scenarios import SWEARING, codes_of, rules_of, types_of

DAY = "2025-03-03"
EXTREME = {"ground": "extreme", "reason": "a threat to kill"}


def once_upheld_and_hidden(ashfield, findings=None):
    incident = ashfield.upheld(DAY, findings)
    ashfield.given("hide", DAY, incident=incident)
    return incident


@pytest.mark.rule("R-A26")
@pytest.mark.rule("D-8")
def test_a_first_incident_that_is_not_extreme_is_no_ground_for_a_block(ashfield):
    incident = once_upheld_and_hidden(ashfield)
    answer = ashfield.when("block", DAY, **block_of([incident]))
    assert (answer["outcome"], rules_of(answer)) == ("refused", ["R-A26"])
    assert answer["verdict"]["missing"] == ["incidents"]
    extreme = ashfield.when("block", DAY, **block_of([incident], **EXTREME))
    assert (extreme["outcome"], rules_of(extreme)) == ("refused", ["R-A26", "D-8"])
    assert extreme["verdict"]["missing"] == ["extreme"]


@pytest.mark.rule("D-8")
def test_the_earlier_incident_may_be_years_old_and_unlisted(ashfield):
    old = ashfield.upheld("2015-03-03")
    recent = once_upheld_and_hidden(ashfield)
    assert old != recent
    ashfield.given("block", DAY, **block_of([recent]))


@pytest.mark.rule("D-8")
def test_only_an_earlier_incident_counts_not_a_later_one(ashfield):
    first = once_upheld_and_hidden(ashfield)
    ashfield.upheld("2025-03-04")
    answer = ashfield.when("block", "2025-03-05", **block_of([first]))
    assert (answer["outcome"], rules_of(answer)) == ("refused", ["R-A26"])


@pytest.mark.rule("R-A11")
@pytest.mark.parametrize("undone", ["off_topic", "overturned", "dismissed"])
def test_what_is_no_strike_is_no_earlier_incident(ashfield, undone):
    if undone == "off_topic":
        ashfield.upheld("2025-01-03", [{"category": "off_topic"}])
    elif undone == "overturned":
        first = ashfield.upheld("2025-01-03")
        ashfield.given("overturn", "2025-01-04", incident=first, because="error", reasons="wrong")
    else:
        first = ashfield.flagged("2025-01-03")
        ashfield.given("dismiss", "2025-01-04", incident=first, reason="no_breach")
    recent = once_upheld_and_hidden(ashfield)
    answer = ashfield.when("block", DAY, **block_of([recent]))
    assert (answer["outcome"], rules_of(answer)) == ("refused", ["R-A26"])


@pytest.mark.rule("D-8")
def test_extreme_is_said_by_another_person_than_who_recorded_it(ashfield):
    incident = ashfield.flagged(DAY)
    ashfield.given("capture", DAY, incident=incident, held_at="S:/evidence")
    finding = {"incident": incident, "findings": SWEARING, "viewpoint_neutral": True}
    marked = finding | {"extreme": {"reason": "a threat to kill"}}
    own = ashfield.when("uphold", DAY, **marked)
    assert (own["outcome"], rules_of(own)) == ("refused", ["R-A26", "D-8"])
    assert own["verdict"]["missing"] == ["extreme"]
    ashfield.given("uphold", DAY, **finding)
    before = owed(ashfield)
    second = ashfield.given("uphold", DAY, **marked, actor="pat.o")
    assert (types_of(second), codes_of(second), owed(ashfield)) == (["FlagUpheld"], [], before)
    assert events(ashfield)[-1]["data"]["strike"] is False
    answer = ashfield.given("block", DAY, **block_of([incident], **EXTREME))
    assert rules_of(answer) == ["R-A26", "R-A30"]
    ashfield.given("hide", DAY, incident=incident)
    repeated = ashfield.flagged("2025-03-05")
    assert repeated == 2


@pytest.mark.rule("D-8")
def test_extreme_needs_its_reason(ashfield):
    incident = ashfield.flagged(DAY)
    finding = {"incident": incident, "findings": SWEARING, "viewpoint_neutral": True}
    answer = ashfield.when("uphold", DAY, **finding, extreme={}, actor="pat.o")
    assert answer["outcome"] == "invalid"
