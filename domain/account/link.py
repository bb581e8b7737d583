"""A link to another case: from when until when the two were held to be one."""

from __future__ import annotations

from dataclasses import dataclass

SAME_ACCOUNT = "same_account"
SAME_PERSON = "same_person"


@dataclass(slots=True)
class Link:
    """One link as this case knows it; `until` is when it was taken back, if it was."""

    other: str
    kind: str
    since: str
    until: str | None = None

    @property
    def stands(self) -> bool:
        """Whether it was not taken back."""
        return self.until is None
