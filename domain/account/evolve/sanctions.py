"""How warnings and mutes change a case."""

from __future__ import annotations

from domain.account.sanction import Mute, Warned
from domain.account.standing import Event, Standing


def warned(case: Standing, event: Event) -> None:
    data = event["data"]
    sent = data.get("delivery", "sent") == "sent"
    via, level = data.get("via", ""), data.get("level")
    case.warnings.append(Warned(event["occurred_at"], tuple(data["incidents"]), via, sent, level))


def muted(case: Standing, event: Event) -> None:
    data = event["data"]
    channels = dict.fromkeys(data["channels"])
    case.mutes.append(Mute(event["occurred_at"], tuple(data["incidents"]), channels))


def mute_ended(case: Standing, event: Event) -> None:
    for mute in case.mutes:
        for channel in event["data"]["channels"]:
            if channel in mute.standing_on:
                mute.channels[channel] = event["occurred_at"]
