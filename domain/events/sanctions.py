"""Warnings given, mutes put on and taken off."""

from typing import NotRequired, TypedDict

from domain.events.blocks import Proportionality

# Names and fields are stored history: add to them, never rename or remove.


class WarningGiven(TypedDict):
    """The person was warned, or warning them failed."""

    incidents: list[int | str]
    via: NotRequired[str]
    delivery: NotRequired[str]
    failure: NotRequired[str]
    level: NotRequired[str]
    states: NotRequired[list[str]]


class Muted(TypedDict):
    """The account was muted on pages of the council."""

    incidents: list[int | str]
    channels: list[str]
    reason: NotRequired[str]
    proportionality: NotRequired[Proportionality]


class MuteEnded(TypedDict):
    """The account is muted no longer on pages of the council."""

    incidents: NotRequired[list[int | str]]
    channels: list[str]
    reason: NotRequired[str]
    proportionality: NotRequired[Proportionality]
