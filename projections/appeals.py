"""Appeals: every block, since when its clock runs, and what was asked and decided about it."""

from __future__ import annotations

from projections.covering import as_varied, clock_started, marks_after, states
from projections.facts import (
    Event,
    Fold,
    Row,
    account,
    amended,
    and_then,
    by_london_date,
    latest,
    london_date,
    numbered,
    part,
)

KINDS = ("blocks", "appeals")


def blocked(row: Row | None, event: Event) -> Row:
    """The decision: by whom, on which day in London, for what, under which policy."""
    data, at = event["data"], event["occurred_at"]
    return amended(
        account(row, event, *KINDS),
        "blocks",
        data["block"],
        decided_at=at,
        decided_on=london_date(at),
        decided_by=_decider(event),
        ground=data.get("ground"),
        scope=data.get("scope"),
        length=data.get("length", {"kind": "indefinite"}),
        incidents=data["incidents"],
        channels=data["channels"],
        policy=event.get("policy"),
        substance=event.get("substance"),
    )


def varied(row: Row | None, event: Event) -> Row:
    """What the block covers, or how long it lasts, is another from now on."""
    data = event["data"]
    change = {word: data[word] for word in ("scope", "channels", "length") if word in data}
    row = _add(row, event, "blocks", "varied", change)
    marks = marks_after(part(row, "blocks", data["block"]), event)
    return amended(row, "blocks", data["block"], marks=marks)


def applied(row: Row | None, event: Event) -> Row:
    """A channel carries the block, whole, in part or not; the first time may start the clock."""
    return _channel(row, event, event["data"]["result"])


def lifted(row: Row | None, event: Event) -> Row:
    """A channel lets the account go again; where lifting failed it stays as it was."""
    result = event["data"]["result"]
    if result == "failed":
        return account(row, event, *KINDS)
    return _channel(row, event, "partly" if result == "partly" else "lifted")


def not_possible(row: Row | None, event: Event) -> Row:
    """The channel can't block anybody."""
    data = event["data"]
    if data["action"] in ("block", "apply-block") and "block" in data and "channel" in data:
        return _channel(row, event, "not_possible")
    return account(row, event, *KINDS)


def ended(row: Row | None, event: Event) -> Row:
    """The block ran out."""
    return _add(row, event, "blocks", "ends", "ended")


def taken_back(row: Row | None, event: Event) -> Row:
    """The block was taken back, which also grants the appeal it names."""
    row = _add(row, event, "blocks", "ends", "reversed")
    if "appeal" in event["data"]:
        row = _add(row, event, "appeals", "ends", "upheld")
    return row


def agreed(row: Row | None, event: Event) -> Row:
    """Whose agreement a reversal needs has agreed."""
    return _agreement(row, event, "agreed")


def declined(row: Row | None, event: Event) -> Row:
    """Whose agreement a reversal needs has declined it."""
    return _agreement(row, event, "declined")


def filed(row: Row | None, event: Event) -> Row:
    """An appeal is open."""
    return _received(row, event, early=False)


def received_early(row: Row | None, event: Event) -> Row:
    """An appeal came before it could; it never opens by itself (D-4)."""
    return _received(row, event, early=True)


def acknowledged(row: Row | None, event: Event) -> Row:
    """The person was told that the appeal arrived."""
    return _add(row, event, "appeals", "acknowledged", True)


def withdrawn(row: Row | None, event: Event) -> Row:
    """The person took the appeal back."""
    return _add(row, event, "appeals", "ends", "withdrawn")


def dismissed(row: Row | None, event: Event) -> Row:
    """The block stays."""
    return _add(row, event, "appeals", "ends", "dismissed")


FOLDS: dict[str, Fold] = {
    "Blocked": blocked,
    "BlockVaried": varied,
    "BlockApplied": applied,
    "BlockLifted": lifted,
    "ActionNotPossible": not_possible,
    "BlockEnded": ended,
    "BlockReversed": taken_back,
    "ReversalAgreed": agreed,
    "ReversalDeclined": declined,
    "AppealFiled": filed,
    "AppealReceivedEarly": received_early,
    "AppealAcknowledged": acknowledged,
    "AppealWithdrawn": withdrawn,
    "AppealDismissed": dismissed,
}


COLUMNS = ("standing",)


