"""Whether what a policy says of keeping evidence and records can hold together."""

from __future__ import annotations

from collections.abc import Iterator

from schemas.faults import Fault
from services.policies.places import Table, duties, needs, table, tables


def impossible_keeping(file: Table) -> Iterator[Fault]:
    """Evidence that is never kept and asked for, or must be and is not; times that can't be."""
    yield from _capture(file)
    yield from _retention(file)


def _capture(file: Table) -> Iterator[Fault]:
    force = table(file, "capture").get("force")
    asked = [path for path, need in needs(file) if need.get("what") == "evidence"]
    asked += [path for path, duty in duties(file) if duty.get("code") == "capture_evidence"]
    if force == "never":
        for path in asked:
            problem = 'asks for evidence, and [capture] says force = "never"'
            yield Fault(path, problem, "one of the two")
    elif force == "must" and not asked:
        wanted = "a duty capture_evidence, or a need evidence"
        yield Fault("capture.force", "is must, and nothing asks for evidence", wanted)


def _retention(file: Table) -> Iterator[Fault]:
    for path, kept in tables(file, "retention"):
        least, most = _months(kept, "least"), _months(kept, "most")
        if "least" not in kept and "most" not in kept:
            yield Fault(path, "says neither how long at least nor at most", "least, or most")
        if least is not None and most is not None and least > most:
            yield Fault(f"{path}.least", "is longer than most", "a shorter time")


def _months(kept: Table, key: str) -> int | None:
    """The shortest time that it can be, in months: a calendar year may be nearly over."""
    time = table(kept, key)
    months, years = time.get("months"), time.get("calendar_years")
    if isinstance(months, int):
        return months
    return years * 12 if isinstance(years, int) else None
