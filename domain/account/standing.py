"""An account's case as it stands: what the guards of every command look at."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from domain.account.block import Agreement, Appeal, Block, Complaint, Duty
from domain.account.incident import Incident
from domain.account.link import SAME_ACCOUNT, Link
from domain.account.proposal import Hearing, Proposal
from domain.account.sanction import Mute, Warned

Event = dict[str, Any]


@dataclass(slots=True)
class Standing:
    """The state of one case. Numbers are those that events gave; nothing here is derived twice."""

    case: str = ""
    council: str = ""
    platform: str = ""
    account_id: str | None = None
    handle: str | None = None
    name: str | None = None
    unknown: bool = False
    version: int = 0
    opened_at: str = ""
    last_occurred: str = ""
    has_late: bool = False
    incidents: dict[int, Incident] = field(default_factory=dict)
    warnings: list[Warned] = field(default_factory=list)
    mutes: list[Mute] = field(default_factory=list)
    blocks: dict[int, Block] = field(default_factory=dict)
    proposals: dict[int, Proposal] = field(default_factory=dict)
    hearings: dict[int, Hearing] = field(default_factory=dict)
    appeals: dict[int, Appeal] = field(default_factory=dict)
    complaints: dict[int, Complaint] = field(default_factory=dict)
    agreements: list[Agreement] = field(default_factory=list)
    duties: dict[str, Duty] = field(default_factory=dict)
    links: list[Link] = field(default_factory=list)
    evidence_count: int = 0
    about: dict[tuple[str, int | str], list[tuple[str, int, str]]] = field(default_factory=dict)

    def standing_blocks(self) -> Iterator[Block]:
        """The blocks that are neither reversed nor run out."""
        return (block for block in self.blocks.values() if block.stands)

    def next_block(self) -> int:
        """The number that the next block or proposal gets: they are numbered together."""
        if not self.proposals:
            return len(self.blocks) + 1
        return len(self.blocks.keys() | self.proposals.keys()) + 1

    def open_proposals(self) -> Iterator[Proposal]:
        """The proposed blocks that nobody has decided yet."""
        return (proposal for proposal in self.proposals.values() if proposal.open)

    def muted_on(self) -> dict[str, Mute]:
        """The mutes that have not ended, by page."""
        return {channel: mute for mute in self.mutes for channel in mute.standing_on}

    def rests_on_a_finding(self, incidents: Iterable[int | str]) -> bool:
        """Whether the finding of one of these incidents has not been overturned here."""
        known = (self.incidents.get(n) if isinstance(n, int) else None for n in incidents)
        return any(incident is None or incident.status != "overturned" for incident in known)

    def strikes(self) -> list[Incident]:
        """The upheld incidents that count, oldest behaviour first."""
        counted = (i for i in self.incidents.values() if i.upheld and i.strike)
        return sorted(counted, key=lambda i: (i.judged_by_date_of, i.number))

    def same_account(self) -> Iterator[str]:
        """The cases that a link holds to be of the same account."""
        return (link.other for link in self.links if link.stands and link.kind == SAME_ACCOUNT)

    def link(self, other: str, kind: str) -> Link | None:
        """The link of that kind to that case, where one stands."""
        found = (i for i in self.links if i.stands and (i.other, i.kind) == (other, kind))
        return next(found, None)

    def owed(self, about: Callable[[Duty], bool]) -> list[Duty]:
        """The open duties that satisfy `about`."""
        return [duty for duty in self.duties.values() if about(duty)]

    def agreement(self, block: int, because: str, number: int | None) -> Agreement | None:
        """The agreement to that very reversal, where one stands."""
        wanted = (block, because, number)
        found = (a for a in self.agreements if (a.block, a.because, a.number) == wanted)
        return next(found, None)