def found_by(row: Row) -> tuple[object, ...]:
    """What a table finds the row by: how many blocks stand now."""
    return (standing(row),)


def concerns(event: Event) -> bool:
    """Whether it is about a block: what can't be done mostly is about a post."""
    return event["type"] != "ActionNotPossible" or "block" in event["data"]


def standing(row: Row) -> int:
    """How many blocks stand now."""
    return sum("decided_at" in block and "ends" not in block for block in row["blocks"].values())


def as_of(row: Row, day: str) -> list[Row]:
    """Every block decided by that London day, as it and its appeals stood at the end of it."""
    decided = [
        (number, block)
        for number, block in numbered(row["blocks"])
        if "decided_on" in block and block["decided_on"] <= day
    ]
    return [_block(row, number, block, day) for number, block in decided]


def _block(row: Row, number: int, block: Row, day: str) -> Row:
    ends = by_london_date(block.get("ends", []), day)[:1]
    reversed_at = ends[0][0] if latest(ends) == "reversed" else None
    block = as_varied(block, day)
    shown = ("decided_at", "decided_on", "decided_by", "ground", "scope", "length", "incidents")
    return {
        "block": number,
        **{word: block[word] for word in (*shown, "policy", "substance")},
        "clock_started": clock_started(block),
        "status": latest(ends, "blocked"),
        "reversed_at": reversed_at,
        "channels": states(block, day),
        "agreements": [_agreed(fact) for fact in by_london_date(block.get("agreements", []), day)],
        "appeals": [
            _appeal(appeal_number, appeal, reversed_at, day)
            for appeal_number, appeal in numbered(row["appeals"])
            if appeal.get("block") == number and appeal["received_on"] <= day
        ],
    }


def _appeal(number: int, appeal: Row, reversed_at: str | None, day: str) -> Row:
    ends = by_london_date(appeal.get("ends", []), day)
    if reversed_at and not appeal["early"]:
        # Whatever the reversal was for, an appeal that was open then has got what it asked.
        ends = and_then(ends, reversed_at, "upheld")
    return {
        "appeal": number,
        "received_on": appeal["received_on"],
        "status": latest(ends[:1], "early" if appeal["early"] else "open"),
        "acknowledge_by": appeal["acknowledge_by"],
        "decide_by": appeal["decide_by"],
        "acknowledged": bool(by_london_date(appeal.get("acknowledged", []), day)),
    }


def _agreed(fact: list[object]) -> Row:
    at, answer, because, number, actor = fact
    return {"at": at, "answer": answer, "because": because, "number": number, "by": actor}


def _channel(row: Row | None, event: Event, state: str) -> Row:
    row, data, at = account(row, event, *KINDS), event["data"], event["occurred_at"]
    block, channel = part(row, "blocks", data["block"]), data["channel"]
    marks, first = block.get("marks", {}), block.get("first_applied", {})
    if state == "applied":
        first = {**first, channel: min(at, first.get(channel, at))}
    marks = {**marks, channel: and_then(marks.get(channel, []), at, state)}
    return amended(row, "blocks", data["block"], marks=marks, first_applied=first)


def _add(row: Row | None, event: Event, kind: str, what: str, *fact: object) -> Row:
    row, number = account(row, event, *KINDS), event["data"][kind[:-1]]
    known = part(row, kind, number).get(what, [])
    return amended(row, kind, number, **{what: and_then(known, event["occurred_at"], *fact)})


def _agreement(row: Row | None, event: Event, answer: str) -> Row:
    data = event["data"]
    number = data.get("appeal", data.get("complaint"))
    fact = (answer, data["because"], number, event["actor"]["id"])
    return _add(row, event, "blocks", "agreements", *fact)


def _decider(event: Event) -> Row:
    # Who brings history along decided nothing; the register may say who did.
    actor = event["actor"]
    if actor["kind"] == "import":
        return {"id": event.get("on_behalf_of"), "role": None}
    return {"id": actor["id"], "role": actor["role"]}


def _received(row: Row | None, event: Event, *, early: bool) -> Row:
    data = event["data"]
    return amended(
        account(row, event, *KINDS),
        "appeals",
        data["appeal"],
        block=data["block"],
        received_on=data["received_on"],
        early=early,
        acknowledge_by=data.get("acknowledge_by"),
        decide_by=data.get("decide_by"),
    )
