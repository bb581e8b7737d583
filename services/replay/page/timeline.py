"""What happened, in order: when, recorded when, by whom, under which rules, what was then owed."""

from __future__ import annotations

from typing import Any

from services.cli.events import by_whom, happened, imported_words
from services.cli.saying import about, due, moment, plain
from services.replay.page.markup import Markup, listed, sentence, table, tag, text, theirs

Told = dict[str, Any]
HEADS = ("No.", "It happened", "What", "Recorded", "By", "Under, and then owed")


def timeline(found: Told) -> Markup:
    """Every event of the case in the order of recording."""
    by_event: dict[int, list[Told]] = {}
    for each in found["corrections"]:
        by_event.setdefault(each["corrects"], []).append(each)
    rows = [_row(event, by_event.get(event["sequence"], [])) for event in found["events"]]
    return table("Every event, in the order in which it was recorded", HEADS, rows)


def corrected(found: Told) -> Markup:
    """Both values of each correction, who made it, when and why."""
    rows = [
        (
            each["sequence"],
            f"{plain(each['field'])}, of event {each['corrects']}",
            _said(each["was"]),
            _said(each["now"]),
            f"{each['by']}, {moment(each['occurred_at'])}",
            _said(each["reason"]),
        )
        for each in found["corrections"]
    ]
    return table("Corrections", ("Event", "Field", "It said", "It says", "By, when", "Why"), rows)


def without_weekday(told: str) -> str:
    """A moment as told, without the name of its day, for which a narrow column has no room."""
    first, _, rest = told.partition(" ")
    return rest if first.endswith("day") else told


def _row(event: Told, later: list[Told]) -> tuple[object, ...]:
    return (
        event["sequence"],
        without_weekday(happened(event)),
        Markup("".join((sentence(event["words"]), *_marks(event, later)))),
        _recorded(event),
        by_whom(event).removeprefix("by "),
        _follows(event),
    )


def _recorded(event: Told) -> Markup:
    told = text(without_weekday(moment(event["recorded_at"])))
    return Markup(f"{told} {_mark('late')}") if event["late"] else told


def _marks(event: Told, later: list[Told]) -> list[Markup]:
    """What a reader must know of the event beside what it says."""
    said = [f"Irregular: {each['rule']}, {each['what']}" for each in event["irregular"]]
    if event.get("imported"):
        said.append(f"Imported: {imported_words(event['imported'])}")
    said += [f"Corrected by event {each['sequence']}: {plain(each['field'])}" for each in later]
    return [tag("p", each) for each in said]


def _follows(event: Told) -> Markup:
    named = [event[word] for word in ("policy", "substance") if event.get(word)]
    under = ", ".join(event["rules"])
    versions = "; the words: ".join(f"{each['id']} version {each['version']}" for each in named)
    owed = [f"Then owed: {duty_words(duty)}" for duty in event["duties"]]
    met = [f"Met what was owed: {', '.join(event['discharges'])}"] if event["discharges"] else []
    first = " of ".join(part for part in (under, versions) if part)
    return Markup(f"{text(first)}{listed([*owed, *met])}")


def duty_words(duty: Told) -> str:
    """A duty, by whom it is owed and by when."""
    what = (
        f"{plain(duty['code'])}, {about(duty['about'])}" if duty["about"] else plain(duty["code"])
    )
    by = f", by the {plain(duty['owed_by'])}" if duty["owed_by"] else ""
    return f"{duty['duty']} {what} ({duty['rule']}), {due(duty)}{by}"


def _mark(word: str) -> Markup:
    return tag("span", word, class_="mark")


def _said(words: str | None) -> Markup:
    return theirs(words) if words is not None else text("(nothing)")
