"""`casebook policy`: which rules are in force, what they say, whether a file is sound."""

from __future__ import annotations

import click

from services.cli.shared_options import common, json_option, reading, wants_json

FINDINGS = 6


@click.group()
@reading
def policy() -> None:
    """The rules in force, in plain words; and whether a policy file is sound.

    ID is a council, for its version in force today, or COUNCIL@VERSION; show, explain and diff
    also take a policy FILE that is not adopted yet.
    """


@policy.command("list")
@reading
@click.pass_context
def list_policies(context: click.Context) -> None:
    """Every version adopted, from when, and what it replaced."""
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
    from services.cli.output import print_json, print_lines
    from services.cli.policy_named import policy_named
    from services.cli.saying import rule_words

    rules = [rule.as_json() for rule in policy_named(context, id).rules.values()]
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
    from services.cli.output import print_json, print_lines
    from services.cli.policy_named import contents, policy_named
    from services.policies import explain as in_plain_words

    lines = in_plain_words(contents(policy_named(context, id))).splitlines()
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
    from services.cli.policy_named import file_text
    from services.policies import faults

    found = faults(file_text(file))
    if wants_json(context):
        print_json([fault._asdict() for fault in found])
    elif found:
        print_lines(f"{file}, {fault}" for fault in found)
    else:
        print_lines([f"{file} is sound."])
    context.exit(FINDINGS if found else 0)


@policy.command()
@click.argument("before", metavar="A")
@click.argument("after", metavar="B")
@reading
@click.pass_context
def diff(context: click.Context, before: str, after: str) -> None:
    """What changed from version A to version B, by clause, setting, step and duty."""
    from services.cli.output import print_json, print_lines
    from services.cli.policy_named import contents, policy_named
    from services.policies.comparing import changes
    from services.policies.plain_words.changes import as_json, changes_in_words

    both = [contents(policy_named(context, name)) for name in (before, after)]
    found = changes(*both)
    if wants_json(context):
        print_json([as_json(change) for change in found])
    elif found:
        print_lines(changes_in_words(found))
    else:
        click.echo(f"{before} and {after} say the same.", err=True)
