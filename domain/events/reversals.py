"""A block reversed, and the agreement it needs."""

from typing import NotRequired, TypedDict

# Names and fields are stored history: add to them, never rename or remove.


class ReversalAgreed(TypedDict):
    """The agreement that a reversal of a block needs was given."""

    block: int
    because: NotRequired[str]
    appeal: NotRequired[int]
    complaint: NotRequired[int]
    reasons: NotRequired[str]


class ReversalDeclined(TypedDict):
    """The agreement to a reversal of a block was declined or taken back."""

    block: int
    because: NotRequired[str]
    appeal: NotRequired[int]
    complaint: NotRequired[int]
    reasons: NotRequired[str]


class BlockReversed(TypedDict):
    """It was decided that a block ends."""

    block: int
    because: NotRequired[str]
    appeal: NotRequired[int]
    complaint: NotRequired[int]
    reasons: NotRequired[str]
