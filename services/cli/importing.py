"""`casebook import`: the register that a council kept before, recorded as it was."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from services.cli.shared_options import (
    actor_option,
    common,
    council_option,
    dry_run_option,
    is_dry,
    json_option,
    register_option,
    wants_json,
)

if TYPE_CHECKING:
    from services.assemble import Casework
    from services.casework.offices import Office

FINDINGS = 6


@click.command("import")
@click.argument("file", metavar="REGISTER")
@click.option(
    "--map",
    "said",
    multiple=True,
    metavar="COLUMN=FIELD",
    help="What a column is that isn't understood by its name (or `ignored`). Repeat for several.",
)
@click.option("--mapping", metavar="FILE", help="A mapping file: a --map in each line, saved.")
@click.option(
    "--save-mapping", metavar="FILE", help="Save the columns as understood, for --mapping."
)
@click.option(
    "--rejects",
    metavar="FILE",
    help="Where rows go that can't be understood. Else beside you, as NAME-rejects.csv.",
)
@common(register_option, council_option, actor_option, dry_run_option, json_option)
@click.pass_context
def import_register(
    context: click.Context,
    file: str,
    said: tuple[str, ...],
    mapping: str | None,
    save_mapping: str | None,
    rejects: str | None,
) -> None:
    """Bring along REGISTER, a spreadsheet (CSV or XLSX) of what was seen, hidden and blocked.

    What was done is recorded as done, and marked irregular where the rules ask for more. A row
    that is known already is not recorded again. Begin with --dry-run.
    """
    from services.cli.import_words import in_words
    from services.cli.opening import opened
    from services.cli.output import print_json, print_lines
    from services.importing import mappings
    from services.importing.bringing import Bringing
    from services.importing.reading import open_register
    from services.importing.rejects import write_rejects

    register, actor = Path(file).expanduser(), _actor(context)
    names = mappings.named(_pairs(said, mapping))
    place = _place(register, rejects)
    with opened(context) as casework:
        office = _office(context, casework)
        understood = open_register(register, names)
        bringing = Bringing(casework, office, actor, understood, dry=is_dry(context))
        with _progress() as progress:
            summary = bringing.run(progress)
        policy = office.council.earliest().policy
    if save_mapping:
        mappings.save(Path(save_mapping).expanduser(), understood)
    refused = summary.rejects
    written = None if is_dry(context) or not refused else place()
    if written:
        write_rejects(written, understood, refused)
    if wants_json(context):
        print_json(summary.as_json() | ({"rejects": str(written)} if written else {}))
    else:
        print_lines(in_words(summary, understood, policy, is_dry(context), written))
    context.exit(FINDINGS if refused else 0)


def _actor(context: click.Context) -> str:
    from services.cli.opening import actor_meant

    actor = actor_meant(context)
    if actor is None:
        raise click.UsageError("Say who imports: --as STAFF-ID, or CASEBOOK_ACTOR.")
    return actor


def _office(context: click.Context, casework: Casework) -> Office:
    from services.cli.opening import council_meant
    from services.faults import UnknownCouncil

    council = council_meant(context, casework, {})
    office = casework.offices.of(council)
    if office is None:
        raise UnknownCouncil(f"This register has no council {council}.")
    return office


def _pairs(said: tuple[str, ...], mapping: str | None) -> Iterator[tuple[str, str]]:
    from services.importing.mappings import saved

    if mapping:
        yield from saved(Path(mapping).expanduser())
    for each in said:
        column, equals, field = each.rpartition("=")
        if not equals or not column.strip() or not field.strip():
            raise click.UsageError(f"--map {each!r} is not COLUMN=FIELD.")
        yield column.strip(), field.strip()


def _place(register: Path, rejects: str | None) -> Callable[[], Path]:
    from services.importing.rejects import default_place

    if rejects is None:
        return lambda: default_place(register, Path())
    place = Path(rejects).expanduser()
    if place.is_dir():
        raise click.UsageError(f"--rejects {rejects} is a folder. Name a file in it.")
    if place.resolve() == register.resolve():
        raise click.UsageError("--rejects names the register itself, which is never overwritten.")
    if not place.absolute().parent.is_dir():
        raise click.UsageError(f"--rejects {rejects}: there is no such folder.")
    return lambda: place


@contextmanager
def _progress() -> Iterator[Callable[[int, int], None]]:
    """A bar on stderr where somebody watches it."""
    from services.importing.bringing import unheard

    if not sys.stderr.isatty():
        yield unheard
        return
    with click.progressbar(length=1, file=sys.stderr, label="Importing") as bar:

        def move(done: int, of: int) -> None:
            bar.length = of
            bar.update(done - bar.pos)

        yield move
