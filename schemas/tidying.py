"""Take out of a document what says nothing."""

from typing import Any


def without_blanks(document: dict[str, Any]) -> dict[str, Any]:
    """The same document without its blank strings: a blank counts as left out, at any depth."""
    tidy = {}
    for key, value in document.items():
        kind = type(value)
        if kind is not str:
            tidy[key] = _tidy(value) if kind is dict or kind is list else value
        elif value and not value.isspace():
            tidy[key] = value
    return tidy


def _tidy(value: Any) -> Any:
    if isinstance(value, dict):
        return without_blanks(value)
    if isinstance(value, list):
        return [_tidy(item) for item in value if not _is_blank(item)]
    return value


def _is_blank(value: Any) -> bool:
    return isinstance(value, str) and not value.strip()
