"""Ashfield: what may be flagged, by whom, and what a record must hold."""

from __future__ import annotations

import pytest

from services.views.cases import CaseFilter, list_cases
from tests.rules.ashfield.histories import events
from tests.scenarios import MAPLE, SWEARING, codes_of, rules_of, types_of

AT = "2025-03-03T10:00:00+00:00"
WHOLE = {
    "account": MAPLE,
    "item": {"kind": "comment", "posted_at": "2025-03-03T09:00:00+00:00", "text": "f*** you"},
    "source": {"kind": "officer"},
    "why": "swearing",
}


@pytest.mark.rule("R-A1")
@pytest.mark.parametrize("kind", ["employee", "councillor", "resident", "group", "council", "none"])
def test_whom_a_post_is_aimed_at_is_kept(ashfield, kind):
    ashfield.flagged("2025-03-03", target={"kind": kind})
    assert events(ashfield)[-1]["data"]["target"] == {"kind": kind}


@pytest.mark.rule("R-A1")
def test_a_target_that_is_none_of_these_is_invalid(ashfield):
    answer = ashfield.when("flag", AT, **WHOLE, target={"kind": "mayor"})
    assert answer["outcome"] == "invalid"
    assert [error["path"] for error in answer["errors"]] == ["target.kind"]


@pytest.mark.rule("R-A2")
def test_an_item_on_a_platform_that_is_no_channel_is_refused(ashfield):
    answer = ashfield.when("flag", AT, **WHOLE | {"account": MAPLE | {"platform": "tiktok"}})
    assert (answer["outcome"], rules_of(answer)) == ("refused", ["R-A2"])
    assert answer["why"] == ["tiktok is not a council channel"]
    assert answer["case"] is None


@pytest.mark.rule("R-A2")
def test_an_unregistered_channel_is_refused_for_an_item_and_for_a_block(ashfield):
    item = WHOLE["item"] | {"channel": "facebook:parks"}
    answer = ashfield.when("flag", AT, **WHOLE | {"item": item})
    assert (rules_of(answer), answer["verdict"]["missing"]) == (["R-A2"], ["item.channel"])


@pytest.mark.rule("R-A2")
def test_twitter_is_an_alias_of_x(ashfield):
    ashfield.flagged("2025-03-03", account={"platform": "twitter", "handle": "elm", "name": "E"})
    again = ashfield.when("flag", AT, **WHOLE | {"account": {"platform": "x", "handle": "@Elm"}})
    assert again["case"] == ashfield.case
    assert events(ashfield)[0]["data"]["platform"] == "x"


@pytest.mark.rule("R-A6")
def test_a_filter_may_suggest_but_nothing_happens_without_a_person(ashfield):
    ashfield.flagged("2025-03-03", source={"kind": "platform_filter"})
    assert [e["type"] for e in events(ashfield)] == ["AccountOpened", "CommentFlagged"]
    unsigned = {"command": "hide", "council": "ashfield", "case": ashfield.case, "incident": 1}
    answer = ashfield.send(unsigned)
    assert (answer["outcome"], answer["errors"][0]["path"]) == ("invalid", "actor")
    robot = ashfield.when("hide", AT, incident=1, actor="word-filter")
    assert robot["outcome"] == "forbidden"
    assert [e["type"] for e in events(ashfield)][2:] == ["RefusalRecorded"]


@pytest.mark.rule("R-A6")
def test_every_act_names_the_person_who_did_it(ashfield):
    ashfield.given("hide", "2025-03-03", incident=ashfield.upheld("2025-03-03"))
    assert {e["actor"]["kind"] for e in events(ashfield)} == {"person"}
    assert {e["actor"]["id"] for e in events(ashfield)} == {"jo.p"}


@pytest.mark.rule("R-A8")
def test_the_queue_shows_exactly_what_nobody_has_reviewed(ashfield):
    first = ashfield.flagged("2025-03-03")
    second = ashfield.flagged("2025-03-04")
    third = ashfield.flagged("2025-03-05")
    ashfield.given("dismiss", "2025-03-06", incident=first, reason="no_breach")
    ashfield.given(
        "uphold", "2025-03-06", incident=third, findings=SWEARING, viewpoint_neutral=True
    )
    [listed] = list_cases(ashfield.casework.database, CaseFilter(unreviewed=True))
    assert [waiting["incident"] for waiting in listed["unreviewed"]] == [second]
    [duty] = ashfield.duties(code="review_flag")
    assert (duty["rule"], duty["about"]) == ("R-A8", {"incident": second})


