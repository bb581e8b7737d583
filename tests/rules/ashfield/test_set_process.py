"""Ashfield: step 1 record, step 2 hide or delete, and what a removal needs first."""

from __future__ import annotations

import pytest

from tests.rules.ashfield.histories import HATE, events, owed, recorded_refusals
from tests.scenarios import MAPLE, SWEARING, codes_of, rules_of, types_of

DAY = "2025-03-03"
ON_X = {"platform": "x", "handle": "elm.fox", "name": "Elm Fox"}


@pytest.mark.rule("R-A10")
@pytest.mark.rule("R-A3")
@pytest.mark.rule("R-A23")
@pytest.mark.parametrize("command", ["hide", "delete"])
def test_nothing_is_removed_before_a_breach_was_found(ashfield, command):
    incident = ashfield.flagged(DAY)
    ashfield.given("capture", DAY, incident=incident, held_at="S:/evidence")
    answer = ashfield.when(command, DAY, incident=incident)
    assert (answer["outcome"], rules_of(answer)) == ("refused", ["R-A3", "R-A10", "R-A23"])
    assert answer["verdict"]["missing"] == ["uphold"]
    assert [way["command"] for way in answer["verdict"]["instead"]] == ["uphold", "dismiss"]
    assert recorded_refusals(ashfield) == [(command, "refused", ["R-A3", "R-A10", "R-A23"])]
    ashfield.given("dismiss", DAY, incident=incident, reason="no_breach")
    assert ashfield.when(command, DAY, incident=incident)["outcome"] == "refused"


@pytest.mark.rule("R-A25")
@pytest.mark.rule("R-A23")
@pytest.mark.parametrize("command", ["hide", "delete"])
def test_nothing_is_removed_before_it_is_captured(ashfield, command):
    incident = ashfield.flagged(DAY)
    ashfield.given("uphold", DAY, incident=incident, findings=SWEARING, viewpoint_neutral=True)
    answer = ashfield.when(command, DAY, incident=incident)
    assert (answer["outcome"], rules_of(answer)) == ("refused", ["R-A23", "R-A25"])
    assert answer["verdict"]["missing"] == ["capture"]
    assert [w["command"] for w in answer["verdict"]["instead"]] == ["capture", "do-not-capture"]
    assert recorded_refusals(ashfield) == []
    ashfield.given("capture", DAY, incident=incident, held_at="S:/evidence")
    assert ashfield.given(command, DAY, incident=incident)["outcome"] == "accepted"


@pytest.mark.rule("R-A25")
def test_recorded_captured_and_upheld_it_is_hidden_and_whose_view_is_kept(ashfield):
    incident = ashfield.upheld(DAY)
    assert owed(ashfield) == ["remove_content"]
    answer = ashfield.given("hide", DAY, incident=incident)
    assert (types_of(answer), rules_of(answer)) == (["PostHidden"], ["R-A25"])
    assert events(ashfield)[-1]["data"]["whose_view"] == "jo.p"
    assert owed(ashfield) == []
    other = ashfield.upheld(DAY)
    ashfield.given("delete", DAY, incident=other, whose_view="pat.o")
    assert events(ashfield)[-1]["data"]["whose_view"] == "pat.o"


@pytest.mark.rule("R-A25")
def test_on_x_a_reply_cannot_be_deleted_only_hidden_or_reported(ashfield):
    incident = ashfield.upheld(DAY, account=ON_X)
    answer = ashfield.when("delete", DAY, incident=incident)
    assert (answer["outcome"], rules_of(answer)) == ("refused", ["R-A25"])
    assert answer["why"][0].startswith("not possible there")
    ways = [way["command"] for way in answer["verdict"]["instead"]]
    assert ways == ["hide", "report-platform", "not-possible"]
    ashfield.given("hide", DAY, incident=incident)


@pytest.mark.rule("R-A25")
def test_a_removal_that_the_platform_makes_impossible_is_owed_no_more(ashfield):
    ashfield.upheld(DAY, account=ON_X)
    only_one = {"incident": 1, "action": "hide", "reason": "the button is gone"}
    ashfield.given("not-possible", DAY, **only_one)
    assert owed(ashfield) == []
    ashfield.upheld(DAY, account=MAPLE)
    ashfield.given("not-possible", DAY, **only_one)
    assert owed(ashfield) == ["remove_content"]
    ashfield.given("not-possible", DAY, **only_one | {"action": "delete"})
    assert owed(ashfield) == []


@pytest.mark.rule("R-A25")
@pytest.mark.parametrize(
    ("command", "fields"), [("content-gone", {"by": "author"}), ("removal-honoured", {})]
)
def test_what_its_author_took_down_is_owed_no_removal(ashfield, command, fields):
    incident = ashfield.upheld(DAY)
    ashfield.given(command, DAY, incident=incident, **fields)
    assert owed(ashfield) == []
    hidden = ashfield.when("hide", DAY, incident=incident)
    assert (hidden["outcome"], rules_of(hidden)) == ("refused", ["STATE"])


