"""The right to appeal that each version of a policy gives: from when, until when, to whom."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from domain.calendar.months import corresponding_date
from domain.policy.policy import Policy

OWNER = frozenset({"owner", "representative"})
ANYONE = OWNER | {"other"}


@dataclass(frozen=True, slots=True)
class Right:
    """One version's right to appeal against one block; both dates are London dates, inclusive.

    `because` are the only reasons for which it is given (none: any); `by` who may appeal.
    """

    policy: Policy
    opens: date
    closes: date | None
    because: frozenset[str]
    by: frozenset[str]

    def open_on(self, day: date) -> bool:
        """Whether an appeal received that day is in time."""
        return self.opens <= day and (self.closes is None or day <= self.closes)

    def still_opens_after(self, day: date) -> bool:
        """Whether it opens later, and not only after it has closed."""
        return self.opens > day and (self.closes is None or self.opens <= self.closes)


def rights(policies: Iterable[Policy], started: date, last: date | None) -> list[Right]:
    """The rights against a block whose clock started that day, one for each version with any.

    `last` is the day on which the last appeal against it came, where the policy says how often
    one may (D-1, D-2, D-5). The kinder holds: what any of them gives is given (D-21).
    """
    return [_right(policy, started, last) for policy in policies if policy.at("appeals")]


def earliest(found: Iterable[Right]) -> Right | None:
    """The right that opens first."""
    return min(found, key=lambda right: right.opens, default=None)


def _right(policy: Policy, started: date, last: date | None) -> Right:
    step = policy.at("appeals")
    opens = corresponding_date(started, step.get("after_months", 0))
    if step.get("opens") == "day_after":
        opens += timedelta(days=1)
    if last and "every_months" in step:
        opens = max(opens, corresponding_date(last, step["every_months"]))
    within = step.get("within_months")
    return Right(
        policy=policy,
        opens=opens,
        closes=corresponding_date(started, within) if within else None,
        because=frozenset(step.get("because", ())),
        by=ANYONE if step.get("by") == "anyone" else OWNER,
    )
