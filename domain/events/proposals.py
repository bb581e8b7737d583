"""A block proposed, the person heard, and the proposal decided by another."""

from typing import NotRequired, TypedDict

from domain.events.blocks import Length, Proportionality

# Names and fields are stored history: add to them, never rename or remove.


class BlockProposed(TypedDict):
    """It was proposed to block the account."""

    block: int
    ground: str
    incidents: list[int | str]
    scope: str
    channels: list[str]
    reason: str
    proportionality: Proportionality
    viewpoint_neutral: NotRequired[bool]
    length: NotRequired[Length]
    interim: NotRequired[bool]
    review_on: NotRequired[str]
    adjustments_considered: NotRequired[str]
    other_channels_offered: NotRequired[str]


class BlockApproved(TypedDict):
    """A proposed block was approved."""

    block: int
    reasons: str
    length: NotRequired[Length]


class BlockDeclined(TypedDict):
    """A proposed block was declined."""

    block: int
    reasons: str


class IntentionNotified(TypedDict):
    """The person was told that a block is intended, or telling them failed."""

    block: int
    via: str
    delivery: str
    reply_by: str
    failure: NotRequired[str]
    states: NotRequired[list[str]]


class ResponseReceived(TypedDict):
    """The person replied to the intention to block."""

    block: int
    received_on: str
    text: NotRequired[str]


class ResponseConsidered(TypedDict):
    """What the person replied was considered."""

    block: int
    reasons: str
