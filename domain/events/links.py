"""What ties two cases together: one account recorded twice, or one person with two accounts."""

from typing import NotRequired, TypedDict

# Names and fields are stored history: add to them, never rename or remove.


class AccountsLinked(TypedDict):
    """Two cases were found to be of one account, or of one person; recorded in both."""

    other: str
    kind: str
    reason: str
    evidence: NotRequired[str | list[int]]


class AccountsUnlinked(TypedDict):
    """Two cases are not of one account, or of one person, after all; recorded in both."""

    other: str
    kind: str
    reason: str
    evidence: NotRequired[str | list[int]]
