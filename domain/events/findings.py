"""What was decided about an item."""

from typing import NotRequired, TypedDict

from domain.events.incidents import Target

# Names and fields are stored history: add to them, never rename or remove.


class Outside(TypedDict):
    """The outside document that a category rests on."""

    document: str
    version: str


class Finding(TypedDict):
    """One category of the policy that an item breaks."""

    category: str
    sub_reason: NotRequired[str]
    true_facts: NotRequired[str]
    fact_source: NotRequired[str]
    characteristics: NotRequired[list[str]]
    target: NotRequired[Target]
    in_words: NotRequired[str]
    outside: NotRequired[Outside]
    intended_word: NotRequired[str]
    elements: NotRequired[list[str]]
    completely: NotRequired[bool]


class Extreme(TypedDict):
    """That an item is extreme."""

    reason: str


class FlagUpheld(TypedDict):
    """An officer decided that the item breaks the policy."""

    incident: int
    findings: list[Finding]
    viewpoint_neutral: NotRequired[bool]
    explicit: NotRequired[bool]
    extreme: NotRequired[Extreme]
    apparent_nature: str
    perceived_by: NotRequired[str]
    strike: bool


class FlagDismissed(TypedDict):
    """An officer decided that nothing is to be done about the item."""

    incident: int
    reason: NotRequired[str]


class FindingOverturned(TypedDict):
    """An upheld finding was taken back and counts no more."""

    incident: int
    because: str
    reasons: str
