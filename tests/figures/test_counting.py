"""What is counted, against a plain recount of the same events."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from hypothesis import given, settings

from domain.events import EVENTS
from projections.figures import Cell, Period, Tally, count_account
from projections.figures.counted import COUNTED, NOT_COUNTED
from tests.figures.registers import AT, REGISTERS, WORDS, counted, event, histories

CUT_OFF = datetime.fromisoformat(AT)
TYPES = {
    "CommentFlagged": "flagged",
    "FlagUpheld": "upheld",
    "FlagDismissed": "dismissed",
    "FindingOverturned": "overturned",
    "PostHidden": "hidden",
    "Blocked": "blocked",
    "BlockReversed": "reversed",
    "BlockEnded": "ended",
    "ComplaintReceived": "complaints",
}


def count(*events, period=None, words=WORDS, at=CUT_OFF) -> Tally:
    tally = Tally()
    count_account(tally, events, at, words, period)
    return tally


def flagged(sequence=1, at="2024-03-04T10:00:00+00:00", **more):
    item = more.pop("item", {"kind": "comment", "where": "own_page", "channel": "x"})
    data = {"incident": sequence, "item": item, "source": {"kind": "officer"}}
    envelope = {
        word: more.pop(word) for word in ("precision", "irregular", "duties") if word in more
    }
    return event("CommentFlagged", sequence, at, data | more, **envelope)


@settings(max_examples=60)
@given(REGISTERS)
def test_the_counts_are_those_of_a_plain_recount(register):
    accounts = histories(register)
    tally = counted(accounts)
    every = [each for events in accounts for each in events]
    for type, measure in TYPES.items():
        mine = [each for each in every if each["type"] == type]
        assert tally[Cell(measure)] == len(mine)
        for month, times in Counter(each["occurred_at"][:7] for each in mine).items():
            assert tally[Cell(measure, "month", month)] == times
    for page in ("facebook", "x"):
        here = [events for events in accounts if events[0]["data"]["platform"] == page]
        assert tally[Cell("flagged", "channel", page)] == len(here)
        on = [e for e in every if e["type"] == "Blocked" and page in e["data"]["channels"]]
        assert tally[Cell("pages_blocked", "channel", page)] == len(on)
    for category in ("spam", "hate"):
        told = [
            f for e in every for f in e["data"].get("findings", ()) if f["category"] == category
        ]
        assert tally[Cell("findings", "category", category)] == len(told)
    for outcome in ("upheld", "dismissed", "overturned"):
        last = [_last(events) for events in accounts]
        assert tally[Cell("flagged", "outcome", outcome)] == last.count(outcome)
    for target in ("employee", "council", "not_recorded"):
        said = [
            e["data"].get("target", {}).get("kind", "not_recorded")
            for e in every
            if "item" in e["data"]
        ]
        assert tally[Cell("flagged", "target", target)] == said.count(target)


def _last(events):
    """What was last judged of an account's one incident, if anything was."""
    judged = {
        "FlagUpheld": "upheld",
        "FlagDismissed": "dismissed",
        "FindingOverturned": "overturned",
    }
    found = [judged[each["type"]] for each in events if each["type"] in judged]
    return found[-1] if found else None


def test_every_event_is_counted_or_said_not_to_be():
    assert set(EVENTS) <= set(COUNTED) | NOT_COUNTED
    assert not set(COUNTED) & NOT_COUNTED


def test_a_month_is_one_of_london():
    tally = count(flagged(at="2024-03-31T23:30:00+00:00"), flagged(2, "2024-01-31T23:30:00+00:00"))
    assert tally[Cell("flagged", "month", "2024-04")] == 1
    assert tally[Cell("flagged", "month", "2024-01")] == 1


def test_a_period_holds_both_its_days_and_nothing_of_no_known_day():
    period = Period("2024-03-04", "2024-04-01")
    days = ["2024-03-03T23:59:00+00:00", "2024-03-04T00:00:00+00:00", "2024-04-01T22:59:00+00:00"]
    events = [flagged(number, day) for number, day in enumerate(days, 1)]
    unknown = flagged(4, days[1], precision="unknown")
    assert count(*events, unknown, period=period)[Cell("flagged")] == 2
    whole = count(*events, unknown)
    assert whole[Cell("flagged")] == 4
    assert whole[Cell("flagged", "month", "not_known")] == 1


def test_a_word_that_no_policy_knows_is_told_as_other():
    name = event("FlagUpheld", 2, AT, {"incident": 1, "findings": [{"category": "Maple Heron"}]})
    tally = count(flagged(item={"channel": "maple.heron"}), name)
    assert tally[Cell("findings", "category", "other")] == 1
    assert tally[Cell("flagged", "channel", "other")] == 1
    assert not [cell for cell in tally if "aple" in cell.row]


def test_a_second_finding_that_adds_to_the_first_is_not_counted_again():
    first = {"incident": 1, "findings": [{"category": "spam"}]}
    upheld = [
        event("FlagUpheld", n, AT, first | more) for n, more in ((2, {}), (3, {"extreme": {}}))
    ]
    tally = count(flagged(), *upheld)
    assert (tally[Cell("upheld")], tally[Cell("findings")]) == (1, 1)


def test_a_complaint_counts_on_the_day_it_was_received():
    data = {"complaint": 1, "received_on": "2024-02-29", "stage": 1}
    tally = count(event("ComplaintReceived", 1, "2024-03-01T09:00:00+00:00", data))
    assert tally[Cell("complaints", "month", "2024-02")] == 1


def test_duties_are_told_by_what_became_of_them_by_the_cut_off():
    due = {"code": "acknowledge_appeal", "rule": "D-18", "owed_by": None, "calendar": None}
    dues = [
        "2024-03-05T17:00:00+00:00",
        "2024-03-05T17:00:00+00:00",
        None,
        None,
        "2024-03-05T17:00:00+00:00",
    ]
    owed = [{"duty": f"1.{n}", **due, "due": at, "about": {}} for n, at in enumerate(dues, 1)]
    on_time = event("NoteAdded", 2, "2024-03-05T16:00:00+00:00", {}, discharges=["1.1", "1.3"])
    late = event("NoteAdded", 3, "2024-03-06T16:00:00+00:00", {}, discharges=["1.2"])
    tally = count(flagged(duties=owed), on_time, late)
    became = {cell.row: n for cell, n in tally.items() if cell[:2] == ("duties", "outcome")}
    assert became == {"met_in_time": 1, "met": 1, "met_late": 1, "open": 1, "overdue": 1}


def test_what_was_irregular_is_counted_by_its_rules():
    irregular = [{"rule": "R-A23", "what": "blocked first"}, {"rule": "R-A28", "what": "alone"}]
    tally = count(flagged(irregular=irregular), flagged(2, irregular=irregular[:1]))
    assert tally[Cell("irregularities")] == 3
    assert tally[Cell("irregularities", "rule", "R-A23")] == 2


def test_a_refusal_is_counted_by_its_own_outcome():
    refused = {"command": "hide", "outcome": "refused", "incident": 1}
    tally = count(flagged(), event("RefusalRecorded", 2, AT, refused))
    assert tally[Cell("refusals_recorded", "refusal", "refused")] == 1
