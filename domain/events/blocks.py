"""A block decided, told, applied, reviewed and run out."""

from typing import NotRequired, TypedDict

# Names and fields are stored history: add to them, never rename or remove.


class Proportionality(TypedDict):
    """Why a block is proportionate."""

    aim: str
    less_intrusive: str


class Length(TypedDict):
    """How long a block lasts."""

    kind: str
    until: NotRequired[str]
    ends: NotRequired[str]


class Blocked(TypedDict):
    """It was decided to block the account from the council's pages."""

    block: int
    ground: NotRequired[str]
    incidents: list[int | str]
    scope: NotRequired[str]
    channels: list[str]
    reason: NotRequired[str]
    proportionality: NotRequired[Proportionality]
    viewpoint_neutral: NotRequired[bool]
    length: Length
    interim: NotRequired[bool]
    review_on: NotRequired[str]
    adjustments_considered: NotRequired[str]
    other_channels_offered: NotRequired[str]


class BlockNoticeGiven(TypedDict):
    """The person was told of the block, or telling them failed."""

    block: int
    via: NotRequired[str]
    delivery: NotRequired[str]
    failure: NotRequired[str]
    states: NotRequired[list[str]]


class BlockApplied(TypedDict):
    """The block was put in place on one of the council's pages, or that failed."""

    block: int
    channel: str
    result: str
    failure: NotRequired[str]


class BlockLifted(TypedDict):
    """The block was taken off one of the council's pages, or that failed."""

    block: int
    channel: str
    result: str
    failure: NotRequired[str]


class BlockVaried(TypedDict):
    """What a block covers, or how long it lasts, was changed."""

    block: int
    reasons: str
    scope: NotRequired[str]
    channels: NotRequired[list[str]]
    length: NotRequired[Length]
    interim: NotRequired[bool]


class BlockReviewed(TypedDict):
    """A standing block was looked at again, and stands."""

    block: int
    reasons: str
    review_on: NotRequired[str]


class BlockEnded(TypedDict):
    """A block of fixed length ran out by itself."""

    block: int
    length: Length
    set_by: str


class DirectorNotified(TypedDict):
    """The service director was made aware of a block, or the attempt failed."""

    block: int
    told: NotRequired[str]
    via: NotRequired[str]
    delivery: NotRequired[str]


class DirectorAcknowledged(TypedDict):
    """The service director took note of a block."""

    block: int
