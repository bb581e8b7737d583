"""A past verdict asked again is what it was, whatever came later; else what differs is told."""

from __future__ import annotations

from typing import Any

import orjson
import pytest

from services.faults import NotFound
from tests import modes
from tests.importing.registers import as_csv, kept, row
from tests.replay.again import asked_again, case_of, cases
from tests.replay.steps import adopt_second_version, blocked, recorded_on
from tests.scenarios import PROPORTIONATE, Scenario


def why(scenario: Scenario, sequence: int) -> Any:
    return scenario.casework.replay.why(case_of(scenario), sequence)


def altered(scenario: Scenario, sequence: int, **changes: Any) -> None:
    """Change an event behind the register's back."""
    query = "SELECT body FROM events WHERE stream = ? AND sequence = ?"
    place = (case_of(scenario).stream.bytes, sequence)
    body = orjson.loads(scenario.casework.database.query(query, place)[0][0]) | changes
    with scenario.casework.database.writing():
        sql = "UPDATE events SET body = ? WHERE stream = ? AND sequence = ?"
        scenario.casework.database.execute(sql, (orjson.dumps(body), *place))
    modes.altered(scenario.where)


@pytest.mark.rule("D-21")
def test_what_is_adopted_and_who_is_appointed_later_changes_no_past_verdict(
    ashfield: Scenario, tmp_path
) -> None:
    blocked(ashfield)
    ended = {"staff": "jo.p", "role": "officer", "until": "2026-01-01"}
    ashfield.given("end-appointment", **ended, actor="admin")
    adopt_second_version(ashfield, tmp_path, start="2026-01-01")
    refused = ashfield.when("note", "2026-03-07", text="again")
    assert refused["outcome"] == "forbidden"
    found = asked_again(ashfield.casework)
    assert [told["same"] for told in found] == [True] * len(found)
    block = next(told for told in found if told["events"][0]["type"] == "Blocked")
    assert block["recorded"] == block["again"]
    assert [rule["rule"] for rule in block["rules"]] == ["R-A26", "R-A30"]
    assert block["again"]["duties"][0]["code"] == "tell_service_director"


def test_a_command_of_several_events_gives_its_verdict_once(ashfield: Scenario) -> None:
    ashfield.flagged("2026-03-05")
    opened, flagged = why(ashfield, 1), why(ashfield, 2)
    assert opened == flagged
    assert [event["type"] for event in opened["events"]] == ["AccountOpened", "CommentFlagged"]
    assert opened["asked"]["command"] == "flag"


def test_a_late_entry_is_asked_again_with_what_was_recorded_before_it(ashfield: Scenario) -> None:
    blocked(ashfield)
    ashfield.given("note", "2026-03-05T10:30:00+00:00", text="seen by two of us")
    found = why(ashfield, 11)
    assert (found["events"][0]["type"], found["same"]) == ("NoteAdded", True)


def test_a_recorded_refusal_is_refused_again_under_the_same_rules(ashfield: Scenario) -> None:
    blocked(ashfield)
    ashfield.when("notify-block", "2026-03-09", block=1, via="email", delivery="sent")
    found = why(ashfield, 11)
    assert found["recorded"]["outcome"] == found["again"]["outcome"] == "refused"
    assert [rule["rule"] for rule in found["rules"]] == ["R-A51"]
    assert found["same"] is True


def test_of_a_refusal_the_words_are_not_kept_but_that_there_were_some(ashfield: Scenario) -> None:
    blocked(ashfield)
    ashfield.when(
        "reverse-block",
        "2026-03-09",
        block=1,
        because="error",
        reasons="a secret of the family's",
        actor="aud.i",
    )
    found = why(ashfield, 11)
    assert found["asked"]["words_left_out"] == ["reasons"]
    assert (found["recorded"]["outcome"], found["same"]) == ("forbidden", True)


def test_what_was_done_already_is_irregular_again(ashfield: Scenario) -> None:
    ashfield.upheld("2026-03-05")
    ashfield.given(
        "block",
        "2026-03-06",
        ground="continues",
        incidents=[1],
        scope="interacting",
        channels="all",
        reason="done in the night",
        proportionality=PROPORTIONATE,
        already_done={"reason": "done by the out of hours team"},
        actor="mia.m",
    )
    found = why(ashfield, 5)
    assert found["recorded"]["irregular"]
    assert found["same"] is True


