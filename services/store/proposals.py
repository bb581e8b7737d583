"""What a decision would record, and all that it rested on: handed over at its end."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

import orjson

from services.store.server_sql import APPEND, APPEND_ONE

if TYPE_CHECKING:
    from services.store.elsewhere import Elsewhere

Waiting = tuple[int, bytes, int, str, bytes]
Name = tuple[str, str, str, str]
"""Council, platform, kind (id or handle), and the name in its one spelling."""


class Case(NamedTuple):
    """A case: its council, the stream of its events, and its reference."""

    council: str
    stream: UUID
    case_ref: str


@dataclass(slots=True)
class KnownAs:
    """A name that an account takes; `offset` is the place of its event among those proposed."""

    name: Name
    case: Case
    offset: int
    given_up: bool = False


@dataclass(slots=True)
class Proposal:
    """Filled by the participants of a `deciding()` scope as it is about to end."""

    events: Sequence[Waiting] = ()
    answers: list[tuple[str, str, bytes, bytes]] = field(default_factory=list)
    """Council, command id, SHA-256 of the document, and the answer to keep."""
    unanswered: list[tuple[str, str]] = field(default_factory=list)
    """Councils and command ids that must not have been answered, and keep no answer either."""
    rests_on: dict[UUID, int] = field(default_factory=dict)
    """The version of each account that was looked at and gets no event."""
    cases: list[Case] = field(default_factory=list)
    """Each case to be opened."""
    names: list[KnownAs] = field(default_factory=list)
    given_up: list[Name] = field(default_factory=list)
    """Names that the accounts which have them now let go of."""
    names_changed: bool = False
    """Whether decisions about other accounts may have rested on what is changed here."""
    last: int | None = None
    """The last position in the register, once the proposal is recorded."""
    after: int | None = None
    """The last position as deciding began, where it was asked for: on an embedded register."""
    names_read: frozenset[Name] = frozenset()
    """The names that were looked for, found or not."""
    recorded: Callable[[Elsewhere], None] | None = None
    """To be called in the transaction that records it, where `after` is known."""


def call(proposal: Proposal, changes: tuple[int, int]) -> tuple[str, tuple[Any, ...]]:
    """The statement that calls `casebook_append`, and its values."""
    if len(proposal.events) == 1 == len(proposal.answers):
        one = (*proposal.events[0][1:], *proposal.answers[0])
        return APPEND_ONE, (*one, _more(proposal), *changes)
    _, streams, sequences, types, bodies = _columns(proposal.events, 5)
    councils, ids, digests, answers = _columns(proposal.answers, 4)
    told = (streams, sequences, types, bodies, councils, ids, digests, answers)
    return APPEND, (*told, _more(proposal), *changes)


def _columns(rows: Sequence[Sequence[Any]], width: int) -> list[list[Any]]:
    return [list(column) for column in zip(*rows, strict=True)] or [[] for _ in range(width)]


def _more(proposal: Proposal) -> str | None:
    """As JSON, what most decisions have nothing of."""
    if not (
        proposal.rests_on
        or proposal.unanswered
        or proposal.given_up
        or proposal.cases
        or proposal.names
        or proposal.names_changed
    ):
        return None
    more = {
        "rests_on": [(stream.hex, version) for stream, version in proposal.rests_on.items()],
        "unanswered": proposal.unanswered,
        "given_up": proposal.given_up,
        "cases": [(each.case_ref, each.council, each.stream.hex) for each in proposal.cases],
        "names": [
            (
                *each.name,
                each.case.stream.hex,
                each.case.case_ref,
                int(each.given_up),
                each.offset,
            )
            for each in proposal.names
        ],
    }
    return orjson.dumps(more | {"names_changed": proposal.names_changed}).decode()
