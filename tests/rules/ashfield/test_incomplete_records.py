"""Ashfield: a report that lacks something is taken in, and nothing is done until it is whole."""

from __future__ import annotations

import pytest

from services.views.cases import CaseFilter, list_cases
from tests.rules.ashfield.histories import block_of, events, owed, recorded_refusals
from tests.scenarios import MAPLE, SWEARING, codes_of, rules_of, types_of

AT = "2025-03-03T10:00:00+00:00"
BIRCH = {"platform": "facebook", "handle": "birch.owl"}


def reported(ashfield, kind="public_report", **fields):
    """A report that tells neither the name of the account nor when it was posted."""
    answer = ashfield.given(
        "flag",
        AT,
        **{"account": BIRCH, "item": {"kind": "comment", "text": "f***"}, "source": {"kind": kind}}
        | fields,
    )
    ashfield.case = answer["case"]
    return answer


@pytest.mark.rule("R-A24", "R-A49")
@pytest.mark.parametrize("kind", ["public_report", "partner", "platform_filter"])
def test_a_report_from_outside_is_accepted_and_owes_what_it_lacks(ashfield, kind):
    answer = reported(ashfield, kind)
    assert [(d["code"], d["rule"]) for d in answer["verdict"]["duties"]] == [
        ("review_flag", "R-A8"),
        ("complete_record", "R-A24"),
    ]


@pytest.mark.rule("R-A23", "R-A24")
def test_nothing_is_upheld_hidden_or_blocked_on_an_incomplete_record(ashfield):
    reported(ashfield)
    ashfield.given("capture", AT, incident=1, held_at="S:/e")
    upheld = ashfield.when("uphold", AT, incident=1, findings=SWEARING, viewpoint_neutral=True)
    assert (upheld["outcome"], rules_of(upheld)) == ("refused", ["R-A24"])
    assert upheld["verdict"]["missing"] == ["complete-record"]
    assert [way["command"] for way in upheld["verdict"]["instead"]] == ["complete-record"]
    for command in ("hide", "delete"):
        refused = ashfield.when(command, AT, incident=1)
        assert refused["outcome"] == "refused"
        assert {"R-A23", "R-A24"} <= set(rules_of(refused))
        assert "complete-record" in refused["verdict"]["missing"]
    blocked = ashfield.when(
        "block", AT, **block_of([1], ground="reserved_power"), viewpoint_neutral=True, actor="mia.m"
    )
    assert blocked["outcome"] == "refused"
    assert "R-A24" in rules_of(blocked)


@pytest.mark.rule("R-A50")
def test_the_reserved_power_may_hide_it_meanwhile(ashfield):
    reported(ashfield)
    ashfield.given("capture", AT, incident=1, held_at="S:/e")
    ground = {"ground": "reserved_power", "reason": "a home address", "viewpoint_neutral": True}
    answer = ashfield.given("hide", AT, incident=1, actor="mia.m", **ground)
    assert types_of(answer) == ["PostHidden"]


@pytest.mark.rule("R-A24")
def test_the_duty_stays_until_the_last_field_is_there(ashfield):
    reported(ashfield)
    ashfield.given("complete-record", AT, incident=1, why="swearing")
    assert owed(ashfield) == ["complete_record", "review_flag"]
    [listed] = list_cases(ashfield.casework.database, CaseFilter(incomplete=True))
    assert listed["case"] == ashfield.case
    ashfield.given(
        "complete-record",
        AT,
        account=BIRCH | {"name": "Birch Owl"},
        incident=1,
        item={"posted_at": "2025-03-02T09:00:00+00:00"},
    )
    assert owed(ashfield) == ["review_flag"]
    ashfield.given("uphold", AT, incident=1, findings=SWEARING, viewpoint_neutral=True)


@pytest.mark.rule("R-A24")
def test_the_manager_may_waive_what_can_never_be_found_out(ashfield):
    answer = reported(ashfield)
    [duty] = [d["duty"] for d in answer["verdict"]["duties"] if d["code"] == "complete_record"]
    by_officer = ashfield.when("waive", AT, duty=duty, reason="deleted account")
    assert by_officer["outcome"] == "forbidden"
    ashfield.given("waive", AT, duty=duty, reason="deleted account", actor="mia.m")
    ashfield.given("uphold", AT, incident=1, findings=SWEARING, viewpoint_neutral=True)


@pytest.mark.rule("R-A24")
def test_an_unknown_author_opens_a_case_that_is_named_later(ashfield):
    unknown = {"account": {"platform": "facebook", "unknown": True}, "why": "swearing"}
    item = {"kind": "comment", "posted_at": "2025-03-02T09:00:00+00:00", "text": "f***"}
    answer = reported(ashfield, "officer", item=item, **unknown)
    assert codes_of(answer) == ["review_flag", "complete_record"]
    other = ashfield.given("flag", AT, item=item, source={"kind": "officer"}, **unknown)
    assert other["case"] != ashfield.case
    refused = ashfield.when("uphold", AT, incident=1, findings=SWEARING, viewpoint_neutral=True)
    assert rules_of(refused) == ["R-A24"]
    named = {"case": ashfield.case, "incident": 1, "account": MAPLE}
    ashfield.given("complete-record", AT, **named)
    ashfield.given("uphold", AT, incident=1, findings=SWEARING, viewpoint_neutral=True)
    again = ashfield.given("note", AT, account=MAPLE, text="found by its handle now")
    assert again["case"] == ashfield.case


@pytest.mark.rule("R-A24")
def test_an_unknown_author_who_has_a_case_is_sent_there(ashfield):
    ashfield.flagged("2025-03-01")
    known = ashfield.case
    reported(ashfield, "officer", account={"platform": "facebook", "unknown": True}, why="swearing")
    answer = ashfield.when("complete-record", AT, case=ashfield.case, incident=1, account=MAPLE)
    assert (answer["outcome"], rules_of(answer)) == ("refused", ["STATE"])
    assert known in answer["why"][0]
    assert [way["command"] for way in answer["verdict"]["instead"]] == ["flag", "dismiss"]


@pytest.mark.rule("R-A24")
def test_a_refusal_that_no_never_clause_stands_behind_is_not_recorded(ashfield):
    reported(ashfield)
    before = len(events(ashfield))
    ashfield.when("uphold", AT, incident=1, findings=SWEARING, viewpoint_neutral=True)
    assert (len(events(ashfield)), recorded_refusals(ashfield)) == (before, [])


@pytest.mark.rule("R-A24")
def test_the_same_address_flagged_again_is_accepted_with_a_warning(ashfield):
    ashfield.flagged("2025-03-03", item={"url": "https://fb.example/1"})
    twin = {"kind": "comment", "posted_at": "2025-03-03T09:00:00+00:00"}
    answer = ashfield.given(
        "flag",
        "2025-03-04",
        account=MAPLE,
        item=twin | {"url": "https://fb.example/1"},
        source={"kind": "officer"},
        why="swearing",
    )
    assert "incident 1" in answer["verdict"]["warnings"][0]
