"""Small registers made up by hypothesis: each account a short history, as folds get it."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from projections.figures import Tally, count_account
from projections.figures.tables import Words

AT = "2024-12-31T12:00:00+00:00"
MONTHS = ["2024-01", "2024-02", "2024-03"]
CHANNELS = ("facebook", "x")
CATEGORIES = ("spam", "hate")
GROUNDS = ("continues", "extreme")
TARGETS = ("employee", "council")
WORDS: Words = {"channel": CHANNELS, "category": CATEGORIES, "ground": GROUNDS}

Event = dict[str, Any]

STORIES = st.fixed_dictionaries(
    {
        "month": st.sampled_from(MONTHS),
        "channel": st.sampled_from(CHANNELS),
        "target": st.sampled_from([None, *TARGETS]),
        "judged": st.sampled_from(["", "upheld", "upheld", "dismissed", "overturned"]),
        "categories": st.lists(st.sampled_from(CATEGORIES), min_size=1, max_size=2, unique=True),
        "removed": st.booleans(),
        "ground": st.sampled_from([None, *GROUNDS]),
        "pages": st.lists(st.sampled_from(CHANNELS), min_size=1, max_size=2, unique=True),
        "end": st.sampled_from(["", "BlockReversed", "BlockEnded"]),
        "complaint": st.booleans(),
    }
)
REGISTERS = st.lists(st.tuples(STORIES, st.integers(1, 9)), max_size=6)
"""Stories, each with how many accounts had it."""


def histories(register: list[tuple[dict[str, Any], int]]) -> list[list[Event]]:
    """The events of every account of a register."""
    return [history(story) for story, times in register for _ in range(times)]


def counted(accounts: list[list[Event]]) -> Tally:
    """What all accounts come to, by the fold."""
    from datetime import datetime

    tally = Tally()
    for events in accounts:
        count_account(tally, events, datetime.fromisoformat(AT), WORDS)
    return tally


def history(story: dict[str, Any]) -> list[Event]:
    """The events of one account."""
    made: list[Event] = []

    def add(type: str, **data: Any) -> None:
        day = f"{story['month']}-{len(made) + 1:02}T10:00:00+00:00"
        made.append(event(type, len(made) + 1, day, data))

    add("AccountOpened", platform=story["channel"])
    target = {"target": {"kind": story["target"]}} if story["target"] else {}
    item = {"kind": "comment", "where": "own_page"}
    add("CommentFlagged", incident=1, item=item, source={"kind": "officer"}, **target)
    judged = story["judged"]
    if judged in ("upheld", "overturned"):
        findings = [{"category": category} for category in story["categories"]]
        add("FlagUpheld", incident=1, findings=findings, strike=True)
        if story["removed"]:
            add("PostHidden", incident=1)
        if story["ground"]:
            _blocked(add, story)
    if judged == "dismissed":
        add("FlagDismissed", incident=1, reason="no_breach")
    if judged == "overturned":
        add("FindingOverturned", incident=1, because="error", reasons="mistaken")
    if story["complaint"]:
        add("ComplaintReceived", complaint=1, received_on=f"{story['month']}-28", stage=1)
    return made


def event(type: str, sequence: int, at: str, data: dict[str, Any], **more: Any) -> Event:
    """One event with as much of an envelope as folds look at."""
    envelope = {"case": "ASH-7KQ2-M9XA", "council": "ashfield", "precision": "time"}
    kept = {"irregular": [], "duties": [], "discharges": [], "rules": [], "personal": {}}
    when = {"type": type, "sequence": sequence, "occurred_at": at, "recorded_at": at}
    actor = {"id": "jo.p", "role": "officer", "kind": "person"}
    return {**envelope, **kept, **when, "actor": actor, "data": data, **more}


def _blocked(add: Any, story: dict[str, Any]) -> None:
    facts = {"ground": story["ground"], "scope": "access", "channels": story["pages"]}
    add("Blocked", block=1, incidents=[1], length={"kind": "indefinite"}, **facts)
    if story["end"] == "BlockReversed":
        add("BlockReversed", block=1, because="error", reasons="mistaken")
    elif story["end"]:
        add("BlockEnded", block=1, length={"kind": "fixed"}, set_by="jo.p")
