"""One name in three places: the stored event, its schema file, its typed class."""

import types
import typing
from typing import Any, NotRequired, get_args, get_origin

import pytest

import schemas
from domain.events import EVENTS

TYPES = schemas.event_types()
BRIEF = {
    *("CommentFlagged", "PostHidden", "RemovalRequested", "Blocked", "DirectorNotified"),
    *("AppealFiled", "BlockReversed", "PoliceReferred"),
}


def test_every_event_has_a_class_and_a_schema_of_its_stored_name() -> None:
    assert set(EVENTS) == set(TYPES)
    assert {name: kind.__name__ for name, kind in EVENTS.items()} == {name: name for name in TYPES}
    assert set(TYPES) >= BRIEF


@pytest.mark.parametrize("type_", TYPES)
def test_the_examples_of_an_event_are_sound_and_come_back_from_their_bytes(type_: str) -> None:
    schema = schemas.event_schema(type_)
    assert schema["examples"]
    for example in schema["examples"]:
        schemas.check_event(example)
        stored = schemas.canonical(example)
        assert schemas.parse_document(stored) == example
        assert schemas.canonical(schemas.parse_document(stored)) == stored


@pytest.mark.parametrize("type_", TYPES)
def test_the_class_of_an_event_has_the_fields_of_its_schema(type_: str) -> None:
    assert EVENTS[type_].__doc__
    same_fields(EVENTS[type_], schemas.event_schema(type_)["properties"]["data"])


@pytest.mark.parametrize("type_", TYPES)
def test_all_events_of_one_kind_of_stream_share_their_envelope(type_: str) -> None:
    first = {"account": "AccountOpened", "staff": "RoleGranted", "council": "PolicyAdopted"}
    kind = kind_of(type_)
    assert envelope(type_) == envelope(first[kind])
    assert schemas.event_schema(type_)["properties"]["type"]["enum"] == [type_]


def test_the_envelopes_of_staff_and_council_are_that_of_an_account_without_its_case() -> None:
    of_account = envelope("AccountOpened")
    for type_ in ("RoleGranted", "PolicyAdopted"):
        properties, required = envelope(type_)
        gone = set(of_account[0]) - set(properties)
        assert gone == {"case", "policy", "substance", "already_done"}
        assert set(of_account[1]) - set(required) == {"case"}
        for name in set(properties) - {"stream"}:
            assert properties[name] == of_account[0][name]


def test_an_imported_event_may_lack_what_a_register_did_not_say() -> None:
    for type_ in ("Blocked", "FlagUpheld", "AppealFiled", "BlockReversed", "CommentFlagged"):
        schema = schemas.event_schema(type_)
        example = schema["examples"][0]
        required = schema["properties"]["data"]["required"]
        data = {name: value for name, value in example["data"].items() if name in required}
        if type_ == "CommentFlagged":
            data["item"] = {"where": "own_page"}
        by_import = {**example["actor"], "kind": "import"}
        schemas.check_event({**example, "actor": by_import, "data": data})
        with pytest.raises(schemas.InvalidEvent):
            schemas.check_event({**example, "data": data})


def test_a_moment_is_stored_in_utc() -> None:
    example = schemas.event_schema("PostHidden")["examples"][0]
    for wrong in ("2025-07-01T00:30:00+01:00", "2025-06-30T23:30:00Z", "2025-06-30T23:30:00"):
        with pytest.raises(schemas.InvalidEvent):
            schemas.check_event({**example, "occurred_at": wrong})
    schemas.check_event({**example, "occurred_at": "2025-06-30T23:30:00+00:00"})


def kind_of(type_: str) -> str:
    stream: dict[str, Any] = schemas.event_schema(type_)["properties"]["stream"]
    (kind,) = stream["properties"]["kind"]["enum"]
    return str(kind)


def envelope(type_: str) -> tuple[dict[str, Any], list[str]]:
    schema = schemas.event_schema(type_)
    own = ("data", "type")
    properties = {name: part for name, part in schema["properties"].items() if name not in own}
    return properties, schema["required"]


def same_fields(typed: Any, schema: dict[str, Any]) -> None:
    assert typed.__required_keys__ == set(schema.get("required", ()))
    assert typed.__required_keys__ | typed.__optional_keys__ == set(schema["properties"])
    hints = typing.get_type_hints(typed)
    for name, field in schema["properties"].items():
        same_type(hints[name], field)


def same_type(hint: Any, field: dict[str, Any]) -> None:
    if get_origin(hint) is NotRequired:
        (hint,) = get_args(hint)
    if get_origin(hint) is types.UnionType:
        for one, branch in zip(get_args(hint), field["anyOf"], strict=True):
            same_type(one, branch)
    elif get_origin(hint) is list:
        assert field["type"] == "array"
        same_type(get_args(hint)[0], field["items"])
    elif field["type"] == "object":
        same_fields(hint, field)
    else:
        assert {str: "string", int: "integer", bool: "boolean"}[hint] == field["type"]
