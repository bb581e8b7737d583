"""Whether a policy file is sound: every fault at once, each with its line."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache

from schemas.faults import Fault
from services.policies.authorities import unnamed_authorities
from services.policies.citations import undefined_rules
from services.policies.clocks import impossible_clocks
from services.policies.contradictions import contradictions
from services.policies.definitions import undefined_names
from services.policies.fault import PolicyFault
from services.policies.forbidden import forbidden_words
from services.policies.items import impossible_items
from services.policies.keeping import impossible_keeping
from services.policies.lengths import lengths_at_odds
from services.policies.lines import locate
from services.policies.needing import meaningless_needs
from services.policies.owed import undischargeable
from services.policies.pages import impossible_pages
from services.policies.persons import unknown_persons
from services.policies.places import Table
from services.policies.reach import unreachable_steps
from services.policies.reading import UnreadableError, read
from services.policies.safeguards import missing_safeguards
from services.policies.sanctions import unsound_sanctions
from services.policies.shape import shape_faults

CHECKS: tuple[Callable[[Table], Iterator[Fault]], ...] = (
    shape_faults,
    undefined_rules,
    undefined_names,
    unknown_persons,
    meaningless_needs,
    unreachable_steps,
    undischargeable,
    contradictions,
    lengths_at_odds,
    unsound_sanctions,
    impossible_clocks,
    missing_safeguards,
    impossible_items,
    impossible_pages,
    unnamed_authorities,
    impossible_keeping,
    forbidden_words,
)


def faults(text: bytes) -> list[PolicyFault]:
    """All that is wrong with a policy file's bytes, in the order of its lines; none if sound."""
    return list(_faults(text))


@lru_cache(maxsize=8)
def _faults(text: bytes) -> tuple[PolicyFault, ...]:
    try:
        file = read(text)
    except UnreadableError as unreadable:
        return (unreadable.fault,)
    found = dict.fromkeys(fault for check in CHECKS for fault in check(file))
    if not found:
        return ()
    lines = locate(text)
    return tuple(sorted(PolicyFault(lines.of(fault.path), *fault) for fault in found))
