"""Ashfield through `casebook submit`: from the first swearing post to a reversal."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.acceptance.submitting import MAPLE, Council, outcome, owed, rules

BLOCK = {
    "ground": "continues",
    "scope": "interacting",
    "channels": "all",
    "reason": "it goes on",
    "proportionality": {"aim": "protect staff", "less_intrusive": "hiding did not help"},
}
APPEAL = {"block": 1, "via": "email", "appellant": {"kind": "owner", "checked": "profile code"}}
REVERSAL = {"block": 1, "because": "appeal", "appeal": 2, "reasons": "a quiet year"}


@pytest.mark.slow
@pytest.mark.rule("R-A24")
@pytest.mark.parametrize("field", ["account.name", "account.handle", "posted_at", "text", "why"])
def test_each_record_field_left_out_is_refused_by_name(tmp_path: Path, field: str) -> None:
    council = Council(tmp_path, "ashfield")
    at = "2023-03-01T10:00:00+00:00"
    item = {"kind": "comment", "posted_at": at, "text": "you **** useless lot"}
    account = MAPLE | {"account_id": "1001"}
    fields = {"item": item, "account": account, "why": "swearing"}
    if field.startswith("account."):
        del account[field.removeprefix("account.")]
    elif field == "why":
        fields["why"] = " "
    else:
        del item[field]
    answer = council.flag(at, **fields)
    named = {"posted_at": "item.posted_at", "text": "item.post"}.get(field, field)
    assert outcome(answer) == "refused R-A24"
    assert answer["verdict"]["missing"] == [named]
    assert council.json("cases") == []


@pytest.mark.slow
def test_the_whole_way_of_a_block(tmp_path: Path) -> None:
    council = Council(tmp_path, "ashfield")
    council.flag("2023-03-01T10:00:00+00:00")
    early = council.one("hide", "2023-03-01T10:01:00+00:00", incident=1)
    assert {"R-A10", "R-A23", "R-A25"} <= rules(early)
    assert council.uphold("2023-03-01T10:02:00+00:00", 1)["outcome"] == "accepted"
    uncaptured = council.one("hide", "2023-03-01T10:03:00+00:00", incident=1)
    assert outcome(uncaptured) == "refused R-A23 R-A25"
    captured = {"incident": 1, "held_at": "S:/1.png"}
    assert council.one("capture", "2023-03-01T10:04:00+00:00", **captured)["outcome"] == "accepted"
    assert council.one("hide", "2023-03-01T10:05:00+00:00", incident=1)["outcome"] == "accepted"
    first = council.one("block", "2023-03-01T10:06:00+00:00", incidents=[1], **BLOCK)
    assert outcome(first) == "refused R-A26"

    council.flag("2023-03-20T10:00:00+00:00")
    council.one("capture", "2023-03-20T10:01:00+00:00", incident=2, held_at="S:/2.png")
    council.uphold("2023-03-20T10:02:00+00:00", 2)
    council.one("hide", "2023-03-20T10:03:00+00:00", incident=2)
    block = council.one("block", "2023-03-23T10:00:00+00:00", incidents=[1, 2], **BLOCK)
    assert block["outcome"] == "accepted"
    assert owed(block)["tell_service_director"] == "2023-03-24T17:00:00+00:00"

    told = council.one(
        "notify-block", "2023-03-23T11:00:00+00:00", block=1, via="email", delivery="sent"
    )
    assert outcome(told) == "refused R-A51"
    assert [event["type"] for event in told["events"]] == ["RefusalRecorded"]

    before = council.one(
        "file-appeal", "2024-03-22T12:00:00+00:00", received_on="2024-03-22", **APPEAL
    )
    assert [event["type"] for event in before["events"]] == ["AppealReceivedEarly"]
    assert before["verdict"]["allowed_from"] == "2024-03-23"
    assert [way["command"] for way in before["verdict"]["instead"]] == ["complain"]
    on_the_day = council.one(
        "file-appeal", "2024-03-23T12:00:00+00:00", received_on="2024-03-23", **APPEAL
    )
    assert [event["type"] for event in on_the_day["events"]] == ["AppealFiled"]
    assert owed(on_the_day) == {
        "acknowledge_appeal": "2024-04-02T16:00:00+00:00",
        "decide_appeal": "2024-04-23T16:00:00+00:00",
    }
    _reversed_by_two(council)


def _reversed_by_two(council: Council) -> None:
    at = "2024-04-10T10:00:00+00:00"
    alone = council.one("reverse-block", at, actor="pat.o", **REVERSAL)
    assert outcome(alone) == "refused R-A28"
    council.one(
        "end-appointment",
        actor="admin",
        staff="mia.m",
        role="communications_manager",
        until="2024-04-09",
    )
    ended = council.one("agree-reversal", at, actor="mia.m", **REVERSAL)
    assert outcome(ended) == "forbidden R-A28"
    appointment = {"staff": "ann.m", "role": "communications_manager", "from": "2024-04-10"}
    council.one("appoint", actor="admin", **appointment)
    agreed = council.one("agree-reversal", at, actor="ann.m", **REVERSAL)
    assert agreed["outcome"] == "accepted"
    both = council.one("reverse-block", at, actor="ann.m", **REVERSAL)
    assert both["outcome"] == "refused"
    assert "R-A28" in rules(both)
    reversed_ = council.one("reverse-block", at, actor="pat.o", **REVERSAL)
    assert [event["type"] for event in reversed_["events"]] == ["BlockReversed"]
