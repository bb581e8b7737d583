"""Proposals: which blocks were proposed, and what became of each; none of them is a block."""

from __future__ import annotations

from projections.facts import Event, Fold, Row, account, amended, numbered, part

KINDS = ("proposals",)


def proposed(row: Row | None, event: Event) -> Row:
    """Another person is to decide it."""
    data = event["data"]
    return amended(
        account(row, event, *KINDS),
        "proposals",
        data["block"],
        status="proposed",
        proposed_at=event["occurred_at"],
        proposed_by=event["actor"]["id"],
        **{word: data[word] for word in ("ground", "scope", "channels", "incidents")},
    )


def approved(row: Row | None, event: Event) -> Row:
    """It is decided; the block stands under the same number."""
    return _now(row, event, status="approved")


def declined(row: Row | None, event: Event) -> Row:
    """Nobody is blocked."""
    return _now(row, event, status="declined")


def blocked(row: Row | None, event: Event) -> Row:
    """A proposal that needed no approval is decided by the block itself."""
    row = account(row, event, *KINDS)
    known = part(row, "proposals", event["data"]["block"])
    return _now(row, event, status="decided") if known.get("status") == "proposed" else row


def told(row: Row | None, event: Event) -> Row:
    """The person may reply by then."""
    return _now(row, event, reply_by=event["data"]["reply_by"])


FOLDS: dict[str, Fold] = {
    "BlockProposed": proposed,
    "BlockApproved": approved,
    "BlockDeclined": declined,
    "Blocked": blocked,
    "IntentionNotified": told,
}


def listed(row: Row) -> list[Row]:
    """Every proposal by its number."""
    return [
        {"block": number, "reply_by": None, **proposal}
        for number, proposal in numbered(row["proposals"])
        if "status" in proposal
    ]


def _now(row: Row | None, event: Event, **changes: str) -> Row:
    return amended(account(row, event, *KINDS), "proposals", event["data"]["block"], **changes)
