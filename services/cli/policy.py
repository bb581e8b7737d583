"""`casebook policy`: which rules are in force, what they say, whether a file is sound."""

from __future__ import annotations

from typing import Any

import click

from services.cli.shared_options import common, json_option, reading, wants_json

FINDINGS = 6


@click.group()
@reading
def policy() -> None:
    """The rules in force, in plain words; and whether a policy file is sound.

    ID is a council, for its version in force today, or COUNCIL@VERSION.
    """


@policy.command("list")
@reading
@click.pass_context
def list_policies(context: click.Context) -> None:
    """Every version adopted, and from when."""
    from services.cli.opening import council_asked, opened
    from services.cli.output import print_json, print_table
    from services.cli.versions import adopted

    with opened(context) as casework:
        found = adopted(casework, council_asked(context, casework))
    if wants_json(context):
        print_json(found)
        return
    columns = {"id": "id", "from": "from", "in force": "in_force", "council": "council"}
    print_table(found, columns, "No policy is adopted.")


@policy.command()
@click.argument("id")
@reading
@click.pass_context
def show(context: click.Context, id: str) -> None:
    """Each rule of a version: its number, its force, its words."""
    from services.cli.opening import opened
    from services.cli.output import print_json, print_lines
    from services.cli.saying import rule_words
    from services.cli.versions import version

    with opened(context) as casework:
        rules = [rule.as_json() for rule in version(casework, id).rules.values()]
    if wants_json(context):
        print_json(rules)
    else:
        print_lines(rule_words(rule) for rule in rules)


@policy.command()
@click.argument("id")
@reading
@click.pass_context
def explain(context: click.Context, id: str) -> None:
    """A version in plain words, each step with its clauses."""
    from services.cli.opening import opened
    from services.cli.output import print_json, print_lines
    from services.cli.versions import version
    from services.policies import explain as in_plain_words

    with opened(context) as casework:
        lines = in_plain_words(dict(version(casework, id).file)).splitlines()
    if wants_json(context):
        print_json(lines)
    else:
        print_lines(lines)


@policy.command()
@click.argument("file", metavar="FILE")
@common(json_option)
@click.pass_context
def check(context: click.Context, file: str) -> None:
    """Whether a policy file is sound: all faults at once, with their lines; exit code 6 if not."""
    from services.cli.output import print_json, print_lines
    from services.policies import faults

    found = faults(_text(file))
    if wants_json(context):
        print_json([fault._asdict() for fault in found])
    elif found:
        print_lines(f"{file}, {fault}" for fault in found)
    else:
        print_lines([f"{file} is sound."])
    context.exit(FINDINGS if found else 0)


def _text(file: str) -> Any:
    from pathlib import Path

    try:
        return Path(file).expanduser().read_bytes()
    except OSError as error:
        raise click.UsageError(
            f"{file} can't be read ({error.strerror}). Name a policy file that is there."
        ) from None
