"""Whether every step of a policy can be taken by somebody at some time."""

from __future__ import annotations

from collections.abc import Iterator

from domain.people.rights import RIGHTS
from schemas.faults import Fault
from services.policies.places import Table, duties, needs, table, tables, words

_ASKING_FIRST = ("asked_all_ways", "window_passed", "not_complied")
_COUNTING = ("earlier_strike", "strikes")


def unreachable_steps(file: Table) -> Iterator[Fault]:
    """Steps that nobody could ever take, and why."""
    yield from _without_asking(file)
    yield from _without_strikes(file)
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
    grounds = [*tables(file, "blocks.grounds"), ("blocks", table(file, "blocks"))]
    for path, entry in grounds:
        yield from _nobody(path, "decided_by", entry, "block")
    yield from _nobody("mutes", "decided_by", table(file, "mutes"), "mute")
    for path, entry in tables(file, "removal.grounds"):
        yield from _nobody(path, "decided_by", entry, "hide")
    for key, command in (("not_criminal", "refer-police"), ("unsent", "not-referred")):
        path = f"police.{key}"
        yield from _nobody(path, "decided_by", table(file, path), command)
    for path, entry in tables(file, "authorities"):
        yield from _nobody(path, "decided_by", entry, "refer-authority")
    path = "blocks.reversal"
    yield from _nobody(path, "agreement_of", table(file, path), "agree-reversal")


def _nobody(path: str, key: str, entry: Table, command: str) -> Iterator[Fault]:
    roles = words(entry, key)
    if roles and not any(command in RIGHTS.get(role, ()) for role in roles):
        able = ", ".join(role for role, commands in RIGHTS.items() if command in commands)
        problem = f"leaves it to {', '.join(roles)}, who may not {command}"
        yield Fault(f"{path}.{key}", problem, f"at least one of: {able}")
