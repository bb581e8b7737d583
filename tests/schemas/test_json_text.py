"""Strict JSON in, one canonical form out."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import schemas
from schemas.json_text import _parse, _parse_at_once

TEXT = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"))
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
)


def faults(text: bytes) -> list[tuple[str, str]]:
    with pytest.raises(schemas.InvalidDocument) as raised:
        schemas.parse_document(text)
    return [(fault.path, fault.problem) for fault in raised.value.faults]


def test_a_sound_document_is_read() -> None:
    assert schemas.parse_document(b'{"a": 1, "b" : ["\\u00e9", true, null]}') == {
        "a": 1,
        "b": ["é", True, None],
    }
    assert schemas.parse_document(b'\xef\xbb\xbf{"a": 9007199254740991}') == {"a": 2**53 - 1}


@pytest.mark.parametrize(
    "number", ["1.0", "1.5", "1e3", "NaN", "Infinity", "-Infinity", "0.1", "-0.0"]
)
def test_a_number_that_is_not_whole_is_refused(number: str) -> None:
    assert faults(b'{"a": [1, %s]}' % number.encode()) == [("a.1", "is not a whole number")]


@pytest.mark.parametrize("number", ["9007199254740992", "-9007199254740992", "9" * 30, "9" * 5000])
def test_a_number_that_needs_more_than_53_bits_is_refused(number: str) -> None:
    assert faults(b'{"a": %s}' % number.encode()) == [("a", "is a number out of range")]


@pytest.mark.parametrize(
    "text", [b'{"a":1,"a":1}', b'{"a" :1,"a":2}', b'{"a":1,"\\u0061":2}', b'{"a":{},"a":{"b":1}}']
)
def test_a_key_given_twice_is_refused(text: bytes) -> None:
    assert faults(text) == [("a", "is given more than once")]


def test_all_that_is_unfit_is_named_at_once() -> None:
    text = b'{"a": 1.5, "b": {"c": 1, "c": 2}, "d": ["\\ud800", "x\\u0000"], "e\\u0000": NaN}'
    assert [path for path, _ in faults(text)] == ["a", "b.c", "d.0", "d.1", "e\0", ""]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (b"[1]", "is not an object"),
        (b'"hide"', "is not an object"),
        (b"1.5", "is not an object"),
        (b"null", "is not an object"),
        (b"", "is not JSON"),
        (b'{"a":', "is not JSON"),
        (b'{"a":1}{"b":2}', "is not JSON"),
        (b"{'a':1}", "is not JSON"),
        (b'{"a":"\x01"}', "is not JSON"),
        (b'{"a":"\xff"}', "is not UTF-8 (at byte 7)"),
        ('{"a":"é"}'.encode("utf-16"), "is not UTF-8 (at byte 1)"),
        ('{"a":"é"}'.encode("cp1252"), "is not UTF-8 (at byte 7)"),
        (b'{"a":' + b"[" * 200_000, "is nested too deeply"),
    ],
)
def test_what_is_no_document_at_all_is_said_in_one_fault(text: bytes, problem: str) -> None:
    ((path, found),) = faults(text)
    assert path == ""
    assert found.startswith(problem)


@given(st.dictionaries(TEXT, VALUES), st.sampled_from([None, 1]), st.booleans())
def test_the_quick_reading_and_the_careful_one_agree(
    document: dict[str, Any], indent: int | None, plain: bool
) -> None:
    text = json.dumps(document, indent=indent, ensure_ascii=plain).encode()
    assert _parse_at_once(text) in (document, None)
    assert _parse(text) == (document, b"\\u" not in text)
    assert schemas.parse_document(text) == document


@given(st.lists(st.sampled_from(['"a"', '"b"', ":", " ", ",", "1", "{", "}", '"x\\":"', "2.0"])))
def test_the_quick_reading_lets_nothing_pass_that_the_careful_one_refuses(
    pieces: list[str],
) -> None:
    text = ("{" + "".join(pieces) + "}").encode()
    quick = _parse_at_once(text)
    if quick is not None:
        assert _parse(text) == (quick, True)


@given(st.dictionaries(TEXT, VALUES))
def test_the_canonical_form_is_one_whatever_the_order(document: dict[str, Any]) -> None:
    backwards = dict(reversed(document.items()))
    stored = schemas.canonical(document)
    assert schemas.canonical(backwards) == stored
    assert schemas.canonical(schemas.parse_document(stored)) == stored


def test_the_canonical_form_is_plain_sorted_json() -> None:
    assert schemas.canonical({"b": {"d": 1, "c": "é"}, "a": [True, None]}) == (
        '{"a":[true,null],"b":{"c":"é","d":1}}'.encode()
    )


def test_a_blank_counts_as_left_out() -> None:
    document = {"why": " \n", "item": {"text": "", "url": "u"}, "states": ["", "reason"], "n": 0}
    assert schemas.without_blanks({**document, "target": {"name": "\t"}}) == {
        "item": {"url": "u"},
        "states": ["reason"],
        "target": {},
        "n": 0,
    }
    assert document["why"] == " \n"
