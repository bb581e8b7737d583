"""What changed between two versions of a policy, in plain words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, time
from typing import Any

from services.policies.comparing import Change
from services.policies.plain_words.following import duty_in_words
from services.policies.plain_words.phrases import (
    FORCES,
    NEEDS,
    TRIGGERS,
    day_in_words,
    either,
    need_in_words,
    plain,
)

TITLES = {
    "policy": "The policy",
    "clauses": "The policy's own words",
    "settings": "What was chosen",
    "silences": "What the policy does not mention",
    "duties": "What must follow",
    "removal": "Hiding and deleting",
    "asking": "Asking the author",
    "blocks": "Blocking",
    "record": "The record",
    "categories": "What is a breach",
    "police": "Police",
    "director": "Telling the director",
}
_TIME = re.compile(r"\d\d:\d\d")
_OWN_WORDS = {"clause": "quote", "setting": "value", "silence": "text"}


def changes_in_words(found: Sequence[Change]) -> Iterator[str]:
    """Each change as a line, under the heading of what it belongs to."""
    told = ""
    for change in found:
        title = title_of(change)
        if title != told:
            yield from ([""] if told else [])
            yield title
            told = title
        yield f"  {change_in_words(change)}"


def as_json(change: Change) -> dict[str, Any]:
    """The change for machines, with its words."""
    return {
        **{key: _plain_json(value) for key, value in change._asdict().items()},
        "title": title_of(change),
        "words": change_in_words(change),
    }


def title_of(change: Change) -> str:
    """What a change belongs to."""
    table = change.place.partition(".")[0]
    return TITLES.get(table, plain(table).capitalize())


def change_in_words(change: Change) -> str:
    """One change as one sentence, with the rules that it rests on."""
    where = _where(change)
    if change.change == "reordered":
        said = f"now in the order: {_said(change.after)}"
    elif change.change == "added":
        said = f"new: {_said(change.after, change.kind)}".removesuffix(": ")
    elif change.change == "removed":
        said = f"gone: {_said(change.before, change.kind)}".removesuffix(": ")
    else:
        said = _changed(change.before, change.after, change.kind)
    rules = f" [{', '.join(change.rules)}]" if change.rules else ""
    return f"{where + ': ' if where else ''}{said}{rules}"


def _where(change: Change) -> str:
    """The place within its table; an entry of a list is told by what it says, not its number."""
    parts = change.place.split(".")[1:]
    if change.kind in _OWN_WORDS and parts:
        return f"{change.kind.capitalize()} {'.'.join(parts)}"
    return ", ".join(plain(part) for part in parts if not part.isdigit())


def _changed(before: Any, after: Any, kind: str) -> str:
    if _is_set(before) and _is_set(after):
        parts = [f"adds {either(extra, 'and')}" for extra in [_without(after, before)] if extra]
        parts += [f"leaves out {either(less, 'and')}" for less in [_without(before, after)] if less]
        return "; ".join(parts)
    if kind in _OWN_WORDS and isinstance(before, Mapping) and isinstance(after, Mapping):
        return _entry_changed(before, after)
    return f"was {_said(before, kind)}; is {_said(after, kind)}"


def _entry_changed(before: Mapping[str, Any], after: Mapping[str, Any]) -> str:
    keys = [key for key in {**before, **after} if before.get(key) != after.get(key)]
    return "; ".join(
        f"{plain(key)} was {_said_of(key, before)}, is {_said_of(key, after)}" for key in keys
    )


def _said_of(key: str, entry: Mapping[str, Any]) -> str:
    value = entry.get(key)
    if key == "force":
        return FORCES.get(str(value), str(value))
    return f"“{value}”" if isinstance(value, str) and key != "follows" else _said(value)


def _said(value: Any, kind: str = "") -> str:
    """What a file says at a place, as words."""
    if isinstance(value, Mapping):
        return _table_said(value, kind)
    if isinstance(value, list):
        if all(isinstance(entry, Mapping) for entry in value):
            return "; ".join(map(_said, value))
        return " to ".join(value) if _is_span(value) else either(value, "and")
    if isinstance(value, bool) or value is None:
        return {True: "yes", False: "no", None: "not said"}[value]
    return day_in_words(value) if isinstance(value, date) else plain(value)


def _table_said(entry: Mapping[str, Any], kind: str) -> str:
    if kind in _OWN_WORDS:
        return f"“{entry.get(_OWN_WORDS[kind])}”"
    if kind == "duty" and "code" in entry:
        on = str(entry.get("on"))
        return f"{TRIGGERS.get(on, plain(on))}, {duty_in_words(entry, {})}"
    if entry.get("what") in NEEDS or entry.get("what") in ("strikes", "earlier_strike", "marked"):
        rest = {key: value for key, value in entry.items() if key not in ("what", "rules", *_TOLD)}
        return need_in_words(entry) + (f" ({_table_said(rest, '')})" if rest else "")
    shown = {key: value for key, value in entry.items() if key != "rules"}
    return ", ".join(f"{plain(key)} {_said(value)}" for key, value in shown.items())


_TOLD = ("at_least", "within_months", "mark", "period", "categories")


def _is_set(value: Any) -> bool:
    """Whether it is a list of words, of which each counts by itself; two times are a span."""
    return isinstance(value, list) and all(
        isinstance(word, str) and not _TIME.fullmatch(word) for word in value
    )


def _is_span(value: list[Any]) -> bool:
    return all(isinstance(word, str) and _TIME.fullmatch(word) for word in value)


def _without(these: list[Any], those: list[Any]) -> list[Any]:
    return [each for each in these if each not in those]


def _plain_json(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _plain_json(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain_json(inner) for inner in value]
    return value.isoformat() if isinstance(value, date | time) else value
