"""`casebook audit`: one case from beginning to end, as it stood at any moment, and why."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from services.cli.moments import when
from services.cli.shared_options import reading, wants_json

if TYPE_CHECKING:
    from services.assemble import Casework
    from services.replay.replay import Replay
    from services.store.lookups import Case

Found = dict[str, Any]
FINDINGS = 6


@click.command()
@click.argument("case")
@click.option("--as-of", type=when, metavar="WHEN", help="What had happened by then.")
@click.option("--as-known-at", type=when, metavar="WHEN", help="What was recorded by then.")
@click.option(
    "--diff", nargs=2, type=when, metavar="WHEN WHEN", help="What changed between two moments."
)
@click.option(
    "--clock",
    type=click.Choice(("happened", "recorded")),
    help="By which clock --diff goes: what happened (the default), or what was recorded.",
)
@click.option("--why", type=click.IntRange(1), metavar="SEQUENCE", help="Ask a verdict again.")
@click.option(
    "--html",
    type=click.Path(dir_okay=False, writable=True, path_type=Path),
    metavar="FILE",
    help="Write a page to print.",
)
@reading
@click.pass_context
def audit(context: click.Context, /, case: str, **asked: Any) -> None:
    """Every event in order: when, recorded when, who, what, under which rules; then the state.

    WHEN is a London day (2025-03-03), for the end of it, or a moment with its offset
    (2025-03-03T10:15:00+00:00).
    """
    from services.cli.opening import case_meant, opened
    from services.cli.output import print_json, print_lines

    _check(asked)
    with opened(context) as casework:
        meant = case_meant(context, casework, case)
        found, lines = _answer(casework.replay, meant, casework.clock(), asked)
        if asked["html"]:
            _write_page(casework, meant, found, asked["html"])
    if wants_json(context):
        print_json(found)
    elif not asked["html"]:
        print_lines(lines)
    if found.get("same") is False:
        context.exit(FINDINGS)


def _check(asked: Found) -> None:
    """Say which options can't stand together."""
    moments = [name for name in ("as_of", "as_known_at") if asked[name]]
    alone = [name for name in ("diff", "why") if asked[name]]
    if len(alone) > 1 or (alone and (asked["html"] or "as_of" in moments)):
        raise click.UsageError(f"--{alone[0]} is asked by itself, without the other options.")
    if asked["why"] and moments:
        raise click.UsageError("--why asks as things were recorded then: name no other moment.")
    if asked["clock"] and not asked["diff"]:
        raise click.UsageError("--clock says by which clock --diff goes: name the two moments too.")
    if asked["clock"] == "recorded" and moments:
        raise click.UsageError("--diff by what was recorded has two moments of its own already.")


def _answer(replay: Replay, case: Case, now: datetime, asked: Found) -> tuple[Found, Iterator[str]]:
    from services.cli import replayed
    from services.cli.moments import check_has_come
    from services.replay.clocks import Clocks

    for name in ("as_of", "as_known_at", "diff"):
        check_has_come(name, asked[name], now)
    if asked["why"]:
        found = replay.why(case, asked["why"])
        return found, replayed.why_in_words(found)
    known_at = asked["as_known_at"]
    if asked["diff"]:
        both = [
            Clocks(None, each) if asked["clock"] == "recorded" else Clocks(each, known_at)
            for each in asked["diff"]
        ]
        found = replay.between(case, *both)
        return found, replayed.difference_in_words(found)
    clocks = Clocks(asked["as_of"], known_at)
    at_a_time = clocks != Clocks() or asked["html"]
    found = replay.at(case, clocks) if at_a_time else replay.recorded(case)
    return found, replayed.in_words(found)


def _write_page(casework: Casework, case: Case, found: Found, file: Path) -> None:
    from services.replay.page import page

    text = page(found, casework.replay.records(case, found), casework.clock())
    file.write_text(text, encoding="utf-8")
    click.echo(f"Wrote {file}.", err=True)
