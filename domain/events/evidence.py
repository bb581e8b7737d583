"""Evidence kept, or deliberately not taken."""

from typing import NotRequired, TypedDict

# Names and fields are stored history: add to them, never rename or remove.


class EvidenceCaptured(TypedDict):
    """Evidence of an item was kept, here or elsewhere."""

    incident: int
    evidence: int
    sha256: NotRequired[str]
    size: NotRequired[int]
    file_name: NotRequired[str]
    media_type: NotRequired[str]
    held_at: NotRequired[str]
    captured_at: NotRequired[str]
    captured_by: NotRequired[str]
    tool: NotRequired[str]
    url: NotRequired[str]
    description: NotRequired[str]
    lawful_to_hold: NotRequired[bool]


class EvidenceNotCaptured(TypedDict):
    """It was decided to take no evidence of an item, and why."""

    incident: int
    ground: str
    description: str
    url: NotRequired[str]
