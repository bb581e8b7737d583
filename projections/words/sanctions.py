"""In words: warnings and mutes."""

from __future__ import annotations

from projections.words.phrases import (
    Data,
    Saying,
    because,
    failing,
    listed,
    of_incidents,
    plain,
    way,
)


def warned(who: str, data: Data) -> str:
    """The person was warned."""
    level = f" ({plain(data['level'])})" if "level" in data else ""
    said = f", stating {listed(plain(each) for each in data['states'])}" if _said(data) else ""
    failed = failing(data) if data.get("delivery") == "failed" else ""
    return f"{who} warned the person{way(data)}{level} about {of_incidents(data)}{said}{failed}"


def muted(who: str, data: Data) -> str:
    """Where the account was muted."""
    where = listed(data["channels"])
    return f"{who} muted the account on {where} for {of_incidents(data)}{because(data)}"


def mute_ended(who: str, data: Data) -> str:
    """Where the account is muted no longer."""
    return f"{who} ended the mute on {listed(data['channels'])}{because(data)}"


def _said(data: Data) -> bool:
    return bool(data.get("states"))


SAYINGS: dict[str, Saying] = {
    "WarningGiven": warned,
    "Muted": muted,
    "MuteEnded": mute_ended,
}
