"""Which policy and which periods a council has."""

from typing import NotRequired, TypedDict

# Names and fields are stored history: add to them, never rename or remove.


_PolicyAdoptedFrom = TypedDict("_PolicyAdoptedFrom", {"from": NotRequired[str]})


class PolicyAdopted(_PolicyAdoptedFrom):
    """The council put a version of its policy into force."""

    policy: str
    policy_version: str
    sha256: str
    decision: str
    file: str


_PeriodDeclaredFrom = TypedDict("_PeriodDeclaredFrom", {"from": str})


class PeriodDeclared(_PeriodDeclaredFrom):
    """An election, incident, busy or closure period was declared."""

    kind: str
    name: str
    until: str
    reason: str


_PeriodEndedFrom = TypedDict("_PeriodEndedFrom", {"from": NotRequired[str]})


class PeriodEnded(_PeriodEndedFrom):
    """A declared period was given another last day."""

    kind: str
    name: str
    until: str
    reason: str
