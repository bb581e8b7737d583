"""Whether every role that a policy file names exists, and may do what the file leaves to it."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from domain.people.rights import RIGHTS, Rights
from domain.policy.roles import read_rights
from schemas.catalogue import command_names
from schemas.faults import Fault
from services.policies.places import Table, duties, table, tables, words

_OFFICE = ("appoint", "end-appointment", "adopt-policy")
_ABLE_TO_DO_NOTHING = {"auditor": "reads only", "administrator": "sees to the office alone"}


def rights_of(file: Table) -> Rights:
    """What each role of the file may do, as far as the file makes sense."""
    roles = {
        path.partition(".")[2]: {
            "like": entry.get("like"),
            "may": words(entry, "may"),
            "may_not": words(entry, "may_not"),
        }
        for path, entry in tables(file, "roles")
    }
    permissions = table(file, "permissions")
    blocks = table(file, "blocks")
    told = table(file, "director").get("told")
    return read_rights(
        {
            "roles": roles,
            "permissions": {command: words(permissions, command) for command in permissions},
            "blocks": {
                "approval": _approvers(blocks),
                "grounds": {
                    path: {"approval": _approvers(ground)}
                    for path, ground in tables(file, "blocks.grounds")
                },
            },
            "director": {"told": told} if isinstance(told, str) else {},
        }
    )


def _approvers(step: Table) -> Table:
    return {"by": words(table(step, "approval"), "by")}


def unknown_persons(file: Table) -> Iterator[Fault]:
    """Roles that nobody can hold, and commands that no role may do or that there are not."""
    known = [*RIGHTS, *table(file, "roles")]
    for path, role in _named(file):
        if role not in known:
            near = ", ".join(get_close_matches(role, known, n=3) or known)
            yield Fault(path, f"names {role}, which is no role", f"one of: {near}; or [roles]")
    yield from _further_roles(file)
    yield from _permissions(file, rights_of(file))


def _named(file: Table) -> Iterator[tuple[str, str]]:
    """Every place where a file names a role."""
    steps = [("blocks", table(file, "blocks")), *tables(file, "blocks.grounds")]
    steps += [(f"{path}.approval", table(step, "approval")) for path, step in steps]
    steps += tables(file, "removal.grounds")
    steps += [(path, table(file, path)) for path in _DECIDED]
    steps += list(duties(file))
    for path, step in steps:
        for key in ("decided_by", "agreement_of", "by", "waived_by"):
            yield from ((f"{path}.{key}.{n}", role) for n, role in enumerate(words(step, key)))
        for key in ("owed_by", "told"):
            if isinstance(step.get(key), str):
                yield f"{path}.{key}", str(step[key])
    for command in table(file, "permissions"):
        if command != "rules":
            named = words(table(file, "permissions"), command)
            yield from ((f"permissions.{command}.{n}", role) for n, role in enumerate(named))


_DECIDED = ("mutes", "blocks.reversal", "police.not_criminal", "police.unsent", "director")


def _further_roles(file: Table) -> Iterator[Fault]:
    for path, entry in tables(file, "roles"):
        if path.partition(".")[2] in RIGHTS:
            wanted = "another name; [permissions] says what a known role may do"
            yield Fault(path, "is one of the seven roles already", wanted)
        for key in ("may", "may_not"):
            for index, command in enumerate(words(entry, key)):
                yield from _no_command(f"{path}.{key}.{index}", command)


def _permissions(file: Table, rights: Rights) -> Iterator[Fault]:
    permissions = table(file, "permissions")
    for command in permissions:
        if command == "rules":
            continue
        path = f"permissions.{command}"
        yield from _no_command(path, command)
        named = words(permissions, command)
        if command in _OFFICE and "administrator" not in named:
            yield Fault(path, f"leaves {command} to no administrator", "administrator among them")
        for index, role in enumerate(named):
            why = _ABLE_TO_DO_NOTHING.get(rights.like.get(role, role))
            if why and command not in RIGHTS.get(role, ()):
                problem = f"lets {role} {command}, who {why}"
                yield Fault(f"{path}.{index}", problem, "a role that may act")
    for command in sorted(set().union(*RIGHTS.values())):
        if not rights.able(command):
            yield Fault("permissions", f"leaves nobody who may {command}", "a role that may")


def _no_command(path: str, command: str) -> Iterator[Fault]:
    if command not in command_names():
        near = ", ".join(get_close_matches(command, command_names(), n=3)) or "a command's name"
        yield Fault(path, f"names {command}, which is no command", f"one of: {near}")
