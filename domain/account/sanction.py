"""What an account was told and what it met short of a block: warnings and mutes."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Warned:
    """One warning, by one way; `sent` is false where it failed."""

    at: str
    incidents: tuple[int, ...]
    via: str
    sent: bool
    level: str | None


@dataclass(slots=True)
class Mute:
    """One decision to mute; `channels` gives for each page when it ended there, if it did."""

    at: str
    incidents: tuple[int | str, ...]
    channels: dict[str, str | None]

    @property
    def standing_on(self) -> list[str]:
        """The pages on which it has not ended."""
        return [channel for channel, ended in self.channels.items() if ended is None]
