"""Small parts of sentences: people, dates, lists, ways of reaching somebody."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

from projections.facts import LONDON

Data = Mapping[str, Any]
Saying = Callable[[str, Data], str]
"""From who acted and what the event holds to a sentence without its full stop."""

STAFF_ID = re.compile(r"[a-z]+([._-][a-z]+)*")
OTHERS = {"timer": "The timer", "system": "Casebook", "import": "The council"}
LENGTHS = {
    "indefinite": "without an end",
    "permanent": "for good",
    "per_case": "as decided later",
}
WAYS = {"in_person": "in person", "telephone": "by telephone"}


def person(staff_id: str) -> str:
    """`jo.p` as Jo P; an id that isn't made of names stays as it is."""
    if not STAFF_ID.fullmatch(staff_id):
        return staff_id
    return re.sub(r"[._-]", " ", staff_id).title()


def who(event: Mapping[str, Any]) -> str:
    """Who acted, and for whom."""
    actor = event["actor"]
    name = OTHERS.get(actor["kind"]) or person(actor["id"])
    other = event.get("on_behalf_of")
    return f"{name}, on behalf of {person(other)}," if other else name


def plain(code: str) -> str:
    """A code as words: `pre_election` as pre election."""
    return code.replace("_", " ")


def day(text: str | None) -> str:
    """`2024-03-22`, or a moment on it in London, as 22 March 2024."""
    if not text:
        return "an unknown day"
    try:
        found = datetime.fromisoformat(text)
        found = found.astimezone(LONDON) if found.tzinfo else found
    except ValueError:
        return text
    return f"{found.day} {found:%B %Y}"


def listed(words: Iterable[object]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    *most, last = [str(word) for word in words] or ["nothing"]
    return f"{', '.join(most)} and {last}" if most else last


def of_incidents(data: Data) -> str:
    """Which incidents it is about, several or one."""
    numbers = data.get("incidents") or []
    if not numbers:
        return "no particular incident"
    return f"incident{'s' if len(numbers) > 1 else ''} {listed(numbers)}"


def way(data: Data) -> str:
    """How somebody was reached, with a space before it."""
    via = data.get("via")
    return f" {WAYS.get(via, 'by ' + plain(via))}" if via else ""


def failing(data: Data) -> str:
    """That something failed, and why where that is known."""
    return f", which failed{stating(data, 'failure')}"


def stating(data: Data, field: str) -> str:
    """What was said about it, after a colon, where it was."""
    return f": {quoted(data[field])}" if data.get(field) else ""


def quoted(text: object) -> str:
    """Somebody's own words, on one line; words that were erased are named as such."""
    if text is None:
        return "(erased)"
    return f"“{' '.join(str(text).split())}”"


def because(data: Data, field: str = "reason") -> str:
    """The reason given, where one was."""
    return f", because {quoted(data[field])}" if data.get(field) else ""


def how_long(length: Data | None) -> str:
    """For how long a block is meant."""
    kind = (length or {}).get("kind", "indefinite")
    if kind == "fixed" and length and "until" in length:
        return f"until {day(length['until'])}"
    return LENGTHS.get(kind, "for a fixed time")


def covering(data: Data) -> str:
    """What a block keeps the account from, and where."""
    scope = f"from {plain(data['scope'])} " if "scope" in data else ""
    return f"{scope}on {listed(data['channels'])}"


def grounded(data: Data) -> str:
    """On which ground, and for which incidents."""
    ground = f"on the ground of {plain(data['ground'])} " if "ground" in data else ""
    return f"{ground}for {of_incidents(data)}"


def an(word: str) -> str:
    """`an appeal`, `a complaint`."""
    return f"{'an' if word[0] in 'aeiou' else 'a'} {plain(word)}"
