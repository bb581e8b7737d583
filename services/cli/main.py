"""The command `casebook`: finds the command meant, runs it, and ends with its exit code."""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Sequence
from typing import NoReturn

import click

from services.cli.listing import EXIT_CODES, KEEPING, READING, WHERE
from services.cli.shared_options import common, council_option, json_option, register_option


class Commands(click.Group):
    """Each command is loaded when it is meant; help knows the rest by their titles."""

    def list_commands(self, _context: click.Context) -> list[str]:
        """Every command there is."""
        from schemas import command_names

        return [*READING, *KEEPING, *command_names()]

    def get_command(self, _context: click.Context, name: str) -> click.Command | None:
        """The command of that name, or None."""
        if place := WHERE.get(name):
            module, attribute = place.split(":")
            command: click.Command = getattr(importlib.import_module(module), attribute)
            return command
        from services.cli.verbs import verb

        try:
            return verb(name)
        except KeyError:
            return None

    def resolve_command(
        self, context: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click has it, but a name that is nearly right is told what is near."""
        name = args[0].replace("_", "-")
        if not name.startswith("-") and self.get_command(context, name) is None:
            from difflib import get_close_matches

            near = get_close_matches(name, self.list_commands(context))
            hint = f" Is it {' or '.join(near)}?" if near else " casebook --help lists them."
            context.fail(f"There is no command {args[0]!r}.{hint}")
        return super().resolve_command(context, [name, *args[1:]])

    def format_commands(self, _context: click.Context, formatter: click.HelpFormatter) -> None:
        """Three lists: what people read, what they record, what keeps the register."""
        from schemas import command_names, command_schema

        titles = {name: command_schema(name)["title"] for name in command_names()}
        lists = {"Read": READING, "Record": titles, "Keep the register": KEEPING}
        for heading, listed in lists.items():
            with formatter.section(heading):
                formatter.write_dl(list(listed.items()))

    def format_epilog(self, _context: click.Context, formatter: click.HelpFormatter) -> None:
        """What the exit codes say."""
        with formatter.section("Exit codes"):
            formatter.write_dl(list(EXIT_CODES.items()))


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=lambda context, _, asked: _tell_version(context) if asked else None,
    help="Show the version and exit.",
)
@common(register_option, council_option, json_option)
def casebook() -> None:
    """The record a council can stand behind when it enforces its social-media policy.

    CASE is a case reference (ABC-7KQ2-M9XA), or PLATFORM/HANDLE. Every command has its own --help.
    """


def main() -> None:
    """Run the command line and end the process with its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if reconfigure := getattr(stream, "reconfigure", None):
            reconfigure(errors="replace")
    code = run(sys.argv[1:])
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            # Or Python would try again as it ends, and end with a code of its own.
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
    sys.exit(code)


def run(words: Sequence[str]) -> int:
    """Run one command line; returns its exit code, and never raises."""
    try:
        code = _carried_out(words)
        sys.stdout.flush()
    except BrokenPipeError:
        return 1
    except click.exceptions.Abort:
        return _told("Stopped.", 1)
    except Exception as error:
        return _failed(error)
    return code


def _tell_version(context: click.Context) -> NoReturn:
    from importlib.metadata import PackageNotFoundError, version

    try:
        found = version("council-casebook")
    except PackageNotFoundError:
        found = "unknown: it runs from its source, without being installed"
    click.echo(f"casebook, version {found}")
    context.exit()


def _carried_out(words: Sequence[str]) -> int:
    for place, word in enumerate(words, 1):
        if not word.isprintable() and any("\ud800" <= letter <= "\udfff" for letter in word):
            return _told(f"Word {place} of the command line is not UTF-8.", 2)
    try:
        return casebook.main(list(words), "casebook", standalone_mode=False) or 0
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else 1


def _failed(error: Exception) -> int:
    from services.faults import Fault
    from services.settings import traces_wanted

    if isinstance(error, Fault):
        return _told(error.message, error.exit_code)
    if traces_wanted():
        raise error
    if isinstance(error, OSError):
        return _told(f"That can't be read or written: {error}.", 1)
    return _told(
        f"Casebook itself failed ({type(error).__name__}: {error}). What it answered before is "
        "recorded. CASEBOOK_TRACE=1 shows where, for whoever mends it.",
        1,
    )


def _told(message: str, code: int) -> int:
    from services.cli.output import harmless

    try:
        click.echo(" ".join(harmless(message).split()), err=True)
    except OSError:
        return code
    return code
