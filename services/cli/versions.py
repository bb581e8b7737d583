"""The policy versions that a register has adopted, by their names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from domain.calendar.london import london_date
from services.faults import NotFound, UnknownCouncil

if TYPE_CHECKING:
    from domain.policy.policy import Policy
    from services.assemble import Casework


def adopted(casework: Casework, council: str | None) -> list[dict[str, Any]]:
    """Each version adopted, by one council or all, and whether it is in force today."""
    found = []
    today = london_date(casework.clock())
    for each in [council] if council else casework.councils:
        office = casework.offices.of(each)
        for adoption in office.council.adoptions if office else ():
            policy, starts = adoption.policy, adoption.starts
            found.append(
                {
                    "id": f"{each}@{policy.version}",
                    "council": policy.council,
                    "version": policy.version,
                    "from": starts.isoformat() if starts else None,
                    "in_force": policy is office.council.in_force(today) if office else False,
                    "sha256": policy.sha256,
                    "replaces": policy.at("policy", "replaces"),
                    "controller": policy.at("policy", "controller"),
                }
            )
    return found


def version(casework: Casework, id: str) -> Policy:
    """The version that ID names: `council`, in force today, or `council@version`."""
    council, _, wanted = id.strip().partition("@")
    office = casework.offices.of(council)
    if office is None:
        raise UnknownCouncil(
            f"This register has no council {council}. There are {', '.join(casework.councils)}."
        )
    if not wanted:
        return office.council.procedure(london_date(casework.clock()))
    versions = [adoption.policy for adoption in office.council.adoptions]
    for policy in reversed(versions):
        if policy.version == wanted:
            return policy
    known = ", ".join(f"{council}@{policy.version}" for policy in versions)
    raise NotFound(f"{council} has adopted no version {wanted}. There are {known}.")
