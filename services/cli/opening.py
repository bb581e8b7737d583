"""Open the register that is meant, and find out which council and case are meant."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from services.cli.shared_options import flags
from services.settings import register_address, setting

if TYPE_CHECKING:
    from services.assemble import Casework
    from services.store.lookups import Case


@contextmanager
def opened(context: click.Context) -> Iterator[Casework]:
    """The casework of the register in force; raises `services.faults.Fault`s where it can't be."""
    where = register_address(flags(context))
    from services import assemble

    with assemble.open_casework(where) as casework:
        yield casework


def council_asked(context: click.Context, casework: Casework) -> str | None:
    """The council to which an answer is limited, or None for all of the register."""
    council = setting("council", flags(context)).value
    if council and council not in casework.councils:
        from services.faults import UnknownCouncil

        there = ", ".join(casework.councils) or "none yet: casebook init adds one"
        raise UnknownCouncil(f"This register has no council {council}. There are {there}.")
    return council


def council_meant(context: click.Context, casework: Casework, document: dict[str, Any]) -> str:
    """The council of a command: as said, else the register's only one, else that of its case."""
    said = setting("council", flags(context)).value
    councils = casework.councils
    if said or len(councils) == 1:
        return said or councils[0]
    if not councils:
        raise no_council()
    if isinstance(text := document.get("case"), str):
        # A case that isn't there has no council; whichever is asked answers that.
        case = casework.lookups.by_case(text)
        return case.council if case else councils[0]
    raise click.UsageError(
        f"Say which council: --council ID, or CASEBOOK_COUNCIL. There are {', '.join(councils)}."
    )


def case_meant(context: click.Context, casework: Casework, text: str) -> Case:
    """The case that CASE names; NotFound where there is none."""
    return casework.reading.find_case(council_asked(context, casework), text)


def actor_meant(context: click.Context) -> str | None:
    """Who acts, if that was said."""
    return setting("actor", flags(context)).value


def no_council() -> Exception:
    """That the register holds no council yet."""
    from services.faults import UnknownCouncil

    return UnknownCouncil("This register has no council yet. casebook init --council ID adds one.")
