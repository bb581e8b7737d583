"""Which of the council's pages an act reaches, and what their platforms let it do there."""

from __future__ import annotations

from collections.abc import Iterable

from domain.commands.inquiry import Inquiry
from domain.policy.policy import Policy
from domain.policy.rules import Rules


def impossible_on(policy: Policy, platform: str) -> set[str]:
    """The acts that a platform does not offer at all."""
    return set(policy.at("platforms", platform, "cannot") or ())


def can_reach(policy: Policy, platform: str, way: str) -> bool:
    """Whether a platform lets the council write to anybody that way."""
    return way != "direct_message" or "message" not in impossible_on(policy, platform)


def check_reach(inquiry: Inquiry, policy: Policy, rules: Rules) -> None:
    """Refuse to say that somebody was told in a way that their platform does not offer."""
    command, platform = inquiry.command, inquiry.case.platform
    if command["delivery"] != "failed" and not can_reach(policy, platform, command["via"]):
        rules = rules or policy.cited("channels", "rules")
        why = f"not possible there: {policy.at('platforms', platform, 'because')}"
        inquiry.refuse(rules, why, ["via"], instead=[("not-possible", rules[0])])


def named_channels(inquiry: Inquiry, act: str) -> list[str]:
    """The pages that the command names, each once; `"all"` is those where the act exists."""
    pages = inquiry.policy.at("channels", "pages")
    unable = _unable(inquiry.policy, act)
    wanted, rules = inquiry.command["channels"], inquiry.policy.cited("channels", "rules")
    if wanted == "all":
        able = [channel for channel in pages if channel not in unable]
        if not able:
            inquiry.refuse(rules, f"no page of the council can {act} anybody", ["channels"])
        return able
    for index, channel in enumerate(wanted):
        if channel not in pages:
            inquiry.refuse(rules, f"{channel} is not a council channel", [f"channels.{index}"])
        elif channel in unable:
            why = f"not possible on {channel}: {unable[channel]}"
            inquiry.refuse(rules, why, [f"channels.{index}"])
    return list(dict.fromkeys(wanted))


def warn_of_channels(inquiry: Inquiry, channels: Iterable[str]) -> None:
    """Say what a block achieves there in truth, and which twin of a page it leaves out."""
    pages, covered = inquiry.policy.at("channels", "pages"), list(channels)
    for platform in dict.fromkeys(pages[c]["platform"] for c in covered if c in pages):
        means = inquiry.policy.at("platforms", platform, "block_means")
        if means:
            inquiry.warnings.append(f"on {platform} a block means: {means}")
    for channel, page in pages.items():
        twin = page.get("twin_of")
        if twin and (channel in covered) is not (twin in covered):
            left, named = (twin, channel) if channel in covered else (channel, twin)
            inquiry.warnings.append(f"{left} is the same page as {named}, and is not covered")


def _unable(policy: Policy, act: str) -> dict[str, str]:
    """The channels on whose platform the act does not exist, and why."""
    platforms = policy.at("platforms") or {}
    return {
        channel: platforms[page["platform"]]["because"]
        for channel, page in policy.at("channels", "pages").items()
        if act in platforms.get(page["platform"], {}).get("cannot", ())
    }
