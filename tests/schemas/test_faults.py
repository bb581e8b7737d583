"""A document that is wrong is told everything that is wrong with it, at once and in words."""

import copy
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import schemas
from schemas.explaining import every_fault

HIDE = {"command": "hide", "council": "ashfield", "actor": "jo.p", "case": "ASH-7KQ2-M9XA"}


def faults(document: dict[str, Any]) -> dict[str, tuple[str, str]]:
    with pytest.raises(schemas.InvalidDocument) as raised:
        schemas.check_command(document)
    return {fault.path: (fault.problem, fault.wanted) for fault in raised.value.faults}


def test_every_fault_is_listed_at_once() -> None:
    found = faults(
        {
            "command": "flag",
            "council": "",
            "actor": 3,
            "account": {"platform": "FB"},
            "item": {"kind": "tweet", "posted_at": "2025-03-03", "colour": "red"},
            "source": {},
            "linked_incidents": [1, 0],
        }
    )
    assert set(found) == {
        *("council", "actor", "account.platform", "account.account_id", "item.kind"),
        *("item.posted_at", "item.colour", "source.kind", "linked_incidents.1"),
    }
    assert found["actor"] == ("is a number", "text of 1 to 300 characters")
    assert found["item.kind"][0] == 'is "tweet", which is no choice here'
    assert "direct_message" in found["item.kind"][1]
    assert found["item.posted_at"][1].startswith("a date and time with its offset")
    assert found["item.colour"][0] == "is not a field here"
    assert found["account.account_id"] == ("is missing", "account_id or handle or unknown")
    assert found["linked_incidents.1"] == ("is too small: 0", "a whole number, 1 or more")


def test_a_missing_field_is_named_by_its_own_path() -> None:
    found = faults({"command": "uphold", "council": "ashfield", "findings": [{}], "case": "A-B"})
    assert set(found) == {"actor", "incident", "viewpoint_neutral", "findings.0.category"}
    assert {problem for problem, _ in found.values()} == {"is missing"}
    assert found["viewpoint_neutral"][1] == "true or false"


def test_whose_account_it_is_about_has_to_be_said() -> None:
    nobody = {name: value for name, value in HIDE.items() if name != "case"}
    assert faults({**nobody, "incident": 1}) == {"account": ("is missing", "account or case")}


def test_an_unknown_field_is_told_the_nearest() -> None:
    assert faults({**HIDE, "incident": 1, "whos_view": "jo.p"}) == {
        "whos_view": ("is not a field here", "one of: whose_view")
    }


def test_an_unknown_command_is_told_the_nearest() -> None:
    found = faults({"command": "hid", "council": "ashfield"})
    assert found["command"] == ('is "hid", which is no command', "one of: hide")
    assert found["actor"][0] == "is missing"
    assert faults({})["command"][0] == "is missing"
    assert set(faults({"command": ["hide"]})) == {"command", "council", "actor"}


def test_a_record_can_be_completed_by_case_with_what_is_known_of_the_account() -> None:
    complete = {**HIDE, "command": "complete-record", "incident": 1, "account": {"name": "Maple"}}
    schemas.check_command(complete)
    del complete["case"]
    assert set(faults(complete)) == {"account.platform", "account.account_id"}


def test_alternatives_are_judged_by_the_one_that_was_meant() -> None:
    block = copy.deepcopy(schemas.command_schema("block")["examples"][0])
    schemas.check_command({**block, "incidents": [1, "ASH-7KQ2-M9XA/2"], "channels": ["facebook"]})
    assert set(faults({**block, "channels": ["Facebook"]})) == {"channels.0"}
    assert set(faults({**block, "channels": []})) == {"channels"}
    assert set(faults({**block, "incidents": [1, "two"]})) == {"incidents.1"}
    assert set(faults({**block, "incidents": [1, True]})) == {"incidents.1"}


def test_a_long_text_and_a_line_break_after_a_date_are_faults() -> None:
    block = copy.deepcopy(schemas.command_schema("block")["examples"][0])
    found = faults({**block, "reason": "r" * 20001, "review_on": "2025-09-03\n"})
    assert found["reason"][0] == "is too long: 20001 characters, at most 20000"
    assert found["review_on"] == ('is "2025-09-03\\n"', "a date such as 2025-03-03")


def test_an_event_is_told_its_faults_too() -> None:
    event = copy.deepcopy(schemas.event_schema("FlagUpheld")["examples"][0])
    event["data"]["findings"] = []
    event["colour"] = "red"
    with pytest.raises(schemas.InvalidEvent) as raised:
        schemas.check_event(event)
    assert {fault.path for fault in raised.value.faults} == {"colour", "data.findings"}


@pytest.mark.parametrize("unknown", [{"type": "Blocked", "version": 2}, {"type": "../x"}, {}])
def test_an_event_of_no_known_type_or_version_is_refused(unknown: dict[str, Any]) -> None:
    with pytest.raises(schemas.InvalidEvent):
        schemas.check_event(unknown)


ODD = st.sampled_from(
    [
        *(None, True, False, 0, 1, -1, 2**60, "", " ", "x", "2025-03-03", "2025-03-03\n", [], {}),
        *([1, 1], ["all"], {"reason": "r"}, {"platform": "x", "unknown": True}, [{}], ["", 0]),
    ]
)


def spoilt(document: Any, data: st.DataObject) -> Any:
    """The document with one value at some depth replaced, added or left out."""
    if isinstance(document, dict) and document and data.draw(st.integers(0, 3)):
        key = data.draw(st.sampled_from(sorted(document)))
        return {**document, key: spoilt(document[key], data)}
    if isinstance(document, list) and document and data.draw(st.integers(0, 3)):
        return [spoilt(document[0], data), *document[1:]]
    if isinstance(document, dict) and document and data.draw(st.booleans()):
        gone = data.draw(st.sampled_from(sorted(document)))
        return {key: value for key, value in document.items() if key != gone}
    return data.draw(ODD)


def told(check: Callable[[dict[str, Any]], None], document: dict[str, Any]) -> list[schemas.Fault]:
    try:
        check(document)
    except schemas.InvalidDocument as invalid:
        return invalid.faults
    return []


@given(st.data())
def test_the_quick_check_of_a_command_and_the_list_of_faults_agree(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(schemas.command_names()))
    schema = schemas.command_schema(name)
    document = spoilt(schema["examples"][0], data)
    if not isinstance(document, dict) or document.get("command") != name:
        return
    assert told(schemas.check_command, document) == every_fault(schema, document)


@given(st.data())
def test_the_quick_check_of_an_event_and_the_list_of_faults_agree(data: st.DataObject) -> None:
    type_ = data.draw(st.sampled_from(schemas.event_types()))
    schema = schemas.event_schema(type_)
    event = spoilt(schema["examples"][0], data)
    if not isinstance(event, dict) or event.get("type") != type_:
        return
    if event.get("version") != 1 or event["version"] is True:  # which Python takes for 1
        return
    if event["version"] is True:  # equal to 1, and no version
        return
    assert told(schemas.check_event, event) == every_fault(schema, event)
