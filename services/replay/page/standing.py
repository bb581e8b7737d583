"""How a case stands: its incidents, its blocks and who may appeal, what is owed, complaints."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from services.cli.saying import about, day, due, plain
from services.replay.differences import answer
from services.replay.page.markup import Markup, listed, section, table, text

Told = dict[str, Any]


def how_it_stands(found: Told) -> Markup:
    """The state in tables."""
    return section("standing", "How it stands", *_tables(found))


def _tables(found: Told) -> Iterator[Markup]:
    state = found["state"]
    yield table(
        "Incidents",
        ("Incident", "Judged", "Its post"),
        (
            (each["incident"], plain(each["status"]), plain(each["content"] or "-"))
            for each in state["incidents"]
        ),
    )
    yield table(
        "Blocks, and who may appeal",
        ("Block", "Stands", "Decided", "On", "May its owner appeal?"),
        (_block(each) for each in found["appeals"]),
    )
    yield table(
        "Owed",
        ("Duty", "What", "Rule", "By whom", "Due"),
        (_duty(each) for each in state["duties"]),
    )
    if state["complaints"]:
        yield table(
            "Complaints",
            ("Complaint", "Received", "Stage", "Status"),
            (
                (each["complaint"], day(each["received_on"]), each["stage"], each["status"])
                for each in state["complaints"]
            ),
        )


def _block(block: Told) -> tuple[object, ...]:
    pages = (f"{each['channel']}: {plain(each['state'])}" for each in block["channels"])
    return (
        block["block"],
        plain(block["status"]),
        day(block["decided_on"]),
        listed(pages),
        Markup(f"{text(appeal_words(block))}{because(block)}{_came(block)}"),
    )


def appeal_words(block: Told) -> str:
    """The appeal answer, as a sentence."""
    said = answer({**block, "because": [], "appeals": []}).removeprefix("that ")
    return f"{said[:1].upper()}{said[1:]}."


def because(block: Told) -> Markup:
    """The reasons behind the appeal answer."""
    return listed(f"{reason['rule']}: {reason['text']}" for reason in block["because"])


def _came(block: Told) -> Markup:
    """The appeals that came, and what became of them."""
    return listed(
        f"Appeal {each['appeal']}, received on {day(each['received_on'])}: {plain(each['status'])}"
        for each in block["appeals"]
    )


def _duty(duty: Told) -> tuple[object, ...]:
    late = " (overdue)" if duty["overdue"] else ""
    what = (
        f"{plain(duty['code'])}, {about(duty['about'])}" if duty["about"] else plain(duty["code"])
    )
    by = plain(duty["owed_by"] or "nobody named")
    return duty["duty"], what, duty["rule"], by, f"{due(duty)}{late}"
