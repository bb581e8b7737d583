"""The address of a register on a server, for commands that make sense there alone."""

from __future__ import annotations

from collections.abc import Mapping

import click

from services.settings import register_address


def server_meant(flags: Mapping[str, str | None]) -> str:
    """The `postgresql://` address in force; a folder is refused in words."""
    address = register_address(flags)
    if not isinstance(address, str):
        raise click.UsageError(
            f"The register in {address} keeps its views itself. A register on PostgreSQL is meant: "
            "--register postgresql://…"
        )
    return address
