"""How items come in at North Northamptonshire: at any hour, in any format, from anywhere."""

from __future__ import annotations

import pytest

from tests.rules.northants.steps import events
from tests.scenarios import MAPLE, Scenario, codes_of, rules_of

REPORT = {"kind": "public_report", "reporter": "Robin Field", "received_via": "private message"}
IN_HOURS_ONLY = [
    ("Friday at 16:44", "2026-03-06T16:44:59+00:00", "2026-03-06T16:45:00+00:00"),
    ("Friday at 16:45", "2026-03-06T16:45:00+00:00", "2026-03-09T17:00:00+00:00"),
    ("Friday at 16:50", "2026-03-06T16:50:00+00:00", "2026-03-09T17:00:00+00:00"),
    ("Thursday at 16:59", "2026-03-05T16:59:00+00:00", "2026-03-05T17:00:00+00:00"),
    ("Thursday at 17:00", "2026-03-05T17:00:00+00:00", "2026-03-06T16:45:00+00:00"),
    ("Good Friday", "2026-04-03T10:00:00+00:00", "2026-04-07T16:00:00+00:00"),
    ("the spring bank holiday", "2026-05-25T09:00:00+00:00", "2026-05-26T16:00:00+00:00"),
]


def review_due(council: Scenario, flagged_at: str) -> tuple[str, str]:
    """Under which rule, and by when, an item flagged at that moment is to be looked at."""
    number = council.flagged(flagged_at)
    duties = council.duties(code="review_flag")
    [review] = [duty for duty in duties if duty["about"]["incident"] == number]
    return review["rule"], review["due"]


@pytest.mark.rule("R-N5")
def test_a_report_on_sunday_night_is_taken_at_once_and_worked_at_the_next_opening(
    northants: Scenario,
) -> None:
    sunday = "2026-03-01T02:00:00+00:00"
    answer = northants.given("flag", sunday, account=MAPLE, item={"kind": "comment"}, source=REPORT)
    northants.case = answer["case"]
    [review] = answer["verdict"]["duties"]
    assert (review["code"], review["rule"]) == ("review_flag", "R-N5")
    assert review["due"] == "2026-03-02T17:00:00+00:00"
    assert [duty["raised_at"] for duty in northants.duties()] == [sunday]


@pytest.mark.rule("R-N5")
def test_a_partner_is_heard_like_the_public(northants: Scenario) -> None:
    northants.flagged("2026-03-02", source={"kind": "partner"})
    assert [duty["rule"] for duty in northants.duties(code="review_flag")] == ["R-N5"]


@pytest.mark.rule("R-N6")
@pytest.mark.parametrize("kind", ["officer", "platform_filter"])
def test_what_is_seen_in_hours_and_left_alone_is_overdue_that_evening(
    northants: Scenario, kind: str
) -> None:
    northants.flagged("2026-03-02T10:00:00+00:00", source={"kind": kind})
    [review] = northants.duties(code="review_flag")
    assert (review["rule"], review["due"]) == ("R-N6", "2026-03-02T17:00:00+00:00")
    assert review["overdue"] is True


@pytest.mark.rule("R-N6")
@pytest.mark.parametrize("decision", ["uphold", "dismiss"])
def test_a_decision_either_way_is_the_review(northants: Scenario, decision: str) -> None:
    incident = northants.flagged("2026-03-02")
    swearing = [{"category": "abusive_threatening", "sub_reason": "swearing"}]
    told = {
        "uphold": {"findings": swearing, "viewpoint_neutral": True},
        "dismiss": {"reason": "no_breach"},
    }
    northants.given(decision, "2026-03-02", incident=incident, **told[decision])
    assert northants.duties(code="review_flag") == []


@pytest.mark.rule("R-N46", "D-18", "R-N6")
@pytest.mark.parametrize(("when", "at", "due"), IN_HOURS_ONLY, ids=[w for w, *_ in IN_HOURS_ONLY])
def test_the_pages_are_watched_in_office_hours_only(
    northants: Scenario, when: str, at: str, due: str
) -> None:
    assert review_due(northants, at) == ("R-N6", due)


@pytest.mark.rule("R-N7")
@pytest.mark.parametrize(
    "format_", ["text", "video", "image", "gif", "attachment", "link", "emoji", "other"]
)
def test_content_in_any_format_can_be_recorded_captured_and_judged(
    northants: Scenario, format_: str
) -> None:
    incident = northants.upheld("2026-03-02", item={"formats": [format_], "text": "🖕"})
    hidden = northants.given("hide", "2026-03-02", incident=incident)
    assert hidden["outcome"] == "accepted"


@pytest.mark.rule("R-N7")
def test_a_format_that_nobody_knows_is_no_format(northants: Scenario) -> None:
    item = {"kind": "comment", "formats": ["smell"]}
    answer = northants.when("flag", "2026-03-02", account=MAPLE, item=item, source=REPORT)
    assert answer["outcome"] == "invalid"


@pytest.mark.rule("R-N3")
def test_in_a_private_group_nothing_can_be_hidden_but_the_platform_can_be_told(
    northants: Scenario,
) -> None:
    group = {"kind": "post", "where": "elsewhere"}
    incident = northants.upheld("2026-03-02", item=group)
    for act in ("hide", "delete"):
        answer = northants.when(act, "2026-03-02", incident=incident)
        assert answer["outcome"] == "refused"
        assert rules_of(answer) == ["R-N3"]
        assert [way["command"] for way in answer["verdict"]["instead"]] == ["report-platform"]
    northants.given("report-platform", "2026-03-02", incident=incident)


@pytest.mark.rule("R-N3", "R-N20")
def test_nobody_is_asked_to_take_down_what_is_elsewhere(northants: Scenario) -> None:
    incident = northants.flagged("2026-03-02", item={"kind": "post", "where": "elsewhere"})
    answer = northants.given(
        "uphold",
        "2026-03-02",
        incident=incident,
        findings=[{"category": "abusive_threatening", "sub_reason": "abuse"}],
        viewpoint_neutral=True,
    )
    assert codes_of(answer) == ["capture_evidence"]


@pytest.mark.rule("R-N3")
def test_an_item_on_a_page_that_is_not_the_councils_cannot_be_on_its_own_page(
    northants: Scenario,
) -> None:
    tiktok = {"platform": "tiktok", "handle": "maple.heron"}
    item = {"kind": "comment", "text": "useless lot"}
    answer = northants.when("flag", "2026-03-02", account=tiktok, item=item, source=REPORT)
    assert (answer["outcome"], rules_of(answer)) == ("refused", ["R-N3"])
    elsewhere = item | {"where": "elsewhere"}
    northants.given("flag", "2026-03-02", account=tiktok, item=elsewhere, source=REPORT)


@pytest.mark.rule("R-N35")
def test_a_post_aimed_at_the_media_team_can_carry_a_concern_for_their_welfare(
    northants: Scenario,
) -> None:
    aimed = {"target": {"kind": "moderation_team"}, "welfare_concern": True}
    northants.flagged("2026-03-02", **aimed)
    [flagged] = events(northants, "CommentFlagged")
    assert flagged["data"]["welfare_concern"] is True
    assert flagged["data"]["target"] == {"kind": "moderation_team"}
