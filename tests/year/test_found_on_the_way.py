"""Ways into a dead end that a played year came upon, each walked out of again."""

from pathlib import Path

import pytest

from tests.scenarios import MAPLE, Scenario, scenario


@pytest.fixture
def ashfield(tmp_path: Path):
    with scenario(tmp_path / "register", "ashfield") as made:
        yield made


@pytest.mark.rule("R-A24")
def test_a_name_told_for_one_incident_lets_the_record_of_another_be_completed(ashfield: Scenario):
    nameless = {key: MAPLE[key] for key in ("platform", "handle")}
    reported = {"account": nameless, "source": {"kind": "public_report"}}
    ashfield.flagged("2025-03-03T09:00:00+00:00", **reported)
    ashfield.flagged("2025-03-03T10:00:00+00:00", **reported)
    ashfield.given("complete-record", "2025-03-04", incident=1, account=MAPLE)
    assert [d["about"] for d in ashfield.duties(code="complete_record")] == [{"incident": 2}]
    ashfield.given("complete-record", "2025-03-05", incident=2, account=MAPLE)
    assert ashfield.duties(code="complete_record") == []
    again = ashfield.when("complete-record", "2025-03-06", incident=2, account=MAPLE)
    assert again["outcome"] == "invalid"


def test_a_mark_that_a_policy_lacks_is_refused_on_what_was_upheld_before(tmp_path: Path):
    with scenario(tmp_path / "register", "north-northamptonshire") as made:
        number = made.upheld("2025-03-03")
        fields = {"findings": [{"category": "obscene"}], "viewpoint_neutral": True}
        extreme = {"extreme": {"reason": "names a child"}, "actor": "pat.o"}
        answer = made.when("uphold", "2025-03-04", incident=number, **fields, **extreme)
        assert answer["outcome"] == "refused"


def test_an_appointment_counts_for_the_next_line_of_the_same_group(ashfield: Scenario):
    lines = [
        b'{"command":"appoint","council":"ashfield","actor":"admin","staff":"new.o",'
        b'"role":"officer","from":"2020-01-01"}',
        b'{"command":"flag","council":"ashfield","actor":"new.o","account":{"platform":"x",'
        b'"handle":"heron","name":"Heron"},"item":{"kind":"comment","text":"f***",'
        b'"posted_at":"2026-05-01T10:00:00+00:00"},"source":{"kind":"officer"},"why":"abuse"}',
    ]
    answers = ashfield.casework.handle_lines(lines)
    assert [answer["outcome"] for answer in answers] == ["accepted", "accepted"]


@pytest.mark.rule("D-5")
def test_a_second_appeal_is_taken_while_the_first_is_open_and_a_reversal_upholds_both(
    ashfield: Scenario,
):
    for day in ("2024-01-08", "2024-01-09"):
        number = ashfield.upheld(day)
        ashfield.given("hide", f"{day}T11:00:00+00:00", incident=number)
    weighed = {"aim": "protect", "less_intrusive": "no"}
    ashfield.given(
        "block", "2024-01-10", ground="continues", incidents=[1, 2], scope="interacting",
        channels="all", reason="again", proportionality=weighed,
    )  # fmt: skip
    owner = {"appellant": {"kind": "owner", "checked": "code"}, "via": "letter", "block": 1}
    for day in ("2025-02-03", "2025-02-04"):
        ashfield.given("file-appeal", day, received_on=day, **owner)
    because = {"block": 1, "because": "appeal", "appeal": 1, "reasons": "a year"}
    ashfield.given("agree-reversal", "2025-02-05", actor="mia.m", **because)
    ashfield.given("reverse-block", "2025-02-06", actor="pat.o", **because)
    [row] = ashfield.appeals("2025-02-07")
    assert [appeal["status"] for appeal in row["appeals"]] == ["upheld", "upheld"]
    assert ashfield.duties(code="decide_appeal") == []
