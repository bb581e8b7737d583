"""Appeals against a block."""

from typing import NotRequired, TypedDict

# Names and fields are stored history: add to them, never rename or remove.


class Appellant(TypedDict):
    """Who appealed."""

    kind: str
    checked: str


class AppealFiled(TypedDict):
    """An appeal against a block was received, and is open."""

    appeal: int
    block: int
    received_on: str
    via: NotRequired[str]
    kind: NotRequired[str]
    because: NotRequired[str]
    appellant: NotRequired[Appellant]
    grounds: NotRequired[str]
    stands_over: NotRequired[int]
    acknowledge_by: NotRequired[str]
    decide_by: NotRequired[str]


class AppealReceivedEarly(TypedDict):
    """An appeal against a block came before it could be made, and was kept."""

    appeal: int
    block: int
    received_on: str
    via: NotRequired[str]
    kind: NotRequired[str]
    because: NotRequired[str]
    appellant: NotRequired[Appellant]
    grounds: NotRequired[str]
    opens_on: str
    acknowledge_by: NotRequired[str]


class AppealAcknowledged(TypedDict):
    """The council confirmed receiving an appeal."""

    appeal: int


class AppealWithdrawn(TypedDict):
    """The person took their appeal back."""

    appeal: int


class AppealDismissed(TypedDict):
    """It was decided that the block stands after an appeal."""

    appeal: int
    reasons: NotRequired[str]
