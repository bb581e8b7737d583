"""What the marks make of an event: personal data apart, and what may be corrected."""

import copy
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import schemas
from schemas.personal import join, personal_paths, split, subject_of

TYPES = schemas.event_types()


def example(type_: str) -> dict[str, Any]:
    found: dict[str, Any] = schemas.event_schema(type_)["examples"][0]
    return found


@pytest.mark.parametrize("type_", TYPES)
def test_an_event_is_parted_and_made_whole_again(type_: str) -> None:
    event = example(type_)
    before = copy.deepcopy(event)
    clear, personal = split(event)
    kept = copy.deepcopy(clear)
    assert join(clear, personal) == event == before
    assert clear == kept
    assert {subject_of(type_, path) for path in personal} <= {"account", "reporter", "staff"}


@given(st.data())
def test_any_part_of_an_event_is_parted_and_made_whole_again(data: st.DataObject) -> None:
    type_ = data.draw(st.sampled_from(TYPES))
    event = thinned(example(type_), data)
    clear, personal = split(event)
    assert join(clear, personal) == event
    assert split(clear) == (clear, {})
    some = {path: personal[path] for path in personal if data.draw(st.booleans())}
    assert split(join(clear, some)) == (clear, some)


def thinned(event: dict[str, Any], data: st.DataObject) -> dict[str, Any]:
    """The event without some of the fields of its data, and with more of its list items."""
    draw = data.draw
    fields = {name: thin(value, draw) for name, value in event["data"].items()}
    gone = draw(st.sets(st.sampled_from(sorted(fields)))) if fields else set()
    event = {**event, "data": {name: fields[name] for name in fields if name not in gone}}
    return {**event, "note": "Rang up"} if draw(st.booleans()) else event


def thin(value: Any, draw: Any) -> Any:
    if isinstance(value, dict):
        return {name: inner for name, inner in value.items() if draw(st.booleans())}
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return [thin(draw(st.sampled_from(value)), draw) for _ in range(draw(st.integers(0, 12)))]
    return value


def test_each_personal_field_is_named_with_its_path() -> None:
    clear, personal = split(example("FlagUpheld"))
    assert personal["data.findings.0.true_facts"] == "The depot is open"
    assert personal["data.findings.1.characteristics"] == ["disability"]
    assert clear["data"]["findings"][0] == {
        "category": "defamatory_false",
        "sub_reason": "false",
        "fact_source": "https://council.example/depot",
    }
    assert subject_of("FlagUpheld", "data.findings.1.target.name") == "staff"


def test_a_flag_in_clear_names_nobody() -> None:
    event = example("CommentFlagged")
    clear, personal = split(event)
    shown = json.dumps(clear)
    for name in ("maple", "Maple", "Resident", "Jo Park", "useless", "facebook.example"):
        assert name not in shown
    assert subject_of("CommentFlagged", "data.source.reporter") == "reporter"
    assert {"data.account.handle", "data.item.text", "data.why"} <= set(personal)
    assert clear["data"]["item"]["posted_at"] == event["data"]["item"]["posted_at"]


def test_who_acted_stays_in_clear() -> None:
    for type_ in TYPES:
        paths = dict(personal_paths(type_))
        assert not any(path.startswith(("actor", "on_behalf_of")) for path in paths)
        assert paths["note"] == "account"


ACCOUNT = {
    "AccountOpened": {"account_id", "handle", "name"},
    "HandleChanged": {"handle", "name", "account_id", "was.handle", "was.name", "was.account_id"},
    "NoteAdded": {"text"},
    "RecordCorrected": {"value", "was", "reason"},
    "EvidenceCaptured": {"file_name", "held_at", "url", "description"},
    "AppealFiled": {"appellant.checked", "grounds"},
    "ComplaintReceived": {"about"},
    "BlockReversed": {"reasons"},
    "BlockApplied": {"failure"},
    "RoleGranted": set(),
}


@pytest.mark.parametrize("type_", ACCOUNT)
def test_what_is_the_account_holders_is_marked(type_: str) -> None:
    marked = {
        path.removeprefix("data.")
        for path, subject in personal_paths(type_)
        if subject == "account" and path.startswith("data.")
    }
    assert marked == ACCOUNT[type_]


def test_names_texts_addresses_and_posting_dates_may_be_corrected() -> None:
    assert {
        "item.posted_at",
        "item.text",
        "item.url",
        "why",
        "source.reporter",
        "account.name",
    } <= (set(schemas.correctable_fields("CommentFlagged")))
    assert "reference" in schemas.correctable_fields("PoliceReferred")


def test_never_who_when_or_what_was_decided() -> None:
    for type_ in TYPES:
        fields = set(schemas.correctable_fields(type_))
        assert not any(field.startswith(("findings", "duties", "actor")) for field in fields)
        never = {"occurred_at", "recorded_at", "incident", "block", "ground", "reasons", "reason"}
        assert not fields & never
    assert schemas.correctable_fields("Blocked") == ()
