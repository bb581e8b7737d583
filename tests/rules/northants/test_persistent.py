"""The second path of North Northamptonshire: who persists may be kept from commenting."""

from __future__ import annotations

import pytest

from tests.rules.northants.steps import block, events
from tests.scenarios import Answer, Scenario, rules_of

MARCH = "2026-03-02"


def upheld_on(council: Scenario, *days: str) -> list[int]:
    """An upheld incident for each of these days."""
    return [council.upheld(day) for day in days]


def persistent(council: Scenario, at: str, *incidents: int, actor: str = "mia.m") -> Answer:
    """The answer to a manager's decision to keep them from commenting."""
    return block(council, at, "persistent", *incidents, scope="commenting", actor=actor)


@pytest.mark.rule("R-N32", "D-20")
def test_two_in_twelve_months_are_not_persistence(northants: Scenario) -> None:
    answer = persistent(northants, MARCH, *upheld_on(northants, "2025-06-02", MARCH))
    assert (answer["outcome"], rules_of(answer)) == ("refused", ["R-N32", "D-20"])
    assert answer["verdict"]["missing"] == ["incidents"]
    assert answer["why"] == ["2 upheld incidents count, 3 are needed"]


@pytest.mark.rule("R-N32", "D-20")
def test_three_in_twelve_months_may_end_commenting(northants: Scenario) -> None:
    incidents = upheld_on(northants, "2025-06-02", "2025-12-01", MARCH)
    answer = persistent(northants, MARCH, *incidents)
    assert answer["outcome"] == "accepted"
    assert rules_of(answer) == ["R-N32", "R-N21"]
    [decided] = events(northants, "Blocked")
    assert decided["data"]["scope"] == "commenting"
    assert decided["actor"]["role"] == "communications_manager"


@pytest.mark.rule("R-N32")
def test_persistence_ends_commenting_not_access(northants: Scenario) -> None:
    incidents = upheld_on(northants, MARCH, MARCH, MARCH)
    wide = block(northants, MARCH, "persistent", *incidents, actor="mia.m")
    assert (wide["outcome"], rules_of(wide)) == ("refused", ["R-N32"])
    assert wide["verdict"]["missing"] == ["scope"]


@pytest.mark.rule("D-20", "R-N32")
def test_a_rare_case_is_the_communications_managers_to_find(northants: Scenario) -> None:
    incidents = upheld_on(northants, MARCH, MARCH, MARCH)
    answer = persistent(northants, MARCH, *incidents, actor="jo.p")
    assert (answer["outcome"], rules_of(answer)) == ("forbidden", ["R-N32"])
    [kept] = events(northants, "RefusalRecorded")
    assert (kept["data"]["outcome"], kept["rules"]) == ("forbidden", ["R-N32"])
    bare = block(
        northants, MARCH, "persistent", *incidents, scope="commenting", actor="mia.m", reason=" "
    )
    assert bare["outcome"] == "invalid"
    assert [error["path"] for error in bare["errors"]] == ["reason"]


@pytest.mark.rule("D-20")
@pytest.mark.parametrize(("day", "outcome"), [("2026-03-01", "accepted"), (MARCH, "refused")])
def test_the_twelve_months_roll(northants: Scenario, day: str, outcome: str) -> None:
    incidents = upheld_on(northants, "2025-03-02", "2025-06-02", "2025-12-01")
    assert persistent(northants, day, *incidents)["outcome"] == outcome


@pytest.mark.rule("D-20")
def test_the_twelve_months_are_calendar_months_also_after_a_leap_day(
    northants: Scenario,
) -> None:
    incidents = upheld_on(northants, "2024-02-29", "2024-06-03", "2024-06-03")
    assert persistent(northants, "2025-02-28", *incidents)["outcome"] == "refused"
    assert persistent(northants, "2025-02-27", *incidents)["outcome"] == "accepted"


@pytest.mark.rule("D-20")
@pytest.mark.parametrize(
    ("command", "told"),
    [
        ("overturn", {"because": "error", "reasons": "a quotation"}),
        ("dismiss", {"reason": "no_breach"}),
    ],
)
def test_only_findings_that_stand_count(
    northants: Scenario, command: str, told: dict[str, str]
) -> None:
    incidents = upheld_on(northants, MARCH, MARCH)
    third = northants.flagged(MARCH)
    if command == "overturn":
        third = northants.upheld(MARCH)
    northants.given(command, MARCH, incident=third, **told)
    assert persistent(northants, MARCH, *incidents)["outcome"] == "refused"


@pytest.mark.rule("D-20", "R-N16")
def test_being_off_topic_never_counts(northants: Scenario) -> None:
    incidents = upheld_on(northants, MARCH, MARCH)
    off_topic = [{"category": "off_topic", "completely": True}]
    incidents.append(northants.upheld(MARCH, off_topic))
    answer = persistent(northants, MARCH, *incidents)
    assert (answer["outcome"], rules_of(answer)) == ("refused", ["R-N32", "D-20"])


@pytest.mark.rule("R-N32")
def test_the_listed_incidents_must_themselves_be_breaches(northants: Scenario) -> None:
    incidents = upheld_on(northants, MARCH, MARCH, MARCH)
    flagged = northants.flagged(MARCH)
    answer = persistent(northants, MARCH, *incidents, flagged)
    assert answer["outcome"] == "refused"
    assert answer["verdict"]["missing"] == ["uphold", "capture"]


@pytest.mark.rule("R-N32", "R-N22")
def test_who_may_no_longer_comment_is_told_as_well(northants: Scenario) -> None:
    persistent(northants, MARCH, *upheld_on(northants, MARCH, MARCH, MARCH))
    told = {"block": 1, "channel": "facebook", "result": "applied"}
    answer = northants.when("apply-block", MARCH, **told)
    assert (answer["outcome"], rules_of(answer)) == ("refused", ["R-N22", "D-13"])
