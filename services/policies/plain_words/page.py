"""A whole policy on one page, in its own order."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from services.policies.plain_words.appeals import appeals, complaints
from services.policies.plain_words.authorities import authorities
from services.policies.plain_words.breaches import breaches, places, record
from services.policies.plain_words.citing import File, cited
from services.policies.plain_words.keeping import retention
from services.policies.plain_words.persons import persons
from services.policies.plain_words.phrases import day_in_words, either, silence_follows
from services.policies.plain_words.posts import automation, withholding
from services.policies.plain_words.sanctions import muting, warning
from services.policies.plain_words.steps import (
    asking,
    blocks,
    others,
    removal,
    reversal,
    telling,
)


def explain(file: File) -> str:
    """What a sound policy file says, told to the officer who wrote the policy.

    Every step with its force, what it needs, who decides and what follows; then every choice
    that was made where the policy is open, and every silence with what follows from it.
    """
    return "\n".join([*_head(file), *_body(file)]) + "\n"


def _head(file: File) -> Iterator[str]:
    policy = file["policy"]
    start = policy.get("in_force_from")
    since = f"in force from {day_in_words(start)}" if start else "no date: in force since always"
    yield policy["title"]
    replaced = f", replacing version {policy['replaces']}" if "replaces" in policy else ""
    yield f"{policy['council']}, version {policy['version']} ({since}{replaced})"
    if "controller" in policy:
        yield f"Controller of the personal data: {policy['controller']}"
    yield f"Source: {policy['source']}"


def _body(file: File) -> Iterator[str]:
    told: list[str] = []
    for title, section in SECTIONS.items():
        if section is _choices and (rest := list(_unsaid(file, told))):
            yield from ("", "What else the policy says", *rest)
        lines = list(section(file))
        told += lines
        if lines:
            yield from ("", title, *lines)


def _unsaid(file: File, told: list[str]) -> Iterator[str]:
    """The clauses whose words no step has repeated: nothing of the policy goes untold."""
    page = "\n".join(told)
    for number, clause in file["clauses"].items():
        if clause["quote"] not in page:
            yield from cited(file, [number])
            yield from _read_as(file, number)


def _read_as(file: File, number: str) -> Iterator[str]:
    """That a clause does not stand alone, where a setting reads it with another."""
    for chosen, setting in file.get("settings", {}).items():
        if number in setting.get("reads", ()):
            yield f"      read as {chosen} has it: {setting['value']}"


def _versions(file: File) -> Iterator[str]:
    yield from cited(file, file["versions"]["rules"])


def _choices(file: File) -> Iterator[str]:
    for number, setting in file.get("settings", {}).items():
        yield f"  {number} {setting['question']}"
        yield f"    chosen: {setting['value']}"
        yield f"    because: {setting['reason']}"
        yield f"    by: {setting['chosen_by']}, {day_in_words(setting['chosen_on'])}"
        if setting.get("default"):
            yield "    a default: nobody at the council has confirmed it yet"
        if reads := setting.get("reads"):
            yield f"    reads together: {either(reads, 'and')}"


def _silences(file: File) -> Iterator[str]:
    for number, silence in file.get("silences", {}).items():
        yield f"  {number} {silence['text']}"
        yield f"    {silence_follows(silence)}"


SECTIONS: dict[str, Callable[[File], Iterator[str]]] = {
    "Where and when": places,
    "Who may do what": persons,
    "The record": record,
    "What is a breach": breaches,
    "Hiding and deleting": removal,
    "Before publication": withholding,
    "What acts by itself": automation,
    "Asking the author": asking,
    "Warning": warning,
    "Muting": muting,
    "Blocking": blocks,
    "Telling of a block": telling,
    "Taking a block back": reversal,
    "Appeals": appeals,
    "Complaints": complaints,
    "Police and platform": others,
    "Other authorities": authorities,
    "How long it is kept": retention,
    "Which version judges": _versions,
    "Where the policy is open: what was chosen": _choices,
    "What the policy does not mention": _silences,
}
