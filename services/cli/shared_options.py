"""What every command of the command line takes: which register, which council, who, how told."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

Decorated = TypeVar("Decorated", bound=Callable[..., Any])

WAIT_SECONDS = 10.0
SETTINGS = ("register", "council", "actor")


def flags(context: click.Context) -> dict[str, str | None]:
    """The settings that were given as flags."""
    return {name: context.meta.get(_key(name)) for name in SETTINGS}


def wants_json(context: click.Context) -> bool:
    """Whether the answer is for a machine."""
    return bool(context.meta.get(_key("json")))


def is_dry(context: click.Context) -> bool:
    """Whether nothing is to be recorded."""
    return bool(context.meta.get(_key("dry_run")))


def stay_dry(context: click.Context) -> None:
    """From here on, record nothing."""
    context.meta[_key("dry_run")] = True


def register_option() -> click.Option:
    """`--register`."""
    return _option(
        ["--register"],
        "The register's folder, or postgresql://… of its server. Else CASEBOOK_REGISTER, else a "
        "folder in your data directory.",
        metavar="FOLDER|ADDRESS",
    )


def council_option() -> click.Option:
    """`--council`."""
    return _option(
        ["--council"],
        "The council's id. Else CASEBOOK_COUNCIL; not needed where the register has only one.",
        metavar="ID",
    )


def actor_option() -> click.Option:
    """`--as`, which is also the document's field `actor`."""
    return _option(
        ["--as", "--actor", "actor"],
        "Staff id of the person who acts. Else CASEBOOK_ACTOR; never guessed.",
        metavar="ID",
    )


def json_option() -> click.Option:
    """`--json`."""
    return _option(["--json"], "Answer in JSON, for machines.", is_flag=True)


def dry_run_option() -> click.Option:
    """`--dry-run`."""
    return _option(["--dry-run"], "Say what would come of it, and record nothing.", is_flag=True)


def wait_option() -> click.Option:
    """`--wait`."""
    return _option(
        ["--wait"], "Answer only once the views hold it, where projectors keep them.", is_flag=True
    )


def wait_seconds_option() -> click.Option:
    """`--wait-seconds`."""
    return _option(
        ["--wait-seconds"],
        f"How long to wait at most. Else {WAIT_SECONDS:g}.",
        type=click.FloatRange(0, 3600),
        metavar="SECONDS",
    )


def seconds_to_wait(context: click.Context) -> float | None:
    """How long to wait for the views; None where that was not asked."""
    seconds: float | None = context.meta.get(_key("wait_seconds"))
    if seconds is None and context.meta.get(_key("wait")):
        return WAIT_SECONDS
    return seconds


def common(*options: Callable[[], click.Option]) -> Callable[[Decorated], Decorated]:
    """Add these options to a command, after its own."""

    def add(function: Decorated) -> Decorated:
        known: list[click.Parameter] = function.__dict__.setdefault("__click_params__", [])
        known[:0] = [option() for option in reversed(options)]
        return function

    return add


def health(function: Decorated) -> Decorated:
    """Add `--health-port` and `--health-host`, of what runs until it is stopped."""
    host = click.option(
        "--health-host",
        default="127.0.0.1",
        metavar="HOST",
        help="To whom: this machine alone, or with 0.0.0.0 whoever reaches it.",
    )
    port = click.option(
        "--health-port",
        type=click.IntRange(0, 65535),
        metavar="PORT",
        help="Tell /metrics, /livez and /readyz there.",
    )
    return port(host(function))


reading = common(register_option, council_option, json_option)
"""The options of what people read."""
upkeep = common(register_option, json_option)
"""The options of what concerns the whole register."""


def _option(names: list[str], help: str, **more: Any) -> click.Option:
    return click.Option(names, help=help, expose_value=False, callback=_remember, **more)


def _remember(context: click.Context, option: click.Parameter, value: Any) -> None:
    # Kept beside the context, which subcommands share: a flag may stand before or after them.
    if value and option.name:
        context.meta[_key(option.name)] = value


def _key(name: str) -> str:
    return f"casebook.{name}"
