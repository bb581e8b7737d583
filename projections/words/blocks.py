"""In words: blocks, from the decision to the end."""

from __future__ import annotations

from projections.words.phrases import (
    Data,
    Saying,
    an,
    covering,
    day,
    failing,
    grounded,
    how_long,
    listed,
    person,
    plain,
    stating,
    way,
)


def blocked(who: str, data: Data) -> str:
    """What was decided."""
    interim = " for the time being" if data.get("interim") else ""
    length = how_long(data.get("length"))
    what = f"{covering(data)}{interim} {length}, as block {data['block']}, {grounded(data)}"
    return f"{who} blocked the account {what}"


def varied(who: str, data: Data) -> str:
    """The block is another than it was."""
    parts = []
    if "scope" in data:
        parts.append(f"from {plain(data['scope'])}")
    if "channels" in data:
        parts.append(f"on {listed(data['channels'])}")
    if "length" in data:
        parts.append(how_long(data["length"]))
    if "interim" in data:
        parts.append("for the time being" if data["interim"] else "as the final decision")
    to = f"it is now {', '.join(parts)}"
    return f"{who} varied block {data['block']}: {to}{stating(data, 'reasons')}"


def noticed(who: str, data: Data) -> str:
    """The person was told."""
    failed = failing(data) if data["delivery"] == "failed" else ""
    return f"{who} gave notice of block {data['block']}{way(data)}{failed}"


def applied(who: str, data: Data) -> str:
    """A channel carries the block."""
    results = {"applied": "applied", "partly": "partly applied"}
    return _on_channel(who, data, results.get(data["result"], "tried to apply"))


def lifted(who: str, data: Data) -> str:
    """A channel lets the account go."""
    results = {"partly": "partly lifted", "failed": "tried to lift"}
    return _on_channel(who, data, results.get(data["result"], "lifted"))


def reviewed(who: str, data: Data) -> str:
    """The block was looked at again."""
    again = f", to be reviewed again on {day(data['review_on'])}" if "review_on" in data else ""
    return f"{who} reviewed block {data['block']} and kept it{stating(data, 'reasons')}{again}"


def ended(who: str, data: Data) -> str:
    """The block ran out, as somebody had set."""
    set_by = f", as set by {person(data['set_by'])}" if "set_by" in data else ""
    meant = f"which was to last {how_long(data.get('length'))}"
    return f"{who} ended block {data['block']}, {meant}{set_by}"


def told(who: str, data: Data) -> str:
    """The director was told."""
    failed = failing(data) if data["delivery"] == "failed" else ""
    name = f", {person(data['told'])}," if "told" in data else ""
    return f"{who} told the service director{name} of block {data['block']}{way(data)}{failed}"


def director_knows(who: str, data: Data) -> str:
    """The director has read it."""
    return f"{who} acknowledged block {data['block']} as service director"


def agreed(who: str, data: Data) -> str:
    """Agreement to a reversal."""
    return f"{who} agreed to reverse block {data['block']}{_because(data)}"


def declined(who: str, data: Data) -> str:
    """No agreement to a reversal."""
    return f"{who} declined to agree to the reversal of block {data['block']}{_because(data)}"


def taken_back(who: str, data: Data) -> str:
    """The block was reversed."""
    return f"{who} reversed block {data['block']}{_because(data)}"


def _on_channel(who: str, data: Data, did: str) -> str:
    failed = failing(data) if data["result"] == "failed" or "failure" in data else ""
    return f"{who} {did} block {data['block']} on {data['channel']}{failed}"


def _because(data: Data) -> str:
    if "because" not in data:
        return stating(data, "reasons")
    number = data.get("appeal", data.get("complaint"))
    what = an(data["because"]) if number is None else f"{data['because']} {number}"
    return f" because of {what}{stating(data, 'reasons')}"


SAYINGS: dict[str, Saying] = {
    "Blocked": blocked,
    "BlockVaried": varied,
    "BlockNoticeGiven": noticed,
    "BlockApplied": applied,
    "BlockLifted": lifted,
    "BlockReviewed": reviewed,
    "BlockEnded": ended,
    "DirectorNotified": told,
    "DirectorAcknowledged": director_knows,
    "ReversalAgreed": agreed,
    "ReversalDeclined": declined,
    "BlockReversed": taken_back,
}
