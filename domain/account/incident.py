"""An incident of an account as it stands: the item, the judgement on it, what was done."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, time
from typing import Any

from domain.calendar.london import at_london, write_moment

PAGELESS = frozenset({"sms", "email", "post"})
PRIVATE_KINDS = frozenset({"direct_message", "text_message"})
WITHOUT_POST = frozenset({"profile", "follow", "contact_volume"})


@dataclass(slots=True)
class Incident:
    """One flagged item. Moments are RFC 3339 text in UTC, which sorts as time does."""

    number: int
    sequence: int
    flagged_at: str
    flagged_by: frozenset[str]
    item: dict[str, Any]
    source: dict[str, Any]
    platform: str
    case: str = ""
    why: str | None = None
    seen_at: str | None = None
    target: dict[str, Any] | None = None
    linked: tuple[int, ...] = ()
    status: str = "flagged"
    status_at: str = ""
    closed_at: str | None = None
    findings: tuple[dict[str, Any], ...] = ()
    upheld_sequence: int | None = None
    strike: bool = False
    explicit: bool = False
    extreme: bool = False
    apparent_nature: str = "unknown"
    evidence: list[int] = field(default_factory=list)
    not_captured: set[str] = field(default_factory=set)
    content: str = "visible"
    content_at: str = ""
    removed_by: str = ""
    moderated_at: str = ""
    removal_ground: str | None = None
    asked: dict[str, str] = field(default_factory=dict)
    not_possible: set[tuple[str, str]] = field(default_factory=set)
    reported: bool = False
    considered_legal: bool = False
    police: str | None = None
    authorities: set[str] = field(default_factory=set)

    @property
    def kind(self) -> str | None:
        """What kind of item it is; an earlier register may not say."""
        return self.item.get("kind")

    @property
    def categories(self) -> frozenset[str]:
        """The categories in which it was found a breach."""
        return frozenset(finding["category"] for finding in self.findings)

    @property
    def sub_reasons(self) -> frozenset[str]:
        """The sub-reasons of its findings."""
        return frozenset(f["sub_reason"] for f in self.findings if "sub_reason" in f)

    @property
    def upheld(self) -> bool:
        """Whether a breach was found and the finding stands."""
        return self.status == "upheld"

    @property
    def judged_by_date_of(self) -> str:
        """The moment whose policy judges it: posted, else seen, else flagged (D-21)."""
        found = self.item.get("posted_at") or self.seen_at or self.flagged_at
        # History knows the day only: it counts from its beginning in London.
        return found if "T" in found else write_moment(at_london(date.fromisoformat(found), time()))

    @property
    def where(self) -> str:
        """Whose page it is on; a private message is on none."""
        if self.platform in PAGELESS or self.item.get("kind") in PRIVATE_KINDS:
            return "own_message"
        where: str = self.item.get("where", "own_page")
        return where

    @property
    def has_public_post(self) -> bool:
        """Whether there is a post on the council's own page that it could hide or delete."""
        return self.where == "own_page" and self.item.get("kind") not in WITHOUT_POST

    @property
    def captured(self) -> bool:
        """Whether evidence is kept, or a reason why there is none."""
        return bool(self.evidence or self.not_captured)

    def marked(self, name: str) -> bool:
        """Whether the finding carries that fast-path mark."""
        return bool(getattr(self, name, False))
