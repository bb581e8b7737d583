"""The incidents that a command lists: its own by number, those of a linked case as CASE/number."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from domain.account.incident import Incident
from domain.account.standing import Standing
from domain.account.together import Together
from domain.commands.inquiry import Inquiry
from domain.commands.outcomes import InvalidCommand, NothingThere
from domain.policy.rules import way_on


def listed(inquiry: Inquiry) -> list[Incident]:
    """The incidents that the command lists; objects where one is not of this account."""
    found = []
    for index, named in enumerate(inquiry.command["incidents"]):
        path = f"incidents.{index}"
        if isinstance(named, int):
            found.append(inquiry.incident(named, path))
        elif incident := _elsewhere(inquiry, named, path):
            found.append(incident)
    return found


def own(inquiry: Inquiry, incidents: Iterable[Incident]) -> list[Incident]:
    """Those of the incidents that the case itself holds."""
    return [i for i in incidents if inquiry.together.case_of(i) is inquiry.case]


def plainly(command: dict[str, Any], case: Standing) -> dict[str, Any]:
    """The command with the case's own incidents listed by number alone, each once."""
    if all(isinstance(named, int) for named in command.get("incidents", ())):
        return command
    own = f"{case.case}/"
    numbers = (
        int(named.removeprefix(own)) if str(named).startswith(own) else named
        for named in command["incidents"]
    )
    return command | {"incidents": list(dict.fromkeys(numbers))}


def of_linked(command: Mapping[str, Any], together: Together) -> Iterable[Incident]:
    """Those listed incidents that linked cases hold."""
    for named in command.get("incidents", ()):
        if isinstance(named, str):
            reference, number = _parted(named)
            for case in together.others:
                if case.case == reference and number in case.incidents:
                    yield case.incidents[number]


def _elsewhere(inquiry: Inquiry, named: str, path: str) -> Incident | None:
    reference, number = _parted(named)
    present = inquiry.world.standing_of(reference, None)
    if present is None or number not in present.incidents:
        raise NothingThere(f"there is no incident {named}")
    for case in inquiry.together.others:
        if case.case == reference and number in case.incidents:
            return case.incidents[number]
    if all(case.case != reference for case in inquiry.together.others):
        link = way_on("STATE", f"Say on what evidence {reference} is the same account")
        what = f"Case {reference} is not linked with this one as the same account"
        inquiry.refuse_state(what, [("link-accounts", link)])
        return None
    happened = present.incidents[number].flagged_at
    raise InvalidCommand(
        path, f"incident {named} happened on {happened}, later", "a moment not before it"
    )


def _parted(named: str) -> tuple[str, int]:
    reference, _, number = named.rpartition("/")
    return reference, int(number)
