"""The version of the policy that was in force, with the words of the clauses that a case cites."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from itertools import chain
from typing import Any

from domain.people.council import Council
from domain.policy.policy import Policy

Event = dict[str, Any]
Cited = dict[str, list[str]]
Clause = dict[str, str | None]
VERSIONS = ("policy", "substance")


def policy_then(
    council: Council,
    day: date,
    events: Iterable[Event],
    appeals: Iterable[dict[str, Any]],
    policy_of: Callable[[str], Policy],
) -> dict[str, Any]:
    """The version in force on a day: `id`, `version`, `sha256`, `from`, `in_force`, `clauses`.

    `in_force` is False before the first version's own date, where the first one is shown. The
    `clauses` are those that the events and the appeals cite, in its words; one that it lacks
    comes with the words of the version that the event was decided under.
    """
    policy = council.procedure(day)
    adoption = next(each for each in council.adoptions if each.policy is policy)
    cited = _cited(events, appeals)
    return {
        **policy.as_reference(),
        "from": adoption.starts.isoformat() if adoption.starts else None,
        "in_force": council.in_force(day) is not None,
        "clauses": [
            _worded(rule, chain((policy,), map(policy_of, dict.fromkeys(hashes))))
            for rule, hashes in cited.items()
        ],
    }


def clauses(events: Iterable[Event], policy_of: Callable[[str], Policy]) -> list[Clause]:
    """The rules that events were decided under, each once, in the words of their own version."""
    found: dict[str, Clause] = {}
    for event in events:
        named = [event[word]["sha256"] for word in VERSIONS if "sha256" in event.get(word, {})]
        versions = [policy_of(digest) for digest in named]
        for rule in event["rules"]:
            found.setdefault(rule, _worded(rule, versions))
    return list(found.values())


def _cited(events: Iterable[Event], appeals: Iterable[dict[str, Any]]) -> Cited:
    """Every rule cited, with the SHA-256 of the versions under which it was."""
    found: Cited = {}
    for event in events:
        named = [event[word].get("sha256") for word in VERSIONS if event.get(word)]
        for rule in _rules_of(event):
            found.setdefault(rule, []).extend(digest for digest in named if digest)
    for reason in (reason for block in appeals for reason in block["because"]):
        found.setdefault(reason["rule"], [])
    found.pop("STATE", None)
    return found


def _rules_of(event: Event) -> Iterator[str]:
    yield from event["rules"]
    yield from (duty["rule"] for duty in event["duties"])
    yield from (each["rule"] for each in event["irregular"])


def _worded(rule: str, versions: Iterable[Policy]) -> Clause:
    for version in versions:
        if found := version.rules.get(rule):
            return {**found.as_json(), "version": version.version}
    return {"rule": rule, "force": None, "quote": None, "version": None}
