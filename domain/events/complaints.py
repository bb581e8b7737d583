"""Complaints and their two stages."""

from typing import NotRequired, TypedDict

# Names and fields are stored history: add to them, never rename or remove.


class ComplaintReceived(TypedDict):
    """A complaint was received about how the council dealt with the account."""

    complaint: int
    received_on: str
    via: NotRequired[str]
    about: NotRequired[str]
    block: NotRequired[int]
    stage: int
    acknowledge_by: NotRequired[str]


class ComplaintAcknowledged(TypedDict):
    """The council confirmed receiving a complaint."""

    complaint: int
    stage: int
    answer_by: NotRequired[str]


class ComplaintExtended(TypedDict):
    """The time to answer a complaint was extended."""

    complaint: int
    reason: str
    until: str
    stage: int


class ComplaintAnswered(TypedDict):
    """A complaint was answered."""

    complaint: int
    result: str
    reasons: str
    stage: int


class ComplaintEscalated(TypedDict):
    """The person asked for the second stage."""

    complaint: int
    stage: int
    acknowledge_by: NotRequired[str]
