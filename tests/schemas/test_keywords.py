"""fastjsonschema passes over a keyword it doesn't know, so only those it enforces may be used."""

import json
from pathlib import Path
from typing import Any

import pytest

FILES = sorted(Path("schemas/commands").glob("*.json")) + sorted(Path("schemas/events").glob("*"))

ENFORCED = {
    *("type", "enum", "anyOf", "properties", "required", "additionalProperties", "minProperties"),
    *("items", "minItems", "uniqueItems", "minLength", "maxLength", "pattern", "minimum"),
}
EXPLAINING = {"$schema", "title", "description", "examples"}
MARKS = {"x-personal", "x-correctable"}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_schema_uses_only_keywords_that_are_enforced(file: Path) -> None:
    schema = json.loads(file.read_bytes())
    assert schema["$schema"] == "http://json-schema.org/draft-07/schema#"
    assert {word for part in parts_of(schema) for word in part} <= ENFORCED | EXPLAINING | MARKS


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_schema_is_closed_and_bounded_at_every_level(file: Path) -> None:
    schema = json.loads(file.read_bytes())
    assert schema["title"]
    assert schema["description"]
    for part in parts_of(schema):
        if part.get("type") == "object":
            assert part["additionalProperties"] is False
            assert set(part.get("required", ())) <= set(part["properties"])
        if part.get("type") == "string" and "enum" not in part:
            assert "maxLength" in part or bounded(part["pattern"]), part


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_field_is_described(file: Path) -> None:
    for part in parts_of(json.loads(file.read_bytes())):
        if "additionalProperties" in part:
            for name, field in part["properties"].items():
                assert field.get("description") or name in {*ABOUT, "channel"}, name


def test_marks_name_whose_data_it_is_or_that_it_may_be_corrected() -> None:
    for file in FILES:
        for part in parts_of(json.loads(file.read_bytes())):
            assert part.get("x-personal", "account") in {"account", "reporter", "staff"}
            assert part.get("x-correctable", True) is True


ABOUT = ("incident", "block", "appeal", "complaint")


def bounded(pattern: str) -> bool:
    return not any(many in pattern for many in ("*", "+$", "+(", "+/"))


def parts_of(schema: dict[str, Any]) -> list[dict[str, Any]]:
    inner = [
        *schema.get("properties", {}).values(),
        *schema.get("anyOf", ()),
        *([schema["items"]] if "items" in schema else ()),
    ]
    return [schema, *(part for field in inner for part in parts_of(field))]
