"""Whether a policy file says two things at once without saying which reading is followed."""

from __future__ import annotations

from collections.abc import Iterator

from schemas.faults import Fault
from services.policies.places import Table, duties, table, tables, words

_STEPS = ("removal", "asking", "warnings", "mutes", "blocks", "director")
_OBLIGING = (
    "ask_removal_direct",
    "ask_removal_public",
    "block_account",
    "notify_block",
    "refer_police",
    "remove_content",
    "remove_or_block",
    "tell_service_director",
    "warn",
)
_SAID_OR_SILENT = {
    "asking": "asking",
    "notice": "blocks.notice",
    "appeals": "appeals",
    "director": "director",
}
_WORDS = {"must": "will", "may": "may", "never": "will not"}


def contradictions(file: Table) -> Iterator[Fault]:
    """What can't hold together, unless a setting with `reads` says how it is read."""
    yield from _telling(file)
    warnings = table(file, "warnings")
    yield from _against(file, "warnings", warnings, warnings.get("force"))
    yield from _grounds(file)
    yield from _never_removed(file)
    yield from _curing(file)
    yield from _steps(file)
    yield from _duties(file)
    yield from _silences(file)
    head = table(file, "policy")
    if "version" in head and head.get("replaces") == head["version"]:
        yield Fault("policy.replaces", "is this version itself", "the version before it")


def _telling(file: Table) -> Iterator[Fault]:
    notice = table(file, "blocks.notice")
    force = notice.get("force")
    yield from _against(file, "blocks.notice", notice, force)
    for path, duty in duties(file):
        untold = notice.get("after_reversal") not in ("must", "may")
        if duty.get("code") == "notify_reversal" and untold:
            problem = "owes the person a notice of the end, and the policy gives none"
            yield Fault(f"{path}.code", problem, 'after_reversal = "must" in [blocks.notice]')
    if force != "never":
        return
    if notice.get("needed_before_applying") is True:
        problem = "asks that the person be told first, and the policy never tells them"
        yield Fault("blocks.notice.needed_before_applying", problem, "one of the two")
    for path, duty in duties(file):
        if duty.get("code") == "notify_block":
            problem = "owes the person a notice, and the policy never tells them"
            yield Fault(f"{path}.code", problem, 'no such duty, or force = "must"')


def _grounds(file: Table) -> Iterator[Fault]:
    for path, ground in tables(file, "blocks.grounds"):
        yield from _against(file, path, ground, ground.get("force", "may"))


def _never_removed(file: Table) -> Iterator[Fault]:
    """What is never hidden or deleted, and owed to be, or all there is."""
    step = table(file, "removal.never_for")
    yield from _against(file, "removal.never_for", step, "never")
    never = set(words(step, "categories"))
    if never and never >= set(table(file, "categories")):
        problem = "is never done to any category: nothing could be hidden or deleted"
        yield Fault("removal.never_for.categories", problem, "fewer categories")
    for path, duty in duties(file):
        owed = set(words(duty, "categories"))
        if duty.get("code") == "remove_content" and owed and owed <= never:
            problem = "owes the removal of what the policy never removes"
            yield Fault(f"{path}.categories", problem, "one of the two")


def _curing(file: Table) -> Iterator[Fault]:
    cure = words(table(file, "asking"), "cure")
    if cure and "deleted" not in cure:
        problem = "asks the author to remove it, and deleting it is no cure"
        yield Fault("asking.cure", problem, '"deleted" among them')


def _against(file: Table, path: str, step: Table, force: object) -> Iterator[Fault]:
    """A step of one force under a clause of another."""
    for index, number in enumerate(words(step, "rules")):
        said = _force(file, number)
        if str(force) in _WORDS and said in _WORDS and said != force and not _read(file, number):
            problem = f"is {force}, and {number} says '{_WORDS[said]}'"
            yield Fault(f"{path}.rules.{index}", problem, _a_reading(number))


def _steps(file: Table) -> Iterator[Fault]:
    """A step under clauses that say 'will' and 'may' at once."""
    for path in _STEPS:
        cited = words(table(file, path), "rules")
        forces = {number: force for number in cited if (force := _force(file, number)) in _WORDS}
        if len(set(forces.values())) > 1 and not _read(file, *forces):
            said = ", ".join(f"{number} '{_WORDS[force]}'" for number, force in forces.items())
            yield Fault(f"{path}.rules", f"says two things: {said}", _a_reading(*forces))


def _duties(file: Table) -> Iterator[Fault]:
    """A duty under a clause that leaves the choice, or forbids."""
    for path, duty in duties(file):
        for index, number in enumerate(words(duty, "rules")):
            force = _force(file, number)
            leaves_it_open = force == "may" and duty.get("code") in _OBLIGING
            if (leaves_it_open or force == "never") and not _read(file, number):
                problem = f"owes {duty.get('code')} under {number}, which says '{_WORDS[force]}'"
                yield Fault(f"{path}.rules.{index}", problem, _a_reading(number))


def _silences(file: Table) -> Iterator[Fault]:
    about: dict[str, str] = {}
    for path, silence in tables(file, "silences"):
        matter = str(silence.get("about"))
        if matter in about:
            problem = f"is silent about {matter} again, after {about[matter]}"
            yield Fault(f"{path}.about", problem, "one silence a matter")
        about.setdefault(matter, path.rpartition(".")[2])
    for matter, place in _SAID_OR_SILENT.items():
        if matter in about and table(file, place):
            problem = f"is silent about {matter}, and [{place}] speaks of it"
            yield Fault(f"silences.{about[matter]}.about", problem, "one of the two")
        elif matter not in about and not table(file, place):
            wanted = f'a table [{place}], or a silence with about = "{matter}" and what follows'
            yield Fault(place, "is missing, and no silence says what follows", wanted)


def _force(file: Table, number: str) -> str:
    return str(table(table(file, "clauses"), number).get("force", ""))


def _read(file: Table, *numbers: str) -> bool:
    """Whether a setting records how these clauses are read."""
    return any(
        set(numbers) <= set(words(setting, "reads")) for _, setting in tables(file, "settings")
    )


def _a_reading(*numbers: str) -> str:
    return f"one force, or a setting that reads {', '.join(numbers)} and says why"
