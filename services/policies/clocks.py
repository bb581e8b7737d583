"""Whether the hours and clocks of a policy file can be kept, and agree with each other."""

from __future__ import annotations

from collections.abc import Iterator

from schemas.faults import Fault
from services.policies.places import Table, duties, table, tables, words

UNITS = ("hours", "working_hours", "days", "working_days", "months")
_TOLD_TWICE = {
    ("appeal_filed", "acknowledge_appeal"): "appeals.acknowledge_working_days",
    ("appeal_early", "acknowledge_appeal"): "appeals.acknowledge_working_days",
    ("appeal_filed", "decide_appeal"): "appeals.decide_working_days",
    ("complaint", "acknowledge_complaint"): "complaints.acknowledge_working_days",
    ("complaint_acknowledged", "answer_complaint"): "complaints.answer_working_days.0",
    ("second_stage_acknowledged", "answer_complaint"): "complaints.answer_working_days.1",
}


def impossible_clocks(file: Table) -> Iterator[Fault]:
    """Hours that close before they open, and clocks that say nothing, or two things."""
    yield from _hours(file)
    for path, duty in duties(file):
        if isinstance(duty.get("due"), dict):
            yield from _due(f"{path}.due", duty["due"])
            yield from _told_twice(file, path, duty)
    yield from _appeals(table(file, "appeals"))


def _hours(file: Table) -> Iterator[Fault]:
    pages = table(file, "channels.pages")
    for path, hours in tables(file, "hours.by_channel"):
        yield from _closed_before_open(path, hours)
        if (channel := path.split(".", 2)[2]) not in pages:
            known = ", ".join(sorted(pages))
            yield Fault(path, f"names {channel}, which is no channel here", f"one of: {known}")
    for path, hours in (*tables(file, "hours.by_kind"), ("hours", table(file, "hours"))):
        yield from _closed_before_open(path, hours)


def _closed_before_open(path: str, hours: Table) -> Iterator[Fault]:
    days = table(hours, "open")
    for day in days:
        times = words(days, day)
        if len(times) == 2 and not times[0] < times[1]:
            problem = f"opens at {times[0]} and closes at {times[1]}"
            yield Fault(f"{path}.open.{day}", problem, "a closing time after the opening")


def _due(path: str, due: Table) -> Iterator[Fault]:
    said = [unit for unit in (*UNITS, "at") if unit in due]
    if len(said) != 1:
        problem = f"counts in {' and in '.join(said)}" if said else "counts in nothing"
        yield Fault(path, problem, f"one of: {', '.join(UNITS)}, at")
    elif "from" in due and said[0] in ("hours", "working_hours", "at"):
        problem = f"counts {said[0].replace('_', ' ')} from a day, which has no time"
        yield Fault(f"{path}.from", problem, "days, working_days or months, or no from")


def _told_twice(file: Table, path: str, duty: Table) -> Iterator[Fault]:
    place = _TOLD_TWICE.get((str(duty.get("on")), str(duty.get("code"))))
    days = duty["due"].get("working_days")
    if place is None or days is None:
        return
    around, _, last = place.rpartition(".")
    said = table(file, around).get(last)
    if last.isdigit():
        around, _, key = around.rpartition(".")
        stages = table(file, around).get(key)
        said = stages[int(last)] if isinstance(stages, list) and len(stages) == 2 else None
    if isinstance(said, int) and said != days:
        problem = f"is {days} working days, and {place} says {said}"
        yield Fault(f"{path}.due.working_days", problem, "the same in both")


def _appeals(step: Table) -> Iterator[Fault]:
    after, within = step.get("after_months"), step.get("within_months")
    if step.get("any_time") is True and "after_months" in step:
        problem = "opens at any time, and after_months says later"
        yield Fault("appeals.any_time", problem, "one of the two")
    if isinstance(after, int) and isinstance(within, int) and within <= after:
        problem = f"closes after {within} months, and opens after {after}: nobody could appeal"
        yield Fault("appeals.within_months", problem, f"more than {after}")
