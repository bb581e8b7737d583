"""Whether every step of a policy can be taken by somebody at some time."""

from __future__ import annotations

from collections.abc import Iterator

from domain.people.rights import Rights
from schemas.faults import Fault
from services.policies.persons import rights_of
from services.policies.places import Table, duties, needs, table, tables, words

_ASKING_FIRST = ("asked_all_ways", "window_passed", "not_complied")
_COUNTING = ("earlier_strike", "strikes")


def unreachable_steps(file: Table) -> Iterator[Fault]:
    """Steps that nobody could ever take, and why."""
    yield from _without_asking(file)
    yield from _without_strikes(file)
    yield from _without_hearing(file)
    yield from _without_a_person(file)


def _without_asking(file: Table) -> Iterator[Fault]:
    asking = table(file, "asking")
    for path, need in needs(file):
        what = need.get("what")
        if what in _ASKING_FIRST and not asking:
            problem = f"needs {what}, and the policy knows no asking"
            yield Fault(f"{path}.what", problem, "a table [asking]")
        elif what == "window_passed" and "window" not in asking:
            problem = "needs the time to comply to have passed, and none is set"
            yield Fault(f"{path}.what", problem, "window in [asking]")


def _without_hearing(file: Table) -> Iterator[Fault]:
    for path, need in needs(file):
        if need.get("what") != "heard":
            continue
        ground = path.rpartition(".needs")[0]
        if not path.startswith("blocks.grounds."):
            problem = "needs the person to have been heard, which is asked before a block only"
            yield Fault(f"{path}.what", problem, "another need")
        elif not (table(file, f"{ground}.hearing") or table(file, "blocks.hearing")):
            problem = "needs the person to have been heard, and the policy knows no hearing"
            yield Fault(f"{path}.what", problem, "a table [blocks.hearing]")


def _without_strikes(file: Table) -> Iterator[Fault]:
    if any(category.get("strike") is not False for _, category in tables(file, "categories")):
        return
    for path, need in needs(file):
        if need.get("what") in _COUNTING:
            problem = "needs an earlier breach that counts, and none ever counts"
            yield Fault(f"{path}.what", problem, "a category without strike = false")
    for path, duty in duties(file):
        if duty.get("occasion") == "repeat":
            problem = "is owed after another breach that counts, and none ever counts"
            yield Fault(f"{path}.occasion", problem, "a category without strike = false")


def _without_a_person(file: Table) -> Iterator[Fault]:
    rights = rights_of(file)
    grounds = [*tables(file, "blocks.grounds"), ("blocks", table(file, "blocks"))]
    for path, entry in grounds:
        yield from _nobody(path, "decided_by", entry, "block", rights)
        approval = f"{path}.approval"
        yield from _nobody(approval, "by", table(file, approval), "approve-block", rights)
    yield from _nobody("mutes", "decided_by", table(file, "mutes"), "mute", rights)
    for path, entry in tables(file, "removal.grounds"):
        yield from _nobody(path, "decided_by", entry, "hide", rights)
    for key, command in (("not_criminal", "refer-police"), ("unsent", "not-referred")):
        path = f"police.{key}"
        yield from _nobody(path, "decided_by", table(file, path), command, rights)
    for path, entry in tables(file, "authorities"):
        yield from _nobody(path, "decided_by", entry, "refer-authority", rights)
    for path, duty in duties(file):
        yield from _nobody(path, "waived_by", duty, "waive", rights)
    path = "blocks.reversal"
    yield from _nobody(path, "agreement_of", table(file, path), "agree-reversal", rights)


def _nobody(path: str, key: str, entry: Table, command: str, rights: Rights) -> Iterator[Fault]:
    roles = words(entry, key)
    if roles and not any(command in rights.commands.get(role, ()) for role in roles):
        able = ", ".join(rights.able(command))
        problem = f"leaves it to {', '.join(roles)}, who may not {command}"
        yield Fault(f"{path}.{key}", problem, f"at least one of: {able}")
