"""What a policy may say of appeals, each word over dates: the answer and the view agree."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.rules.ashfield.histories import appeal, blocked, events
from tests.rules.test_policy_files import SHIPPED
from tests.scenarios import Scenario, codes_of, rules_of, types_of

BLOCK = "2024-01-31"
ANY_TIME = "any_time = true"


def with_appeals(council: Scenario, folder: Path, *lines: str) -> None:
    """A block of 31 January 2024, decided by jo.p under a policy whose [appeals] says this."""
    said = "\n".join(('[appeals]\nrules = ["R-A27"]', 'early = ["D-4"]', *lines))
    text = SHIPPED.read_text(encoding="utf-8").replace('"undated"', '"v2"')
    text = re.sub(r"\[appeals\].*?(?=\n\[complaints\])", lambda _: said + "\n", text, flags=re.S)
    file = folder / "v2.toml"
    file.write_text(text, encoding="utf-8")
    adopted = {"file": str(file), "from": "2013-01-01", "decision": "Cabinet"}
    council.given("adopt-policy", "2013-01-01", **adopted, actor="admin")
    blocked(council, f"{BLOCK}T10:00:00+00:00")


def filed(council: Scenario, day: str, **fields: Any) -> dict[str, Any]:
    return council.when("file-appeal", f"{day}T12:00:00+00:00", **appeal(day, **fields))


def shown(council: Scenario, day: str) -> dict[str, Any]:
    [row] = council.appeals(day)
    return row


def texts(row: dict[str, Any]) -> list[str]:
    return [reason["text"] for reason in row["because"]]


@pytest.mark.parametrize("day", [BLOCK, "2024-02-01", "2026-05-31"])
def test_at_any_time_is_from_the_day_of_the_block(ashfield, tmp_path, day):
    with_appeals(ashfield, tmp_path, ANY_TIME)
    row = shown(ashfield, day)
    assert (row["eligible"], row["eligible_from"], row["eligible_until"]) == (True, BLOCK, None)
    assert f"Open since {BLOCK}" in texts(row)
    assert types_of(filed(ashfield, day)) == ["AppealFiled"]


def test_where_no_clock_is_set_the_appeal_carries_none(ashfield, tmp_path):
    with_appeals(ashfield, tmp_path, ANY_TIME)
    filed(ashfield, BLOCK)
    assert not {"acknowledge_by", "decide_by"} & events(ashfield)[-1]["data"].keys()
    assert shown(ashfield, BLOCK)["appeals"][0]["decide_by"] is None


@pytest.mark.parametrize(
    ("within", "last"),
    [(1, "2024-02-29"), (3, "2024-04-30"), (12, "2025-01-31"), (13, "2025-02-28")],
)
def test_within_so_many_months_closes_after_the_corresponding_date(
    ashfield, tmp_path, within, last
):
    with_appeals(ashfield, tmp_path, ANY_TIME, f"within_months = {within}")
    after = (date.fromisoformat(last) + timedelta(days=1)).isoformat()
    open_, closed = shown(ashfield, last), shown(ashfield, after)
    assert (open_["eligible"], closed["eligible"]) == (True, False)
    assert open_["eligible_until"] == closed["eligible_until"] == last
    assert f"Closed after {last}" in texts(closed)
    late = filed(ashfield, after)
    assert (late["outcome"], rules_of(late)) == ("refused", ["R-A27"])
    assert late["why"] == [f"it could be made until {last}"]
    assert [way["command"] for way in late["verdict"]["instead"]] == ["complain", "reverse-block"]
    assert types_of(filed(ashfield, last)) == ["AppealFiled"]


def test_after_some_months_and_within_others_it_is_open_between(ashfield, tmp_path):
    lines = ("after_months = 1", 'opens = "day_after"', "within_months = 2")
    with_appeals(ashfield, tmp_path, *lines)
    days = ("2024-02-29", "2024-03-01", "2024-03-31", "2024-04-01")
    assert [shown(ashfield, day)["eligible"] for day in days] == [False, True, True, False]
    outcomes = [(types_of(answer) or answer["outcome"]) for answer in map_filed(ashfield, days)]
    assert outcomes == [["AppealReceivedEarly"], ["AppealFiled"], ["AppealFiled"], "refused"]


def map_filed(council: Scenario, days: tuple[str, ...]) -> list[dict[str, Any]]:
    return [filed(council, day) for day in days]


def test_for_error_only(ashfield, tmp_path):
    with_appeals(ashfield, tmp_path, ANY_TIME, 'because = ["error"]')
    assert "It is heard for error only" in texts(shown(ashfield, BLOCK))
    for said in ({}, {"because": "unfair"}):
        refused = filed(ashfield, "2024-02-01", **said)
        assert (refused["outcome"], rules_of(refused)) == ("refused", ["R-A27"])
        assert refused["verdict"]["missing"] == ["because"]
        assert "heard for error only" in refused["why"][0]
    assert filed(ashfield, "2024-02-01", because="error")["outcome"] == "accepted"
    assert events(ashfield)[-1]["data"]["because"] == "error"
    assert "because of error" in events(ashfield)[-1]["words"]
    steps = ashfield.casework.show(ashfield.casework.reading.find_case(None, ashfield.case))["next"]
    assert "file-appeal" in [step["command"] for step in steps]


def test_how_often_counts_from_the_day_the_last_one_came(ashfield, tmp_path):
    with_appeals(ashfield, tmp_path, ANY_TIME, "every_months = 6")
    filed(ashfield, "2024-02-29")
    opens = "2024-08-29"
    row = shown(ashfield, "2024-03-01")
    assert (row["eligible"], row["eligible_from"]) == (False, opens)
    assert "Another may come 6 months after the last" in texts(row)
    early = filed(ashfield, "2024-08-28")
    assert types_of(early) == ["AppealReceivedEarly"]
    assert early["verdict"]["allowed_from"] == opens
    assert shown(ashfield, opens)["eligible"] is True
    assert types_of(filed(ashfield, opens)) == ["AppealFiled"]


def test_one_taken_back_does_not_count(ashfield, tmp_path):
    with_appeals(ashfield, tmp_path, ANY_TIME, "every_months = 6")
    filed(ashfield, "2024-02-29")
    ashfield.given("withdraw-appeal", "2024-03-01", appeal=1)
    assert shown(ashfield, "2024-03-02")["eligible_from"] == BLOCK
    assert types_of(filed(ashfield, "2024-03-02")) == ["AppealFiled"]


def test_what_would_open_again_only_after_it_closed_is_closed(ashfield, tmp_path):
    with_appeals(ashfield, tmp_path, ANY_TIME, "every_months = 6", "within_months = 3")
    filed(ashfield, "2024-02-01")
    assert shown(ashfield, "2024-02-02")["eligible"] is False
    assert filed(ashfield, "2024-02-02")["outcome"] == "refused"


@pytest.mark.parametrize(("by", "outcome"), [("owner", "refused"), ("anyone", "accepted")])
def test_by_whom(ashfield, tmp_path, by, outcome):
    with_appeals(ashfield, tmp_path, ANY_TIME, f'by = "{by}"')
    neighbour = {"kind": "other", "checked": "gave their name"}
    answer = filed(ashfield, "2024-02-01", appellant=neighbour)
    assert answer["outcome"] == outcome
    if outcome == "refused":
        assert answer["verdict"]["missing"] == ["appellant.kind"]
    told = "Anybody may appeal, not the owner of the account alone"
    assert (told in texts(shown(ashfield, BLOCK))) == (by == "anyone")


def test_asking_to_be_let_back_is_told_as_such(ashfield, tmp_path):
    lines = ('kind = "readmission"', "after_months = 6", 'opens = "on"')
    with_appeals(ashfield, tmp_path, *lines)
    assert "It asks to be let back" in " ".join(texts(shown(ashfield, "2024-07-31")))
    answer = filed(ashfield, "2024-07-31")
    assert "decide_appeal" in codes_of(answer)
    assert events(ashfield)[-1]["data"]["kind"] == "readmission"
    assert "Appeal 1 to be let back after block 1" in events(ashfield)[-1]["words"]


@pytest.mark.rule("D-21")
def test_a_right_of_the_older_version_outlives_one_that_knows_no_appeal(ashfield, tmp_path):
    with_appeals(ashfield, tmp_path, ANY_TIME, "acknowledge_working_days = 5")
    text = (tmp_path / "v2.toml").read_text(encoding="utf-8").replace('"v2"', '"v3"')
    silence = 'SILENT-APPEALS = { about = "appeals", text = "None", follows = "refused" }\n'
    text = text.replace("[silences]\n", "[silences]\n" + silence)
    text = re.sub(r"\[appeals\].*?(?=\n\[complaints\])", "", text, flags=re.S)
    (tmp_path / "v3.toml").write_text(text, encoding="utf-8")
    adopted = {"file": str(tmp_path / "v3.toml"), "from": "2024-03-01", "decision": "Cabinet"}
    ashfield.given("adopt-policy", "2024-02-20", **adopted, actor="admin")
    row = shown(ashfield, "2024-03-02")
    assert (row["eligible"], row["because"][0]["rule"]) == (True, "R-A27")
    answer = filed(ashfield, "2024-03-02")
    assert (types_of(answer), rules_of(answer)) == (["AppealFiled"], ["R-A27"])
    assert answer["verdict"]["rules"][0]["version"] == "v2"
    assert events(ashfield)[-1]["data"]["acknowledge_by"] == "2024-03-08"
    ashfield.given("acknowledge-appeal", "2024-03-03", appeal=1)
