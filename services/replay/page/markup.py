"""HTML written by hand: everything that people typed is escaped and keeps its own direction."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html import escape

UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
QUOTED = re.compile("“([^”]*)”")


class Markup(str):
    """Text that is HTML already."""

    __slots__ = ()


def text(said: object) -> Markup:
    """Our own words, or a code, escaped; what can't be shown is a replacement character."""
    if isinstance(said, Markup):
        return said
    return Markup(escape(UNSEEN.sub("\ufffd", str(said))))


def theirs(said: object) -> Markup:
    """Words that somebody typed, in the direction in which they are read."""
    return Markup(f'<bdi dir="auto">{text(said)}</bdi>')


def sentence(said: str) -> Markup:
    """A sentence of the record, with the quoted words in it in their own direction."""
    parts = QUOTED.split(said)
    shown = [f"“{theirs(part)}”" if number % 2 else text(part) for number, part in enumerate(parts)]
    return Markup("".join(shown))


def tag(name: str, *inside: object, **attributes: str) -> Markup:
    """An element; `class_` and `for_` stand for words that Python has taken."""
    given = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(value)}"'
        for key, value in attributes.items()
    )
    return Markup(f"<{name}{given}>{''.join(map(text, inside))}</{name}>")


def table(caption: str, heads: Sequence[str], rows: Iterable[Sequence[object]]) -> Markup:
    """A table whose first cell names its row; nothing but a sentence where it has no rows."""
    lines = [
        tag("tr", tag("th", first, scope="row"), *(tag("td", cell) for cell in rest))
        for first, *rest in rows
    ]
    if not lines:
        return tag("p", f"{caption}: none.")
    head = tag("tr", *(tag("th", each, scope="col") for each in heads))
    return tag("table", tag("caption", caption), tag("thead", head), tag("tbody", *lines))


def listed(items: Iterable[object]) -> Markup:
    """A list; nothing where it is empty."""
    lines = [tag("li", each) for each in items]
    return tag("ul", *lines) if lines else Markup("")


def pairs(items: Iterable[tuple[str, object]]) -> Markup:
    """Names and what they stand for."""
    return tag("dl", *(tag("div", tag("dt", name), tag("dd", said)) for name, said in items))


def section(key: str, title: str, *inside: object, class_: str = "") -> Markup:
    """A part of the page under a heading of its own."""
    heading = tag("h2", title, id=key)
    return tag("section", heading, *inside, aria_labelledby=key, class_=class_ or "part")