@pytest.mark.rule("R-A9")
def test_nothing_can_edit_what_a_member_of_the_public_wrote(ashfield):
    ashfield.flagged("2025-03-03")
    before = events(ashfield)
    for command in ("edit", "edit-post", "EditPost", "redact"):
        assert ashfield.when(command, AT, incident=1, text="mild")["outcome"] == "invalid"
    text = {"item": {"text": "mild words"}}
    answer = ashfield.when("complete-record", "2025-03-04", incident=1, **text)
    assert (answer["outcome"], rules_of(answer)) == ("refused", ["STATE"])
    assert events(ashfield) == before


@pytest.mark.rule("R-A9")
def test_a_correction_leaves_the_first_words_readable(ashfield):
    ashfield.flagged("2025-03-03")
    ashfield.given(
        "correct", "2025-03-04", sequence=2, field="item.text", value="typed", reason="typing error"
    )
    told = events(ashfield)
    assert told[1]["data"]["item"]["text"] == "f*** the lot of you"
    assert told[2]["data"]["was"] == "f*** the lot of you"


@pytest.mark.rule("R-A24")
@pytest.mark.parametrize(
    ("field", "document"),
    [
        ("account.name", {"account": {"platform": "facebook", "handle": "maple.heron"}}),
        (
            "account.handle",
            {"account": {"platform": "facebook", "account_id": "77", "name": "Maple"}},
        ),
        ("item.posted_at", {"item": {"kind": "comment", "text": "f*** you"}}),
        ("item.post", {"item": {"kind": "comment", "posted_at": "2025-03-03T09:00:00+00:00"}}),
        ("why", {"why": " "}),
    ],
)
def test_each_of_the_five_record_fields_is_refused_by_name(ashfield, field, document):
    answer = ashfield.when("flag", AT, **WHOLE | document)
    assert (answer["outcome"], rules_of(answer)) == ("refused", ["R-A24"])
    assert answer["verdict"]["missing"] == [field]
    assert answer["events"] == []


@pytest.mark.rule("R-A24")
@pytest.mark.parametrize("shown_by", ["text", "url", "platform_item_id"])
def test_the_post_may_be_shown_by_its_words_its_address_or_its_number(ashfield, shown_by):
    item = {"kind": "comment", "posted_at": "2025-03-03T09:00:00+00:00", shown_by: "https://a.b"}
    answer = ashfield.given("flag", AT, **WHOLE | {"item": item})
    assert (types_of(answer), codes_of(answer)) == (
        ["AccountOpened", "CommentFlagged"],
        ["review_flag"],
    )


@pytest.mark.rule("R-A24")
def test_posted_seen_and_recorded_are_three_dates_and_the_platforms_id_is_kept(ashfield):
    account = MAPLE | {"account_id": "1000123"}
    ashfield.flagged(
        "2025-03-03T09:30:00+00:00",
        account=account,
        item={"posted_at": "2025-03-01T08:00:00+00:00"},
        seen_at="2025-03-02T08:00:00+00:00",
    )
    opened, flagged = events(ashfield)
    assert opened["data"]["account_id"] == "1000123"
    assert flagged["data"]["item"]["posted_at"] == "2025-03-01T08:00:00+00:00"
    assert flagged["data"]["seen_at"] == "2025-03-02T08:00:00+00:00"
    assert flagged["occurred_at"] == "2025-03-03T09:30:00+00:00"
    assert flagged["recorded_at"] == "2026-06-01T12:00:00+00:00"


@pytest.mark.rule("R-A49")
def test_a_public_report_keeps_who_reported_apart_from_the_account(ashfield):
    source = {"kind": "public_report", "reporter": "Rita Rowan", "received_via": "direct_message"}
    ashfield.flagged("2025-03-03", source=source)
    assert events(ashfield)[-1]["data"]["source"] == source | {"already": "none"}
    views = ashfield.casework.database
    assert list_cases(views, CaseFilter(text="Rita Rowan")) == []
    assert "Rita" not in str(list_cases(views))
    assert "Rita" not in str(
        ashfield.casework.show(ashfield.casework.reading.find_case(None, ashfield.case))
    )
