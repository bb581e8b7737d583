"""What happens to an account's case as such: opened, renamed, noted, corrected, refused."""

from typing import NotRequired, TypedDict

# Names and fields are stored history: add to them, never rename or remove.


class FormerName(TypedDict):
    """What an account was called before."""

    handle: NotRequired[str]
    name: NotRequired[str]
    account_id: NotRequired[str]


class AccountOpened(TypedDict):
    """A case was opened for an account, or for an author not yet known."""

    platform: str
    account_id: NotRequired[str]
    handle: NotRequired[str]
    name: NotRequired[str]
    unknown: NotRequired[bool]


class HandleChanged(TypedDict):
    """The account was found to go by another handle, name or id."""

    handle: str
    name: NotRequired[str]
    account_id: NotRequired[str]
    was: FormerName


class NoteAdded(TypedDict):
    """Somebody added a note to the case."""

    text: str


class RecordCorrected(TypedDict):
    """A field of an earlier event was corrected; the old value stays readable there."""

    sequence: int
    field: str
    value: str
    was: NotRequired[str]
    reason: str


class RefusalRecorded(TypedDict):
    """Somebody was refused what the policy never allows, or what they hold no role for."""

    command: str
    outcome: str
    incident: NotRequired[int]
    block: NotRequired[int]
    missing: NotRequired[list[str]]
    asked: NotRequired[str]
