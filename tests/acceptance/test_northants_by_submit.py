"""North Northamptonshire through `casebook submit`: asked first, told first, and no appeal."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.acceptance.submitting import Council, outcome, owed, rules

BLOCK = {
    "incidents": [1],
    "scope": "access",
    "channels": ["facebook"],
    "reason": "not taken down",
    "proportionality": {"aim": "protect staff", "less_intrusive": "asking did not help"},
}
APPLIED = {"block": 1, "channel": "facebook", "result": "applied"}


def asked(council: Council, at: str, via: str) -> None:
    answer = council.one("ask-removal", at, incident=1, via=via, delivery="sent")
    assert answer["outcome"] == "accepted"


def upheld(council: Council, **marks: object) -> None:
    council.flag("2024-02-05T10:00:00+00:00")
    council.one("capture", "2024-02-05T10:01:00+00:00", incident=1, held_at="S:/1.png")
    assert council.uphold("2024-02-05T10:02:00+00:00", 1, **marks)["outcome"] == "accepted"


@pytest.mark.slow
def test_asked_both_ways_then_blocked_then_told_then_applied(tmp_path: Path) -> None:
    council = Council(tmp_path, "north-northamptonshire")
    upheld(council)
    asked(council, "2024-02-05T11:00:00+00:00", "public_reply")
    block = {"ground": "non_compliance", **BLOCK}
    half = council.one("block", "2024-02-07T10:00:00+00:00", **block)
    assert half["outcome"] == "refused"
    assert any("direct message missing" in why for why in half["why"])
    asked(council, "2024-02-07T11:00:00+00:00", "direct_message")
    too_soon = council.one("block", "2024-02-08T10:00:00+00:00", **block)
    assert too_soon["verdict"]["allowed_from"] == "2024-02-08T17:00:00+00:00"
    assert council.one("block", "2024-02-08T17:00:00+00:00", **block)["outcome"] == "accepted"
    untold = council.one("apply-block", "2024-02-08T17:05:00+00:00", **APPLIED)
    assert untold["outcome"] == "refused"
    assert "R-N22" in rules(untold)
    bounced = {"block": 1, "via": "direct_message", "delivery": "failed", "failure": "bounced"}
    told = council.one("notify-block", "2024-02-08T17:06:00+00:00", **bounced)
    assert told["outcome"] == "accepted"
    applied = council.one("apply-block", "2024-02-08T17:07:00+00:00", **APPLIED)
    assert applied["outcome"] == "accepted"
    history = council.json("audit", "facebook/maple.heron")["events"]
    [notice] = [event for event in history if event["type"] == "BlockNoticeGiven"]
    assert notice["data"]["failure"] == "bounced"


@pytest.mark.slow
def test_explicit_content_is_deleted_and_blocked_at_once(tmp_path: Path) -> None:
    council = Council(tmp_path, "north-northamptonshire")
    upheld(council, explicit=True, findings=[{"category": "obscene", "sub_reason": "sexual"}])
    block = council.one("block", "2024-02-05T10:10:00+00:00", ground="explicit", **BLOCK)
    assert block["outcome"] == "accepted"
    assert "notify_block" in owed(block)
    council.one("hide", "2024-02-05T10:11:00+00:00", incident=1)
    assert "remove_content" in [duty["code"] for duty in council.json("duties")]
    council.one("delete", "2024-02-05T10:12:00+00:00", incident=1)
    assert "remove_content" not in [duty["code"] for duty in council.json("duties")]


@pytest.mark.slow
def test_an_appeal_is_refused_by_the_clause_that_knows_none(tmp_path: Path) -> None:
    council = Council(tmp_path, "north-northamptonshire")
    upheld(council, explicit=True)
    council.one("block", "2024-02-05T10:10:00+00:00", ground="explicit", **BLOCK)
    appellant = {"kind": "owner", "checked": "profile code"}
    appeal = {"block": 1, "received_on": "2025-02-06", "via": "email", "appellant": appellant}
    answer = council.one("file-appeal", "2025-02-06T10:00:00+00:00", **appeal)
    assert outcome(answer) == "refused SILENT-APPEALS"
    assert [way["command"] for way in answer["verdict"]["instead"]] == ["complain", "reverse-block"]
