"""Whether what a policy file says of warning and muting can be done, and holds together."""

from __future__ import annotations

from collections.abc import Iterator

from schemas.faults import Fault
from services.policies.places import Table, duties, needs, table, tables

_ABOUT_WARNING = ("warned", "warning_window_passed")
_HOW = ("ways", "levels", "states", "needs", "window")
_SILENCES = {"warning": "warnings", "muting": "mutes"}


def unsound_sanctions(file: Table) -> Iterator[Fault]:
    """Warnings and mutes that nobody gives, that wait for themselves, or rest on no finding."""
    yield from _never_given(file)
    yield from _waiting_for_itself(file)
    yield from _never_warns(file)
    yield from _promised(file)
    yield from _silent_and_said(file)
    yield from _without_a_finding(file)


def _warns(file: Table) -> bool:
    step = table(file, "warnings")
    return bool(step) and step.get("force") != "never"


def _never_given(file: Table) -> Iterator[Fault]:
    """What needs or follows from a warning or a mute, where there is none."""
    mutes = bool(table(file, "mutes"))
    for path, need in needs(file):
        what = need.get("what")
        if what in _ABOUT_WARNING and not _warns(file):
            problem = f"needs {what}, and the policy warns nobody"
            yield Fault(f"{path}.what", problem, 'a table [warnings] whose force isn\'t "never"')
        elif what == "warning_window_passed" and "window" not in table(file, "warnings"):
            problem = "needs the time to mend to have passed, and none is set"
            yield Fault(f"{path}.what", problem, "window in [warnings]")
        elif need.get("counting") == "warned" and not _warns(file):
            problem = "counts what people were warned of, and the policy warns nobody"
            yield Fault(f"{path}.counting", problem, "a table [warnings], or another count")
        elif what == "muted" and not mutes:
            problem = "needs a mute, and the policy mutes nobody"
            yield Fault(f"{path}.what", problem, "a table [mutes]")
    for path, duty in duties(file):
        if duty.get("code") == "warn" and not _warns(file):
            yield Fault(f"{path}.code", "owes a warning, and the policy warns nobody", "[warnings]")
        if duty.get("on") == "warned" and not _warns(file):
            yield Fault(f"{path}.on", "is raised by a warning, and nobody is warned", "[warnings]")
        if duty.get("on") in ("muted", "unmuted") and not mutes:
            yield Fault(f"{path}.on", "is raised by a mute, and nobody is muted", "[mutes]")


def _waiting_for_itself(file: Table) -> Iterator[Fault]:
    """A first warning that needs a warning, a first mute that needs a mute, or each the other."""
    waits = {
        step: {str(need.get("what")) for _, need in tables(file, f"{step}.needs")}
        for step in ("warnings", "mutes")
    }
    for step, own, other, others in (
        ("warnings", "warned", "mutes", "muted"),
        ("mutes", "muted", "warnings", "warned"),
    ):
        for path, need in tables(file, f"{step}.needs"):
            what = need.get("what")
            if what == own or (what == others and own in waits[other]):
                problem = f"needs {what} before the first can be: nobody could begin"
                yield Fault(f"{path}.what", problem, "another need")


def _never_warns(file: Table) -> Iterator[Fault]:
    step = table(file, "warnings")
    if step.get("force") == "never":
        for key in _HOW:
            if key in step:
                problem = "says how people are warned, and the policy never warns them"
                yield Fault(f"warnings.{key}", problem, "one of the two")


def _promised(file: Table) -> Iterator[Fault]:
    """A warning that the council will give, and that nothing owes or waits for."""
    if table(file, "warnings").get("force") != "must":
        return
    owed = any(duty.get("code") == "warn" for _, duty in duties(file))
    if not owed and not any(need.get("what") in _ABOUT_WARNING for _, need in needs(file)):
        problem = "says that people will be warned, and nothing owes it or waits for it"
        yield Fault("warnings.force", problem, 'a duty "warn", or a step that needs "warned"')


def _silent_and_said(file: Table) -> Iterator[Fault]:
    for path, silence in tables(file, "silences"):
        place = _SILENCES.get(str(silence.get("about")))
        if place and table(file, place):
            problem = f"is silent about {silence['about']}, and [{place}] speaks of it"
            yield Fault(f"{path}.about", problem, "one of the two")
        elif place and silence.get("follows") != "refused":
            problem = "leaves a burden on the person open, where the policy is silent"
            yield Fault(f"{path}.follows", problem, '"refused"')


def _without_a_finding(file: Table) -> Iterator[Fault]:
    """A sanction for what nobody has found to be a breach."""
    for step, does in (("warnings", "warns"), ("mutes", "mutes")):
        found = any(
            need.get("what") == "finding" and "categories" not in need
            for _, need in tables(file, f"{step}.needs")
        )
        if not found and (table(file, step) if step == "mutes" else _warns(file)):
            wanted = '{ what = "finding", rules = […] } among its needs'
            yield Fault(step, f"{does} people without a breach having been found", wanted)
