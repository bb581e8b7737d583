"""In words: a block proposed, the person heard, and what was decided."""

from __future__ import annotations

from projections.words.phrases import (
    Data,
    Saying,
    covering,
    day,
    failing,
    grounded,
    how_long,
    stating,
    way,
)


def proposed(who: str, data: Data) -> str:
    """What another is to decide."""
    interim = " for the time being" if data.get("interim") else ""
    length = f" {how_long(data['length'])}" if "length" in data else ""
    what = f"{covering(data)}{interim}{length}, as block {data['block']}, {grounded(data)}"
    return f"{who} proposed to block the account {what}"


def approved(who: str, data: Data) -> str:
    """The proposal was taken up."""
    length = f", {how_long(data['length'])}" if "length" in data else ""
    return f"{who} approved the proposed block {data['block']}{length}{stating(data, 'reasons')}"


def declined(who: str, data: Data) -> str:
    """Nothing came of the proposal."""
    return f"{who} declined the proposed block {data['block']}{stating(data, 'reasons')}"


def intended(who: str, data: Data) -> str:
    """The person was told, and may reply."""
    failed = failing(data) if data["delivery"] == "failed" else ""
    until = f", to be replied to by {day(data['reply_by'])}"
    told = f"gave notice{way(data)} of the intention to block, as block {data['block']}"
    return f"{who} {told}{until}{failed}"


def replied(who: str, data: Data) -> str:
    """The person replied."""
    received = f"was received on {day(data['received_on'])}"
    return f"A response about the intended block {data['block']} {received}{stating(data, 'text')}"


def considered(who: str, data: Data) -> str:
    """What they replied was weighed."""
    about = f"the response about block {data['block']}"
    return f"{who} considered {about}{stating(data, 'reasons')}"


SAYINGS: dict[str, Saying] = {
    "BlockProposed": proposed,
    "BlockApproved": approved,
    "BlockDeclined": declined,
    "IntentionNotified": intended,
    "ResponseReceived": replied,
    "ResponseConsidered": considered,
}
