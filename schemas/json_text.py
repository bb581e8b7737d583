"""From bytes to a document and from an event to bytes: strict JSON, and one form only."""

import json
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from schemas.faults import Fault, InvalidDocument

LARGEST = 2**53 - 1
_COLON_APART = re.compile(rb'"[ \t\r\n]+:')
_NEVER = -(2**53)


class _Unfit(NamedTuple):
    problem: str
    wanted: str


def canonical(event: dict[str, Any]) -> bytes:
    """The one form in which an event is stored, published and hashed: sorted keys, UTF-8."""
    import orjson  # half of what importing this package would cost, and commands need none of it

    return orjson.dumps(event, option=orjson.OPT_SORT_KEYS)


def parse_document(text: bytes) -> dict[str, Any]:
    """Read one JSON object; raise InvalidDocument for what JSON alone would let through.

    Refused, all faults at once: text that is not UTF-8, numbers that are not whole or need more
    than 53 bits, NaN and Infinity, a key given twice, NUL and half surrogates.
    """
    document = _parse_at_once(text)
    if document is None:
        document, clean = _parse(text)
        if not isinstance(document, dict):
            raise InvalidDocument([Fault("", "is not an object", 'an object: {"command": …}')])
        if not clean and (faults := list(_unfit_within(document, ""))):
            raise InvalidDocument(faults)
    return document


def _parse_at_once(text: bytes) -> dict[str, Any] | None:
    """The document where it is plainly sound, several times as quickly; None where in doubt."""
    import orjson

    if b"\\u" in text or _COLON_APART.search(text):
        return None
    try:
        document = orjson.loads(text)
    except ValueError:
        return None
    # Each key stands before a colon: were one given twice, there would be more of them than keys.
    if not isinstance(document, dict) or _keys_within(document) != text.count(b'":'):
        return None
    return document


def _keys_within(value: Any) -> int:
    """How many keys the value holds at any depth; below nought if a number in it is unfit."""
    count = len(value) if type(value) is dict else 0
    for item in value.values() if count else value:
        kind = type(item)
        if kind is str:
            continue
        if kind is dict or kind is list:
            count += _keys_within(item)
        elif kind is float or (kind is int and not -LARGEST <= item <= LARGEST):
            return _NEVER
    return count


def _parse(text: bytes) -> tuple[Any, bool]:
    """The document, and whether nothing in it can be unfit."""
    unfit: list[_Unfit] = []

    def note(problem: str, wanted: str) -> _Unfit:
        unfit.append(_Unfit(problem, wanted))
        return unfit[-1]

    def whole(digits: str) -> int | _Unfit:
        if len(digits) < 18 and -LARGEST <= (number := int(digits)) <= LARGEST:
            return number
        return note("is a number out of range", f"a whole number up to {LARGEST}")

    def members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) != len(pairs):
            names = [name for name, _ in pairs]
            for name in {name for name in names if names.count(name) > 1}:
                found[name] = note("is given more than once", "each field once")
        return found

    def refused(_: str) -> _Unfit:
        return note("is not a whole number", "a whole number, without a point or an exponent")

    try:
        document = json.loads(
            text.decode("utf-8-sig"),
            object_pairs_hook=members,
            parse_int=whole,
            parse_float=refused,
            parse_constant=refused,
        )
    except UnicodeDecodeError as error:
        where = f"is not UTF-8 (at byte {error.start + 1})"
        raise InvalidDocument([Fault("", where, "text in UTF-8")]) from None
    except json.JSONDecodeError as error:
        where = f"is not JSON: {error.msg} (line {error.lineno}, column {error.colno})"
        raise InvalidDocument([Fault("", where, "one JSON object")]) from None
    except RecursionError:
        raise InvalidDocument([Fault("", "is nested too deeply", "one JSON object")]) from None
    # Half a surrogate and NUL can only be written as an escape.
    return document, not unfit and b"\\u" not in text


def _unfit_within(value: Any, path: str) -> Iterator[Fault]:
    if isinstance(value, _Unfit):
        yield Fault(path, value.problem, value.wanted)
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _unfit_within(item, f"{path}.{key}" if path else key)
            if not _storable(key):
                yield Fault(path, "has a field name that can't be stored", "plain text")
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _unfit_within(item, f"{path}.{index}")
    elif isinstance(value, str) and not _storable(value):
        yield Fault(path, "holds a character that can't be stored", "plain text")


def _storable(text: str) -> bool:
    return "\0" not in text and not any("\ud800" <= letter <= "\udfff" for letter in text)
