"""Whether what a policy says of items, their kinds and their places can happen."""

from __future__ import annotations

from collections.abc import Iterator

from domain.account.incident import WITHOUT_POST
from schemas.faults import Fault
from services.policies.places import Table, duties, needs, table, tables, words

_OF_A_POST = ("remove_content", "ask_removal_public", "ask_removal_direct", "restore_post")


def impossible_items(file: Table) -> Iterator[Fault]:
    """Documents that are not there, and what no item could ever be."""
    yield from _outside(file)
    yield from _no_kind_left(file)
    yield from _nothing_to_remove(file)


def _outside(file: Table) -> Iterator[Fault]:
    known, named = table(file, "outside"), set()
    for path, category in tables(file, "categories"):
        document = category.get("outside")
        named.add(document)
        if isinstance(document, str) and document not in known:
            problem = f"names {document}, which is no outside document of this file"
            yield Fault(f"{path}.outside", problem, f"a table [outside.{document}]")
    for path, _ in tables(file, "outside"):
        if path.partition(".")[2] not in named:
            yield Fault(path, "is the ground of no category", "a category with it as outside")


def _no_kind_left(file: Table) -> Iterator[Fault]:
    for path, need in needs(file):
        kinds = words(need, "kinds")
        if kinds and not set(kinds) - set(words(need, "except_kinds")):
            yield Fault(f"{path}.except_kinds", "excludes every kind that is named", "fewer kinds")


def _nothing_to_remove(file: Table) -> Iterator[Fault]:
    """Duties about a post, for categories that are found only where there is none."""
    categories = table(file, "categories")
    for path, duty in duties(file):
        named = [table(categories, code) for code in words(duty, "categories")]
        if duty.get("code") in _OF_A_POST and named and all(_has_no_post(each) for each in named):
            problem = "is about a post, and these categories are found only where there is none"
            yield Fault(f"{path}.categories", problem, "another duty, or other categories")


def _has_no_post(category: Table) -> bool:
    kinds = words(category, "kinds")
    return bool(kinds) and set(kinds) <= WITHOUT_POST