@pytest.mark.parametrize(
    ("changed", "what"),
    [
        ({"rules": ["R-A5"]}, "rules"),
        ({"duties": []}, "duties"),
        ({"irregular": [{"rule": "R-A4", "what": "made up"}]}, "irregular"),
        ({"discharges": []}, "discharges"),
    ],
)
def test_a_record_that_says_otherwise_is_reported(tmp_path, changed, what) -> None:
    made = Scenario(tmp_path / "register", "ashfield")
    made.upheld("2026-03-05")
    altered(made, 4, **changed)
    found = why(made, 4)
    made.casework.close()
    assert found["same"] is False
    assert what in [each["what"] for each in found["differs"]]


def test_a_role_that_was_not_held_is_reported(tmp_path) -> None:
    made = Scenario(tmp_path / "register", "ashfield")
    made.upheld("2026-03-05")
    altered(made, 4, actor={"id": "nobody", "role": "officer", "kind": "person"})
    found = why(made, 4)
    made.casework.close()
    assert (found["same"], found["again"]["outcome"]) == (False, "forbidden")
    assert found["why"] == ["nobody holds no role that may uphold on 2026-03-05"]


def test_a_refusal_recorded_before_what_was_asked_was_kept_can_not_be_asked(tmp_path) -> None:
    made = Scenario(tmp_path / "register", "ashfield")
    made.flagged("2026-03-05")
    made.when("note", "2026-03-06", text="x", actor="aud.i")
    altered(made, 3, data={"command": "note", "outcome": "forbidden"})
    found = why(made, 3)
    made.casework.close()
    assert (found["same"], found["asked"]) == (None, None)
    assert "does not hold what was asked" in found["because"]


def test_a_refusal_too_long_to_be_kept_is_recorded_all_the_same(ashfield: Scenario) -> None:
    ashfield.flagged("2026-03-05")
    asked = {"incidents": list(range(1, 30_000)), "reason": "none", "actor": "aud.i"}
    assert ashfield.when("not-referred", "2026-03-06", **asked)["outcome"] == "forbidden"
    found = why(ashfield, 3)
    assert (found["events"][0]["type"], found["same"]) == ("RefusalRecorded", None)


def test_a_link_is_asked_again_from_either_case(ashfield: Scenario) -> None:
    oak = {"platform": "facebook", "handle": "oak.owl", "name": "Oak Owl"}
    ashfield.flagged("2026-03-05", oak)
    other = ashfield.case
    ashfield.flagged("2026-03-05")
    said = {"kind": "same_account", "reason": "its own words", "evidence": "a screenshot"}
    ashfield.given("link-accounts", "2026-03-06", other=other, **said)
    assert why(ashfield, 3)["same"] is True
    ashfield.case = other
    assert why(ashfield, 3)["same"] is True


def test_a_handle_taken_later_does_not_stand_against_a_change_of_handle(ashfield) -> None:
    ashfield.flagged("2026-03-05")
    maple = ashfield.case
    ashfield.given("change-handle", "2026-03-06", handle="oak.owl")
    ashfield.given("change-handle", "2026-03-07", handle="elm.eel")
    with recorded_on(ashfield, "2026-06-02T12:00:00+00:00"):
        oak = {"platform": "facebook", "handle": "oak.owl", "name": "Oak", "new_account": True}
        ashfield.flagged("2026-06-02", oak)
    ashfield.case = maple
    assert [why(ashfield, sequence)["same"] for sequence in (3, 4)] == [True, True]


def test_nobody_was_asked_about_what_an_import_brought_along(tmp_path) -> None:
    with kept(tmp_path / "register", "ashfield") as register:
        file = as_csv(tmp_path / "old.csv", [row()])
        register.bring(file)
        [case] = cases(register.casework)
        found = register.casework.replay.why(case, 4)
    assert (found["same"], found["asked"]) == (None, None)
    assert "brought along by an import" in found["because"]


def test_an_event_that_is_not_there(ashfield: Scenario) -> None:
    ashfield.flagged("2026-03-05")
    with pytest.raises(NotFound, match="has the events 1 to 2, none of number 3"):
        why(ashfield, 3)
