"""Which versions of the policy judge a command: that of now, of the words, of the block (D-21)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any, NamedTuple

from domain.account.standing import Standing
from domain.calendar.london import london_date
from domain.commands.deciders import Deciders, deciders
from domain.commands.inquiry import World
from domain.commands.listing import of_linked
from domain.policy.policy import Policy

DECISION = "in force at the decision"
POSTING = "in force when it was posted"
BLOCK = "in force when the block was decided"


class Judging(NamedTuple):
    """A version that judges, and by what right it does."""

    policy: Policy
    because: str

    def as_json(self) -> dict[str, str]:
        """How a verdict names the version that judged."""
        return {**self.policy.as_reference(), "because": self.because}


def versions(
    command: dict[str, Any], at: datetime, case: Standing, world: World
) -> tuple[Judging, ...]:
    """The version at the decision, then those of the posts and of the block concerned (D-21).

    A step needs the guards of each, a right opens at the earliest date of any, and duties are
    those of all. A version is named once, by the first of its reasons.
    """
    council = world.council
    found = {(now := council.procedure(london_date(at))).sha256: Judging(now, DECISION)}
    if len(council.adoptions) > 1:
        for moment, because in _moments(command, at, case, world):
            policy = council.in_force(london_date(datetime.fromisoformat(moment)))
            if policy:
                found.setdefault(policy.sha256, Judging(policy, because))
    return tuple(found.values())


def of_the_words(judging: tuple[Judging, ...]) -> Policy | None:
    """The version in force when the words were posted, where it is another than at the decision."""
    return next((each.policy for each in judging if each.because == POSTING), None)


def deciders_in_all(judging: tuple[Judging, ...], command: dict[str, Any]) -> Deciders:
    """The roles to which every version leaves the command, and their rules (D-21).

    Where no role is in all of them, those of the version at the decision.
    """
    among, rules = deciders(judging[0].policy, command)
    for each in judging[1:]:
        others, more = deciders(each.policy, command)
        if others and (not among or among & others):
            among, rules = (among & others if among else others), rules + more
    return among, rules


def _moments(
    command: dict[str, Any], at: datetime, case: Standing, world: World
) -> Iterator[tuple[str, str]]:
    for incident in of_linked(command, world.together(case, at)):
        yield incident.judged_by_date_of, POSTING
    for number in (command.get("incident"), *command.get("incidents", ())):
        if number in case.incidents:
            yield case.incidents[number].judged_by_date_of, POSTING
    block = command.get("block")
    if block is None and command.get("appeal") in case.appeals:
        block = case.appeals[command["appeal"]].block
    if block in case.blocks:
        yield case.blocks[block].decided_at, BLOCK