@pytest.mark.rule("R-A23")
def test_a_skipped_step_is_named_with_its_rule(ashfield):
    ashfield.flagged(DAY)
    ashfield.case = ashfield.given(
        "flag",
        f"{DAY}T10:00:00+00:00",
        account={"platform": "facebook", "handle": "birch"},
        item={"kind": "comment"},
        source={"kind": "partner"},
    )["case"]
    answer = ashfield.when("delete", DAY, incident=1)
    assert rules_of(answer) == ["R-A24", "R-A3", "R-A10", "R-A23", "R-A25"]
    assert answer["verdict"]["missing"] == ["complete-record", "uphold", "capture"]


@pytest.mark.rule("R-A38")
@pytest.mark.parametrize("command", ["hide", "delete"])
def test_hate_is_captured_before_it_is_removed(ashfield, command):
    ashfield.flagged(DAY)
    ashfield.given("uphold", DAY, incident=1, findings=HATE, viewpoint_neutral=True)
    answer = ashfield.when(command, DAY, incident=1)
    assert (answer["outcome"], rules_of(answer)) == ("refused", ["R-A23", "R-A25", "R-A38"])
    assert answer["verdict"]["missing"] == ["capture"]


@pytest.mark.rule("R-A36")
@pytest.mark.parametrize(
    ("platform", "kind"),
    [("sms", "text_message"), ("facebook", "text_message"), ("facebook", "direct_message")],
)
def test_a_message_has_no_post_to_hide(ashfield, platform, kind):
    account = {"platform": platform, "handle": "07700 900123", "name": "Unnamed"}
    item = {"kind": kind, "formats": ["text", "image"]}
    incident = ashfield.upheld(DAY, account=account, item=item)
    answer = ashfield.when("hide", DAY, incident=incident)
    assert (answer["outcome"], rules_of(answer)) == ("refused", ["R-A36"])
    assert "nothing" in answer["why"][0]
    assert [way["command"] for way in answer["verdict"]["instead"]] == ["report-platform"]
    assert owed(ashfield) == []


@pytest.mark.rule("R-A50")
def test_the_reserved_power_needs_a_reason_and_the_manager(ashfield):
    ashfield.flagged(DAY)
    ashfield.given("capture", DAY, incident=1, held_at="S:/evidence")
    power = {"incident": 1, "ground": "reserved_power", "viewpoint_neutral": True}
    unreasoned = ashfield.when("hide", DAY, **power, actor="mia.m")
    assert (unreasoned["outcome"], rules_of(unreasoned)) == ("refused", ["R-A50"])
    assert unreasoned["verdict"]["missing"] == ["reason"]
    officer = ashfield.when("hide", DAY, **power, reason="a home address")
    assert (officer["outcome"], rules_of(officer)) == ("forbidden", ["R-A50"])
    ashfield.given("hide", DAY, **power, reason="a home address", actor="mia.m")
    assert events(ashfield)[-1]["actor"]["role"] == "communications_manager"
    assert codes_of(ashfield.given("restore", DAY, incident=1, reason="agreed with author")) == []


@pytest.mark.rule("R-A10")
def test_a_finding_overturned_is_put_right_and_counts_no_more(ashfield):
    incident = ashfield.upheld(DAY)
    ashfield.given("hide", DAY, incident=incident)
    answer = ashfield.given(
        "overturn", "2025-03-04", incident=incident, because="error", reasons="another account"
    )
    assert [(d["code"], d["rule"]) for d in answer["verdict"]["duties"]] == [
        ("restore_post", "R-A10")
    ]
    assert rules_of(ashfield.when("close-incident", "2025-03-04", incident=incident)) == ["R-A10"]
    ashfield.given("restore", "2025-03-04", incident=incident, reason="the finding fell")
    assert owed(ashfield) == []
    refused = ashfield.when("hide", "2025-03-05", incident=incident)
    assert rules_of(refused) == ["R-A3", "R-A10", "R-A23"]


def test_what_was_hidden_is_not_hidden_again(ashfield):
    incident = ashfield.upheld(DAY)
    ashfield.given("hide", DAY, incident=incident)
    answer = ashfield.when("hide", "2025-03-04", incident=incident)
    assert (answer["outcome"], rules_of(answer)) == ("refused", ["STATE"])
    assert answer["why"] == [f"Incident {incident} was hidden on 2025-03-03T10:00:00+00:00"]
    ashfield.given("delete", "2025-03-04", incident=incident)
    assert ashfield.when("delete", "2025-03-05", incident=incident)["outcome"] == "refused"


def test_ashfield_asks_nobody_first(ashfield):
    incident = ashfield.upheld(DAY)
    asked = {"incident": incident, "via": "direct_message", "delivery": "sent"}
    answer = ashfield.when("ask-removal", DAY, **asked)
    assert (answer["outcome"], rules_of(answer)) == ("refused", ["SILENT-ASKING"])
