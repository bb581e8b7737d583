"""Who may do what, as a policy file says it: further roles, permissions, whom a step names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from domain.people.rights import RIGHTS, SILENT, Rights

Table = Mapping[str, Any]
APPROVING = frozenset({"approve-block", "decline-block"})


def read_rights(file: Table) -> Rights:
    """The rights that a file gives: those of the seven roles, but where it speaks itself.

    Further roles of `[roles]` stand right above the one that they are like. `[permissions]` says
    for each command it names which roles may do it, and no other.
    """
    further = file.get("roles", {})
    permissions = permitted(file)
    granted = _named_by_a_step(file)
    if not further and not permissions and not granted:
        return SILENT
    commands: dict[str, frozenset[str]] = {}
    for known, rights in RIGHTS.items():
        commands[known] = rights
        for role, entry in further.items():
            if entry["like"] == known:
                may, may_not = entry.get("may", ()), entry.get("may_not", ())
                commands[role] = (rights | set(may)) - set(may_not)
    for role, more in granted.items():
        commands[role] = commands.get(role, frozenset()) | more
    for role, rights in commands.items():
        named = {command for command, roles in permissions.items() if role in roles}
        commands[role] = (rights - permissions.keys()) | named
    return Rights(commands, {role: entry["like"] for role, entry in further.items()})


def permitted(file: Table) -> dict[str, Sequence[str]]:
    """The commands that `[permissions]` names, each with the roles that may."""
    table = file.get("permissions", {})
    return {command: roles for command, roles in table.items() if command != "rules"}


def _named_by_a_step(file: Table) -> dict[str, frozenset[str]]:
    """What a role may do because a step names it for just that."""
    found: dict[str, frozenset[str]] = {}
    for step in (file["blocks"], *file["blocks"]["grounds"].values()):
        for role in step.get("approval", {}).get("by", ()):
            found[role] = found.get(role, frozenset()) | APPROVING
    if told := file.get("director", {}).get("told"):
        found[told] = found.get(told, frozenset()) | {"director-acknowledges"}
    return found
