"""What goes to stdout: data as JSON or plain lines that a screen reader can read."""

from __future__ import annotations

import re
import shutil
import sys
import textwrap
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import click

WIDEST = 100

# They move the cursor, colour what follows, or turn the order of the letters round.
_STEERING = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]+")

Columns = Mapping[str, str]
"""From a column's heading to the word of the row that it shows."""


def print_json(answer: Any) -> None:
    """Print an answer for machines."""
    import orjson

    click.echo(orjson.dumps(answer, option=orjson.OPT_INDENT_2))


def harmless(line: str) -> str:
    """One line of text in which nothing steers the terminal, whoever wrote the name in it."""
    return _STEERING.sub(" ", line)


def print_lines(lines: Iterable[str]) -> None:
    """Print lines for people, on a terminal each folded to its width under its own indent."""
    if not sys.stdout.isatty():
        click.echo("\n".join(harmless(line).rstrip() for line in lines))
        return
    width = max(40, min(WIDEST, shutil.get_terminal_size().columns))
    click.echo("\n".join(part for line in lines for part in folded(harmless(line), width)))


def folded(line: str, width: int) -> list[str]:
    """A line in parts no wider than that, words left whole, what follows indented further."""
    indent = " " * (len(line) - len(line.lstrip()))
    parts = textwrap.wrap(
        line.strip(),
        width,
        initial_indent=indent,
        subsequent_indent=indent + "  " if indent else "",
        break_long_words=False,
        break_on_hyphens=False,
    )
    return parts or [""]


def print_table(rows: Sequence[Mapping[str, Any]], columns: Columns, none: str) -> None:
    """Print rows in aligned columns under a line of headings; say so where there are `none`."""
    if not rows:
        click.echo(none, err=True)
        return
    shown = [list(columns), *([_cell(row[word]) for word in columns.values()] for row in rows)]
    widths = [max(len(line[index]) for line in shown) for index in range(len(columns))]
    for line in shown:
        padded = (cell.ljust(width) for cell, width in zip(line, widths, strict=True))
        click.echo("  ".join(padded).rstrip())


def _cell(value: Any) -> str:
    if value is None or value == []:
        return "-"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return " ".join(harmless(str(value)).split())
