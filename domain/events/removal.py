"""Items hidden, deleted, asked down, put back."""

from typing import NotRequired, TypedDict

# Names and fields are stored history: add to them, never rename or remove.


class PostHidden(TypedDict):
    """The council hid the item on its page."""

    incident: int
    ground: NotRequired[str]
    reason: NotRequired[str]
    viewpoint_neutral: NotRequired[bool]
    whose_view: NotRequired[str]


class PostDeleted(TypedDict):
    """The council deleted the item from its page."""

    incident: int
    ground: NotRequired[str]
    reason: NotRequired[str]
    viewpoint_neutral: NotRequired[bool]
    whose_view: NotRequired[str]


class PostRestored(TypedDict):
    """The council put a hidden or deleted item back."""

    incident: int
    reason: NotRequired[str]


class PostApproved(TypedDict):
    """The council let a held item be seen."""

    incident: int
    reason: NotRequired[str]


class PostWithheld(TypedDict):
    """The council kept a held item from being seen."""

    incident: int
    reason: NotRequired[str]
    viewpoint_neutral: NotRequired[bool]


class ContentGone(TypedDict):
    """The item was found gone without an act of the council."""

    incident: int
    by: str


class PlatformActed(TypedDict):
    """The platform acted on the item or its account by itself: no decision of the council's."""

    incident: int
    action: str
    because: str


class ContentChanged(TypedDict):
    """The item was found changed after it was posted."""

    incident: int
    by: str
    changed_at: NotRequired[str]
    after_evidence: NotRequired[list[int]]


class ActionNotPossible(TypedDict):
    """Something owed was found impossible there."""

    action: str
    reason: str
    incident: NotRequired[int]
    via: NotRequired[str]
    block: NotRequired[int]
    channel: NotRequired[str]


class RemovalRequested(TypedDict):
    """The author was asked to take the item down."""

    incident: int
    via: NotRequired[str]
    delivery: NotRequired[str]
    failure: NotRequired[str]
    asks: str


class RemovalHonoured(TypedDict):
    """The author did as asked."""

    incident: int
    how: str
