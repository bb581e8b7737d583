"""The warnings and mutes worth asking the policy about, filled as far as the case tells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from domain.account.standing import Standing
from domain.policy.policy import Policy


def sanctions_worth_asking(
    case: Standing, policy: Policy, upheld: Sequence[int]
) -> Iterator[dict[str, Any]]:
    """A warning of each upheld incident, a mute of each page, and the end of each that stands."""
    if policy.warnings and not policy.warnings.never:
        step = policy.warnings
        for number in upheld:
            for via in step.ways or ("public_reply",):
                about = {"incidents": [number], "via": via, "delivery": "sent"}
                for level in step.levels or (None,):
                    said = {"states": list(step.states)} | ({"level": level} if level else {})
                    yield {"command": "warn", **about, **said}
    muted = case.muted_on()
    if policy.mutes and upheld:
        for channel in policy.at("channels", "pages"):
            if channel not in muted:
                why = {"reason": "…", "proportionality": {"aim": "…", "less_intrusive": "…"}}
                about = {"incidents": list(upheld), "channels": [channel]}
                yield {"command": "mute", **about, **why}
    for channel in muted:
        yield {"command": "unmute", "channels": [channel], "reason": "…"}
