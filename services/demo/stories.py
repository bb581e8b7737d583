"""What happened to the invented accounts: stories told as command documents, each at its time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random
from typing import Any

from domain.calendar.london import london_date, write_moment
from domain.policy.policy import Policy
from services.demo.people import POSTS

Step = tuple[datetime, dict[str, Any]]
PROPORTIONATE = {
    "aim": "keep staff and residents from abuse",
    "less_intrusive": "hiding single posts did not stop it",
}


class Story:
    """One account's story under one council's policy, written down step by step."""

    def __init__(self, policy: Policy, account: dict[str, str], start: datetime) -> None:
        self.policy = policy
        self.account = account
        self.at = start
        self.steps: list[Step] = []

    def then(self, command: str, actor: str = "jo.p", hours: float = 0.2, **fields: Any) -> None:
        """The next step, so many hours after the one before."""
        self.at += timedelta(hours=hours)
        named = {key: self.account[key] for key in ("platform", "handle")}
        document = {
            "command": command,
            "council": self.policy.id,
            "actor": actor,
            "account": self.account if command == "flag" else named,
            "occurred_at": write_moment(self.at),
            **fields,
        }
        self.steps.append((self.at, document))

    def flag(self, random: Random, days: int = 0, source: str = "officer") -> None:
        """Somebody posts, and it is seen."""
        self.at += timedelta(days=days)
        posted = write_moment(self.at - timedelta(hours=2))
        item = {"kind": "comment", "posted_at": posted, "text": random.choice(POSTS)}
        self.then("flag", item=item, source={"kind": source}, why="abusive to staff")

    def uphold(self, incident: int, sub_reason: str = "swearing", **more: Any) -> None:
        """The item is captured and found a breach."""
        self.then("capture", incident=incident, held_at=f"S:/evidence/{incident}.png")
        finding = {"category": "abusive_threatening", "sub_reason": sub_reason}
        self.then("uphold", incident=incident, findings=[finding], viewpoint_neutral=True, **more)

    def block(self, ground: str, incidents: list[int], **more: Any) -> None:
        """The account is blocked everywhere, and the director told where the policy asks."""
        self.then(
            "block",
            ground=ground,
            incidents=incidents,
            scope=self.policy.block_grounds[ground].scopes[0],
            channels="all",
            reason="it goes on after every removal",
            proportionality=PROPORTIONATE,
            adjustments_considered="none known",
            **more,
        )
        if self.policy.at("blocks", "notice", "force") == "must":
            self.then("notify-block", block=1, via="direct_message", delivery="sent")
        for channel in self.policy.at("channels", "pages"):
            self.then("apply-block", block=1, channel=channel, result="applied", hours=0.1)


def no_breach(story: Story, random: Random) -> None:
    """Flagged by a resident, and found to be criticism."""
    story.flag(random, source="public_report")
    story.then("dismiss", incident=1, reason="no_breach", hours=2)


def _asked_first(story: Story) -> bool:
    """Ask the author every way the policy asks; whether it asks at all."""
    ways = story.policy.at("asking", "ways") or ()
    for via in ways:
        story.then("ask-removal", incident=1, via=via, delivery="sent")
    return bool(ways)


def one_removal(story: Story, random: Random) -> None:
    """One breach, captured and hidden, and closed."""
    story.flag(random)
    story.uphold(1)
    if _asked_first(story):
        story.then("removal-honoured", incident=1, hours=3)
    else:
        story.then("hide", incident=1)
    story.then("close-incident", incident=1)


def blocked(story: Story, random: Random) -> None:
    """It goes on until the account is blocked."""
    story.flag(random)
    story.uphold(1)
    if _asked_first(story):
        story.at += timedelta(days=6)
        story.block("non_compliance", [1])
        return
    story.then("hide", incident=1)
    story.flag(random, days=9)
    story.uphold(2, "threat")
    story.then("hide", incident=2)
    story.then("not-referred", incidents=[2], reason="no real threat, in context")
    story.block("continues", [1, 2])
    story.then("tell-director", block=1, told="sam.d", via="email", delivery="delivered")


def reversed_on_appeal(story: Story, random: Random) -> None:
    """Blocked, an early appeal, one in time, and a reversal that two people made."""
    blocked(story, random)
    if not story.policy.at("appeals"):
        received = london_date(story.at).isoformat()
        about = "the block is too hard"
        story.then("complain", "col.c", about=about, block=1, received_on=received, via="email")
        story.then("acknowledge-complaint", "col.c", complaint=1, hours=24)
        story.then("answer-complaint", "ola.k", complaint=1, result="upheld", reasons="an error")
        story.then("reverse-block", "ola.k", block=1, because="complaint", complaint=1, reasons="-")
        return
    appellant = {"kind": "owner", "checked": "a code shown on the profile"}
    for days in (100, 270):
        story.at += timedelta(days=days)
        received = london_date(story.at).isoformat()
        story.then(
            "file-appeal",
            "col.c",
            block=1,
            received_on=received,
            via="email",
            appellant=appellant,
            hours=0,
        )
        if days == 270 or random.random() < 0.6:
            story.then("acknowledge-appeal", "col.c", appeal=1 if days == 100 else 2)
    reversal = {
        "block": 1,
        "because": "appeal",
        "appeal": 2,
        "reasons": "a year has passed quietly",
    }
    story.then("agree-reversal", "mia.m", hours=24, **reversal)
    story.then("reverse-block", "ola.k", hours=2, **reversal)


def waiting(story: Story, random: Random) -> None:
    """Reported by a resident and not looked at yet."""
    story.flag(random, source="public_report")


TOLD = (no_breach, one_removal, one_removal, blocked, reversed_on_appeal, waiting)


def tell(
    random: Random, policy: Policy, accounts: list[dict[str, str]], now: datetime
) -> Iterator[Step]:
    """All stories of one council, none of them later than now."""
    for number, account in enumerate(accounts):
        story_of = TOLD[number % len(TOLD)]
        longest = 1000 if story_of is not waiting else 9
        shortest = {reversed_on_appeal: 400, waiting: 0}.get(story_of, 30)
        day = now - timedelta(days=random.randint(shortest, longest) + 1)
        opening = day.replace(hour=10, minute=random.randint(0, 59), second=0, microsecond=0)
        story = Story(policy, account, opening)
        story_of(story, random)
        yield from (step for step in story.steps if step[0] < now)
