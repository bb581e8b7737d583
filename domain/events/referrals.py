"""What went to the police, the platform or the lawyers."""

from typing import NotRequired, TypedDict

# Names and fields are stored history: add to them, never rename or remove.


class PoliceReferred(TypedDict):
    """The matter was passed to the police."""

    incidents: list[int | str]
    ground: NotRequired[str]
    force: NotRequired[str]
    legal_basis: NotRequired[str]
    reference: NotRequired[str]
    evidence: NotRequired[list[int]]


class PoliceNotReferred(TypedDict):
    """A referral to the police was considered and not made."""

    incidents: list[int | str]
    reason: str


class AuthorityReferred(TypedDict):
    """The matter was passed to an authority."""

    incidents: list[int | str]
    authority: str
    legal_basis: str
    reference: NotRequired[str]


class InformationDisclosed(TypedDict):
    """Something was told to somebody outside the council."""

    incidents: list[int | str]
    to: str
    purpose: str
    legal_basis: str
    what: str


class PlatformReported(TypedDict):
    """The item or account was reported to the platform or a hotline."""

    incident: int
    to: str
    what: str
    reference: NotRequired[str]


class LegalActionConsidered(TypedDict):
    """Legal action was considered."""

    incidents: list[int | str]
    outcome: str
    reason: str
