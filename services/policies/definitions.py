"""Whether every category, kind, list and mark that a policy file names is defined in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from schemas.faults import Fault
from services.policies.places import Table, duties, needs, table, tables, words


def undefined_names(file: Table) -> Iterator[Fault]:
    """Names that lead nowhere: what hangs on one could never happen."""
    for path, entry in (*duties(file), *needs(file)):
        for key in ("categories", "except_categories"):
            yield from _unknown(path, key, entry, table(file, "categories"), "category")
        for key in ("mark", "unless_mark"):
            yield from _no_such_mark(file, path, key, entry)
    for path, ground in tables(file, "blocks.grounds"):
        yield from _unknown(path, "categories", ground, table(file, "categories"), "category")
    never_for = table(file, "removal.never_for")
    categories = table(file, "categories")
    yield from _unknown("removal.never_for", "categories", never_for, categories, "category")
    for path, need in needs(file):
        level, levels = need.get("level"), words(table(file, "warnings"), "levels")
        if isinstance(level, str) and level not in levels:
            yield _missing(f"{path}.level", level, "level of [warnings]", levels)
    for path, duty in duties(file):
        yield from _unknown(path, "sub_reasons", duty, all_kinds(file), "kind of any category")
    for path, category in tables(file, "categories"):
        yield from _asked(file, path, category)


def all_kinds(file: Table) -> set[str]:
    """The kinds of all categories."""
    return {
        kind
        for _, category in tables(file, "categories")
        for kind in words(category, "sub_reasons")
    }


def _asked(file: Table, path: str, category: Table) -> Iterator[Fault]:
    kinds = words(category, "sub_reasons")
    if category.get("sub_reason_required") is True and not kinds:
        wanted = "sub_reasons with at least one kind"
        yield Fault(f"{path}.sub_reason_required", "asks for a kind, and none is listed", wanted)
    for place, asked in tables(category, "asks"):
        inner = f"{path}.{place}"
        yield from _unknown(inner, "sub_reasons", asked, kinds, "kind of this category")
        name, lists = asked.get("list"), table(file, "lists")
        if isinstance(name, str) and name not in lists:
            yield _missing(f"{inner}.list", name, "list", lists)


def _unknown(path: str, key: str, entry: Table, known: Iterable[str], what: str) -> Iterator[Fault]:
    for index, word in enumerate(words(entry, key)):
        if word not in known:
            yield _missing(f"{path}.{key}.{index}", word, what, known)


def _no_such_mark(file: Table, path: str, key: str, entry: Table) -> Iterator[Fault]:
    mark, marks = entry.get(key), table(file, "marks")
    if isinstance(mark, str) and mark not in marks:
        yield _missing(f"{path}.{key}", mark, "mark", marks)


def _missing(path: str, name: str, what: str, known: Iterable[str]) -> Fault:
    choices = ", ".join(sorted(known)) or f"a {what} defined in this file"
    return Fault(path, f"names {name}, which is no {what} of this file", f"one of: {choices}")
