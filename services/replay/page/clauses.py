"""The policy's own words in a table."""

from __future__ import annotations

from typing import Any

from services.cli.saying import plain
from services.replay.page.markup import Markup, table, theirs

Told = dict[str, Any]


def clauses_table(caption: str, clauses: list[Told]) -> Markup:
    """Rules with their force, the policy's own words, and the version that says so."""
    rows = ((c["rule"], plain(c["force"] or "-"), _words(c), _version(c)) for c in clauses)
    return table(caption, ("Rule", "Force", "Words", "Version"), rows)


def _words(clause: Told) -> Markup:
    return theirs(clause["quote"] or "not held in this register")


def _version(clause: Told) -> str:
    return clause["version"] or "unknown"
