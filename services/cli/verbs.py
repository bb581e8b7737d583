"""A verb for each command: its options come from the schema, its answer is printed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from services.cli.shared_options import (
    actor_option,
    council_option,
    dry_run_option,
    is_dry,
    json_option,
    register_option,
    wait_option,
    wait_seconds_option,
    wants_json,
)

if TYPE_CHECKING:
    from services.cli.answers import Answer


class Verb(click.Command):
    """One command of the schemas, whose options are made when they are first asked for."""

    def __init__(self, name: str, schema: dict[str, Any]) -> None:
        self.schema = schema
        self.command = name
        super().__init__(
            name,
            callback=self._run,
            help=schema["description"],
            short_help=schema["title"],
        )
        self._made = False

    def get_params(self, context: click.Context) -> list[click.Parameter]:
        """Its options, made from the schema."""
        if not self._made:
            self.params, self._made = list(self._parameters()), True
        return super().get_params(context)

    def format_epilog(self, _context: click.Context, formatter: click.HelpFormatter) -> None:
        """An example to begin with."""
        from services.cli.examples import typed

        for example in self.schema["examples"][:1]:
            with formatter.section("For example"):
                formatter.write_text(typed(example))

    def _parameters(self) -> Iterator[click.Parameter]:
        from services.cli.fields import field_options

        if "case" in self.schema["properties"]:
            yield click.Argument(["case_argument"], metavar="[CASE]", required=False)
        yield from field_options(self.schema)
        yield click.Option(
            ["--document", "document_argument"],
            metavar="JSON|@FILE|-",
            help="The whole command as JSON, from a file, or from stdin. Options come on top.",
        )
        yield from (make() for make in (actor_option, council_option, register_option))
        yield from (make() for make in (wait_option, wait_seconds_option))
        yield from (make() for make in (dry_run_option, json_option))

    def _run(
        self, document_argument: str | None, case_argument: str | None = None, **typed: Any
    ) -> None:
        from services.cli.asking import ask

        context = click.get_current_context()
        answer = ask(context, self, document_argument, case_argument, typed)
        show_answer(context, self.command, answer)


def verb(name: str) -> Verb:
    """The verb of a command; KeyError where there is no such command."""
    from schemas import command_schema

    return Verb(name, command_schema(name))


def show_answer(context: click.Context, command: str, answer: Answer) -> None:
    """Print an answer and end with its exit code."""
    from services.casework.casework import exit_code
    from services.cli.answers import in_words
    from services.cli.output import print_json, print_lines

    if wants_json(context):
        print_json(answer)
    else:
        print_lines(in_words(answer, command, dry=is_dry(context)))
    context.exit(exit_code(answer))
