"""The same commands to both councils, and the opposite answers: asking, blocking, undoing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.rules.both import BLOCK, DAY, Both, both_councils
from tests.scenarios import SWEARING, codes_of, rules_of

NOTICE = {"block": 1, "via": "direct_message", "delivery": "sent"}
IN_ERROR = {"block": 1, "because": "error", "reasons": "the account was hacked"}
OWNER = {"via": "email", "appellant": {"kind": "owner", "checked": "a code on the profile"}}


@pytest.fixture
def both(tmp_path: Path) -> Iterator[Both]:
    with both_councils(tmp_path) as made:
        yield made


@pytest.mark.rule("R-A51", "R-N22")
def test_telling_the_person_is_forbidden_at_one_and_owed_at_the_other(both: Both) -> None:
    both.blocked()
    assert both.ashfield.duties(code="notify_block") == []
    assert [duty["rule"] for duty in both.northants.duties(code="notify_block")] == ["R-N22"]
    ashfield, northants = both.told("notify-block", **NOTICE)
    assert (ashfield["outcome"], rules_of(ashfield)) == ("refused", ["R-A51"])
    assert [event["type"] for event in ashfield["events"]] == ["RefusalRecorded"]
    assert (northants["outcome"], rules_of(northants)) == ("accepted", ["R-N22", "D-13"])


@pytest.mark.rule("R-A51", "R-N22", "D-13")
def test_a_silent_block_is_the_rule_at_one_and_refused_at_the_other(both: Both) -> None:
    both.blocked()
    told = {"block": 1, "channel": "facebook", "result": "applied"}
    assert both.outcomes("apply-block", **told) == ("accepted", "refused")


@pytest.mark.rule("R-A52", "R-N22")
def test_reasons_in_public_are_forbidden_at_one_only(both: Both) -> None:
    both.blocked()
    reasons = {"block": 1, "via": "public_reply", "delivery": "sent", "states": ["reason"]}
    assert both.outcomes("notify-block", **reasons) == ("refused", "accepted")


@pytest.mark.rule("R-N20")
def test_asking_first_is_unknown_at_one_and_owed_at_the_other(both: Both) -> None:
    ashfield, northants = both.judged(*SWEARING)
    asking = {"ask_removal_public", "ask_removal_direct"}
    assert asking.isdisjoint(codes_of(ashfield))
    assert asking <= set(codes_of(northants))
    ask = {"incident": 1, "via": "public_reply", "delivery": "sent"}
    assert both.outcomes("ask-removal", **ask) == ("refused", "accepted")


@pytest.mark.rule("R-A26", "R-N21", "R-N25", "R-N32")
@pytest.mark.parametrize(
    ("ground", "scope", "rules"),
    [
        ("continues", "interacting", (["R-A26"], ["SILENT-BLOCK-GROUND"])),
        ("extreme", "interacting", (["R-A26", "D-8"], ["SILENT-BLOCK-GROUND"])),
        ("explicit", "access", (["SILENT-BLOCK-GROUND"], ["R-N25"])),
        ("non_compliance", "access", (["SILENT-BLOCK-GROUND"], ["R-N20"])),
        ("persistent", "commenting", (["SILENT-BLOCK-GROUND"], ["R-N32", "D-20"])),
    ],
)
def test_each_has_its_own_grounds_for_a_block(
    both: Both, ground: str, scope: str, rules: tuple[list[str], list[str]]
) -> None:
    both.judged(*SWEARING, **({"explicit": True} if ground == "explicit" else {}))
    block = {"ground": ground, "incidents": [1], "scope": scope, **BLOCK, "actor": "mia.m"}
    answers = both.told("block", **block)
    for answer, wanted in zip(answers, rules, strict=True):
        assert set(wanted) <= set(rules_of(answer))
        foreign = wanted == ["SILENT-BLOCK-GROUND"]
        assert not foreign or answer["outcome"] == "refused"
    assert answers[1]["outcome"] == ("accepted" if ground == "explicit" else "refused")


@pytest.mark.rule("R-A23", "R-A26", "R-N21")
def test_who_did_it_again_is_blocked_at_one_and_asked_first_at_the_other(both: Both) -> None:
    for _ in range(2):
        both.judged(*SWEARING)
    for incident in (1, 2):
        both.told("hide", incident=incident)
    again = {"incidents": [1, 2], **BLOCK}
    mine = both.ashfield.when("block", DAY, ground="continues", scope="interacting", **again)
    theirs = both.northants.when("block", DAY, ground="non_compliance", scope="access", **again)
    assert (mine["outcome"], theirs["outcome"]) == ("accepted", "refused")


@pytest.mark.rule("R-A24")
def test_a_record_has_five_fields_at_one_and_none_at_the_other(both: Both) -> None:
    bare: dict[str, Any] = {"platform": "facebook", "handle": "oak.leaf"}
    flag = {"account": bare, "item": {"kind": "comment"}, "source": {"kind": "officer"}}
    ashfield, northants = both.told("flag", **flag)
    assert (ashfield["outcome"], rules_of(ashfield)) == ("refused", ["R-A24"])
    lacking = ["account.name", "item.posted_at", "item.post", "why"]
    assert ashfield["verdict"]["missing"] == lacking
    assert northants["outcome"] == "accepted"


@pytest.mark.rule("R-A31")
def test_a_director_is_told_at_one_only(both: Both) -> None:
    both.blocked()
    codes = [{duty["code"] for duty in council.duties()} for council in both]
    assert "tell_service_director" in codes[0]
    assert "tell_service_director" not in codes[1]


@pytest.mark.rule("R-A27", "R-A28", "D-27")
def test_appeal_and_agreement_exist_at_one_only(both: Both) -> None:
    both.blocked()
    appeal = {"block": 1, "received_on": DAY, **OWNER}
    assert both.outcomes("file-appeal", **appeal) == ("accepted", "refused")
    rows = [council.appeals("2027-03-02")[0] for council in both]
    assert [row["eligible"] for row in rows] == [True, None]
    assert [row["agreement_needed"] for row in rows] == [["communications_manager"], []]
    assert both.outcomes("reverse-block", **IN_ERROR, actor="ola.o") == ("refused", "accepted")


@pytest.mark.rule("R-A53")
def test_a_complaint_about_a_block_is_open_at_both_under_its_own_rule(both: Both) -> None:
    both.blocked()
    complaint = {"received_on": DAY, "via": "email", "about": "the block", "block": 1}
    answers = both.told("complain", **complaint)
    assert [rules_of(answer) for answer in answers] == [["R-A53"], ["LAW-19"]]


@pytest.mark.rule("R-A12", "R-A25", "R-N19", "R-N25")
def test_removal_is_owed_at_one_and_a_choice_at_the_other_unless_explicit(both: Both) -> None:
    plain = [codes_of(answer) for answer in both.judged(*SWEARING)]
    assert ["remove_content" in codes for codes in plain] == [True, False]
    explicit = [codes_of(answer) for answer in both.judged(*SWEARING, explicit=True)]
    assert ["remove_content" in codes for codes in explicit] == [True, True]
    assert ["block_account" in codes for codes in explicit] == [False, True]
    both.told("hide", incident=2)
    owed = [council.duties(code="remove_content") for council in both]
    left = [[duty for duty in duties if duty["about"]["incident"] == 2] for duties in owed]
    assert [len(duties) for duties in left] == [0, 1]
