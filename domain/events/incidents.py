"""An incident from flag to close."""

from typing import NotRequired, TypedDict

# Names and fields are stored history: add to them, never rename or remove.


class Item(TypedDict):
    """What was posted or done."""

    kind: NotRequired[str]
    formats: NotRequired[list[str]]
    posted_at: NotRequired[str]
    text: NotRequired[str]
    url: NotRequired[str]
    platform_item_id: NotRequired[str]
    on_post: NotRequired[str]
    where: str
    channel: NotRequired[str]


class Source(TypedDict):
    """How the council came to know of an item."""

    kind: str
    reporter: NotRequired[str]
    received_via: NotRequired[str]
    already: str


class Target(TypedDict):
    """Whom or what an item was aimed at."""

    kind: NotRequired[str]
    name: NotRequired[str]


class NamedAccount(TypedDict):
    """An account as a flag named it."""

    platform: str
    account_id: NotRequired[str]
    handle: NotRequired[str]
    name: NotRequired[str]


class CompletedItem(TypedDict):
    """What was added about an item."""

    kind: NotRequired[str]
    formats: NotRequired[list[str]]
    posted_at: NotRequired[str]
    text: NotRequired[str]
    url: NotRequired[str]
    platform_item_id: NotRequired[str]
    on_post: NotRequired[str]
    where: NotRequired[str]
    channel: NotRequired[str]


class CompletedAccount(TypedDict):
    """What was added about an account."""

    platform: NotRequired[str]
    account_id: NotRequired[str]
    handle: NotRequired[str]
    name: NotRequired[str]


class CommentFlagged(TypedDict):
    """Something was reported or found that may break the policy."""

    incident: int
    item: Item
    source: Source
    why: NotRequired[str]
    seen_at: NotRequired[str]
    target: NotRequired[Target]
    welfare_concern: NotRequired[bool]
    linked_incidents: NotRequired[list[int]]
    account: NotRequired[NamedAccount]


class RecordCompleted(TypedDict):
    """What the flag lacked was added."""

    incident: int
    item: NotRequired[CompletedItem]
    why: NotRequired[str]
    seen_at: NotRequired[str]
    target: NotRequired[Target]
    welfare_concern: NotRequired[bool]
    linked_incidents: NotRequired[list[int]]
    account: NotRequired[CompletedAccount]


class IncidentClosed(TypedDict):
    """An incident was closed with nothing left owing."""

    incident: int
    unremoved_because: NotRequired[str]
