"""`casebook may`: the verdict on a command, recording nothing."""

from __future__ import annotations

import click

from services.cli.shared_options import (
    actor_option,
    common,
    council_option,
    json_option,
    register_option,
    stay_dry,
    wants_json,
)


@click.command(
    context_settings={"ignore_unknown_options": True, "allow_interspersed_args": False},
    options_metavar="",
)
@click.argument("case")
@click.argument("command", metavar="COMMAND")
@click.argument("words", nargs=-1, type=click.UNPROCESSED, metavar="[OPTIONS]")
@common(actor_option, council_option, register_option, json_option)
@click.pass_context
def may(context: click.Context, case: str, command: str, words: tuple[str, ...]) -> None:
    """Whether a command would be allowed for a case, and under which rule; nothing is recorded.

    What follows COMMAND are its own options, as `casebook COMMAND --help` lists them.
    """
    from services.casework.casework import exit_code
    from services.cli.asking import ask
    from services.cli.output import print_json
    from services.cli.verbs import show_answer, verb

    try:
        asked = verb(command.replace("_", "-"))
    except KeyError:
        raise click.UsageError(
            f"There is no command {command!r}. casebook --help lists them."
        ) from None
    stay_dry(context)
    with asked.make_context(command, [*words], parent=context) as inner:
        given = dict(inner.params)
        whole = given.pop("document_argument")
        if given.pop("case_argument", None):
            raise click.UsageError("The case stands before the command: casebook may CASE COMMAND.")
        answer = ask(inner, asked, whole, case, given)
        if not wants_json(inner):
            show_answer(inner, asked.command, answer)
        print_json([answer])
        inner.exit(exit_code(answer))
