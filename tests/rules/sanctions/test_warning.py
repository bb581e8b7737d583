"""Warning a person: by which way, at which level, saying what, and what waits for it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from services.cli.show import in_words
from services.views.audit import audit_case
from tests.rules.sanctions.policies import (
    ABUSE,
    DAY,
    LATER,
    WARNS,
    block,
    need,
    on_a_block,
    warn,
)
from tests.scenarios import Scenario, codes_of, rules_of, types_of

Council = Callable[[str], Scenario]
BOTH_WAYS = WARNS.replace(
    'ways = ["public_reply"]', 'ways = ["public_reply", "direct_message"]\nall_ways = true'
)


@pytest.mark.parametrize("actor", ["jo.p", "mia.m"])
def test_both_shipped_policies_are_silent_and_so_nobody_is_warned(
    ashfield: Scenario, northants: Scenario, actor: str
) -> None:
    for each in (ashfield, northants):
        incident = each.upheld(DAY)
        answer = warn(each, DAY, incident, actor=actor)
        assert (answer["outcome"], rules_of(answer)) == ("refused", ["SILENT-WARNING"])
        assert answer["events"] == [], "a silence is no prohibition"


def test_a_warning_is_owed_for_a_breach_and_met_by_giving_it(council: Council) -> None:
    town = council(WARNS)
    incident = town.upheld(DAY, ABUSE)
    [owed] = town.duties(code="warn")
    assert (owed["rule"], owed["about"]) == ("R-WILL1", {"incident": incident})
    answer = warn(town, DAY, incident)
    assert (types_of(answer), rules_of(answer)) == (["WarningGiven"], ["R-WILL1"])
    assert town.duties(code="warn") == []


def test_nobody_is_warned_of_what_was_not_found_to_be_a_breach(council: Council) -> None:
    town = council(WARNS)
    answer = warn(town, DAY, town.flagged(DAY))
    assert (answer["outcome"], rules_of(answer)) == ("refused", ["R-WILL1"])
    assert answer["verdict"]["missing"] == ["uphold"]


@pytest.mark.parametrize(
    ("fields", "missing"),
    [
        ({"via": "email"}, ["via"]),
        ({"states": ["consequence"]}, ["states.reason"]),
        ({"level": "final"}, ["level"]),
        ({"delivery": "failed"}, ["failure"]),
    ],
)
def test_a_warning_is_given_as_the_policy_says(
    council: Council, fields: dict[str, object], missing: list[str]
) -> None:
    town = council(WARNS)
    answer = warn(town, DAY, town.upheld(DAY, ABUSE), **fields)
    assert (answer["outcome"], answer["verdict"]["missing"]) == ("refused", missing)


def test_a_level_is_named_and_comes_after_the_one_before(council: Council) -> None:
    town = council(WARNS.replace("[warnings]", '[warnings]\nlevels = ["informal", "final"]'))
    incident = town.upheld(DAY, ABUSE)
    assert warn(town, DAY, incident)["verdict"]["missing"] == ["level"]
    early = warn(town, DAY, incident, level="final")
    assert (early["outcome"], early["why"]) == (
        "refused",
        ["warnings come in this order: informal, final"],
    )
    assert warn(town, DAY, incident, level="informal")["outcome"] == "accepted"
    assert warn(town, LATER, incident, level="final")["outcome"] == "accepted"


def test_a_policy_that_never_warns_records_that_it_was_tried(council: Council) -> None:
    town = council('[warnings]\nrules = ["R-NEVER1"]\nforce = "never"')
    answer = warn(town, DAY, town.upheld(DAY, ABUSE))
    assert (answer["outcome"], rules_of(answer)) == ("refused", ["R-NEVER1"])
    assert types_of(answer) == ["RefusalRecorded"]


def test_a_block_waits_for_a_warning_that_arrived(council: Council) -> None:
    town = council(WARNS + on_a_block(need("warned")))
    incident = town.upheld(DAY, ABUSE)
    refused = block(town, DAY, incident)
    assert refused["verdict"]["missing"] == ["warn"]
    assert [way["command"] for way in refused["verdict"]["instead"]] == ["warn"]
    failed = warn(town, DAY, incident, delivery="failed", failure="comments are off")
    assert failed["outcome"] == "accepted"
    assert town.duties(code="warn") == [], "it was tried"
    assert block(town, DAY, incident)["outcome"] == "refused"
    warn(town, DAY, incident)
    assert block(town, DAY, incident)["outcome"] == "accepted"


def test_where_each_way_is_needed_one_is_not_enough(council: Council) -> None:
    town = council(BOTH_WAYS + on_a_block(need("warned")))
    incident = town.upheld(DAY, ABUSE)
    warn(town, DAY, incident)
    assert len(town.duties(code="warn")) == 1
    assert block(town, DAY, incident)["outcome"] == "refused"
    closed = {"action": "warn", "incident": incident, "via": "direct_message"}
    town.given("not-possible", DAY, **closed, reason="its messages are closed")
    assert town.duties(code="warn") == []
    assert block(town, DAY, incident)["outcome"] == "accepted"


def test_one_warning_in_two_ways_is_one_warning(council: Council) -> None:
    town = council(BOTH_WAYS + on_a_block(need("warned", at_least=2)))
    first, second = (town.upheld(DAY, ABUSE) for _ in range(2))
    for way in ("public_reply", "direct_message"):
        warn(town, DAY, first, via=way)
    assert block(town, DAY, second)["why"] == ["warned 1 times, 2 needed"]
    for way in ("public_reply", "direct_message"):
        warn(town, DAY, second, via=way)
    assert block(town, DAY, second)["outcome"] == "accepted"


def test_a_warning_of_one_thing_is_none_of_another_where_the_listed_count(council: Council) -> None:
    town = council(WARNS + on_a_block(need("warned", of="listed")))
    first, second = (town.upheld(DAY, ABUSE) for _ in range(2))
    warn(town, DAY, first)
    assert block(town, DAY, first, second)["why"] == [
        f"nobody was warned of incident {second}",
    ]
    assert block(town, DAY, first)["outcome"] == "accepted"


def test_a_warning_of_a_finding_that_was_overturned_counts_for_nothing(council: Council) -> None:
    town = council(WARNS + on_a_block(need("warned")))
    first, second = (town.upheld(DAY, ABUSE) for _ in range(2))
    warn(town, DAY, first)
    town.given("overturn", DAY, incident=first, because="error", reasons="misread")
    assert block(town, DAY, second)["outcome"] == "refused"


@pytest.mark.parametrize(("at", "outcome"), [("2027-03-01", "accepted"), ("2027-03-02", "refused")])
def test_an_old_warning_lapses_on_the_corresponding_date(
    council: Council, at: str, outcome: str
) -> None:
    town = council(WARNS + on_a_block(need("warned", within_months=12)))
    town.now = town.now.replace(year=2027)
    incident = town.upheld(DAY, ABUSE)
    warn(town, DAY, incident)
    assert block(town, at, incident)["outcome"] == outcome


def test_the_person_has_the_time_that_a_warning_gives(council: Council) -> None:
    needs = (need("warned"), need("warning_window_passed"))
    town = council(WARNS + on_a_block(*needs))
    incident = town.upheld(DAY, ABUSE)
    warn(town, DAY, incident)
    refused = block(town, "2026-03-04T16:59:59+00:00", incident)
    assert refused["verdict"]["allowed_from"] == "2026-03-04T17:00:00+00:00"
    assert block(town, "2026-03-04T17:00:00+00:00", incident)["outcome"] == "accepted"


def test_a_warning_can_raise_a_duty_and_what_rests_on_it_cannot_be_undone_late(
    council: Council,
) -> None:
    raised = '[[duties]]\non = "warned"\ncode = "watch_replies"\nrules = ["R-WILL1"]\n'
    town = council(WARNS + raised)
    incident = town.upheld(DAY, ABUSE)
    assert codes_of(warn(town, LATER, incident)) == ["watch_replies"]
    undone = {"incident": incident, "because": "error", "reasons": "misread"}
    late = town.when("overturn", f"{DAY}T12:00:00+00:00", **undone)
    assert (late["outcome"], rules_of(late)) == ("refused", ["STATE"])


def test_who_may_warn_is_who_may_act_on_an_account(council: Council) -> None:
    town = council(WARNS)
    incident = town.upheld(DAY, ABUSE)
    assert warn(town, DAY, incident, actor="col.c")["outcome"] == "forbidden"
    steps = town.casework.show(town.casework.reading.find_case(None, town.case))["next"]
    [step] = [step for step in steps if step["command"] == "warn"]
    assert (step["incidents"], step["via"]) == ([incident], "public_reply")


def test_a_warning_is_told_in_the_case_and_in_the_audit(council: Council) -> None:
    town = council(WARNS)
    incident = town.upheld(DAY, ABUSE)
    warn(town, DAY, incident)
    warn(town, LATER, incident, delivery="failed", failure="comments are off")
    found = town.casework.show(town.casework.reading.find_case(None, town.case))
    lines = list(in_words(found))
    assert "  2 March 2026: by public reply, about incident 1" in lines
    assert "  3 March 2026: by public reply, about incident 1, which failed" in lines
    audit = audit_case(town.casework.database, town.case, town.now)
    assert audit is not None
    assert [e["words"] for e in audit["events"] if e["type"] == "WarningGiven"] == [
        "Jo P warned the person by public reply about incident 1, stating reason.",
        "Jo P warned the person by public reply about incident 1, stating reason, "
        "which failed: “comments are off”.",
    ]
    assert town.casework.differences() == []
