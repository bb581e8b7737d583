"""The policy files that come with Casebook."""

from __future__ import annotations

from importlib.resources import files
from typing import NamedTuple


class ShippedPolicy(NamedTuple):
    """One shipped version of one council's policy."""

    council: str
    version: str
    text: bytes


def shipped() -> list[ShippedPolicy]:
    """Every policy file in the package, by council and version."""
    councils = (files("domain") / "policies").iterdir()
    return sorted(
        ShippedPolicy(council.name, file.name.removesuffix(".toml"), file.read_bytes())
        for council in councils
        if council.is_dir()
        for file in council.iterdir()
        if file.name.endswith(".toml")
    )
