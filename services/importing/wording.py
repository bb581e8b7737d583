"""What people call columns and write in cells, from the two lists of words beside this file."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

# Most cells of a column say one of few things.
REMEMBERED = 4096
_FOLDER = Path(__file__).parent
_BETWEEN = re.compile(r"[\W_]+")
# These mean what they mean only where they are the whole cell: `no reply yet` is no refusal.
_ALONE = {
    "y",
    "n",
    "no",
    "yes",
    "na",
    "1",
    "0",
    "post",
    "text",
    "mail",
    "letter",
    "left",
    "tw",
    "wa",
}


@lru_cache(REMEMBERED)
def plain(text: str) -> str:
    """Words as they compare: no capitals, no accents of form, only letters, digits and spaces."""
    folded = unicodedata.normalize("NFKC", text).replace("'", "").replace("’", "").casefold()
    return _BETWEEN.sub(" ", folded).strip()


@lru_cache(REMEMBERED)
def squeezed(text: str) -> str:
    """As `plain`, without the spaces too: `Face book` is `facebook`."""
    return plain(text).replace(" ", "")


def one_line(text: str) -> str:
    """The text as it compares: one form of each letter, one space between words."""
    # Most text is ASCII, of which each letter has one form.
    return " ".join((text if text.isascii() else unicodedata.normalize("NFKC", text)).split())


@cache
def known_columns() -> Mapping[str, str]:
    """From a heading without spaces to the field that it is."""
    found: dict[str, str] = {}
    for field, names in _file("columns.toml").items():
        for name in (field, *names):
            found.setdefault(_heading(name), field)
    return found


@cache
def fields() -> tuple[str, ...]:
    """The fields that a column can be."""
    return tuple(_file("columns.toml"))


def field_of(heading: str) -> str | None:
    """The field that a heading names, or None."""
    return known_columns().get(_heading(heading))


def shown(field: str) -> str:
    """What people mostly call a field."""
    name: str = _file("columns.toml")[field][0]
    return name


@cache
def listed(name: str) -> frozenset[str]:
    """A list of words, without their spaces."""
    return frozenset(map(squeezed, _file("words.toml")[name]))


@cache
def table(name: str) -> Mapping[str, str]:
    """From a word without spaces to what it means, in one of the tables."""
    return {
        squeezed(word): meaning
        for meaning, words in _file("words.toml")[name].items()
        for word in words
    }


@lru_cache(REMEMBERED)
def is_one_of(name: str, text: str) -> bool:
    """Whether the text is, as a whole, in that list."""
    return squeezed(text) in listed(name)


@lru_cache(REMEMBERED)
def meaning(name: str, text: str) -> str | None:
    """What the text means by that table: as a whole, else by the longest phrase it holds."""
    words = table(name)
    whole = words.get(squeezed(text))
    if whole or not text:
        return whole
    found = (words[phrase] for phrase in phrases(text) if phrase in words and phrase not in _ALONE)
    return next(found, None)


def phrases(text: str) -> Iterable[str]:
    """Every run of words in the text, longest first, without spaces."""
    words = plain(text).split()[:24]
    for length in range(len(words), 0, -1):
        for start in range(len(words) - length + 1):
            yield "".join(words[start : start + length])


def _heading(text: str) -> str:
    return squeezed(text) or text.strip()


@cache
def _file(name: str) -> dict[str, Any]:
    return tomllib.loads((_FOLDER / name).read_text(encoding="utf-8"))
