"""CSV that a spreadsheet opens as it is meant."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Any

import click

_BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def print_csv(rows: Sequence[Mapping[str, Any]], headings: Sequence[str]) -> None:
    """Print rows under a line of headings, which are their words, as RFC 4180 has it."""
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerow(headings)
    writer.writerows([_cell(row[word]) for word in headings] for row in rows)
    click.echo(written.getvalue(), nl=False)


def harmless(text: str) -> str:
    """The text, with an apostrophe before what a spreadsheet would carry out."""
    return f"'{text}" if text.startswith(_BEGINS_A_FORMULA) else text


def _cell(value: Any) -> Any:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return harmless(value) if isinstance(value, str) else value
