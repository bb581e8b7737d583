"""Warning a person, by one way at a time, where the policy has warnings."""

from __future__ import annotations

from domain.commands.channels import check_reach
from domain.commands.duties import raise_duties
from domain.commands.earlier_steps import counted_warnings
from domain.commands.inquiry import Inquiry
from domain.commands.listing import listed
from domain.commands.needs import check_needs
from domain.policy.sanctions import Warnings


def warn(inquiry: Inquiry) -> None:
    """Record that the person was warned of upheld incidents, or that the attempt failed."""
    incidents = listed(inquiry)
    for policy in inquiry.policies:
        step = policy.warnings
        if step is None:
            inquiry.refuse(policy.silence("warning"), "this policy does not warn")
            continue
        if step.never:
            inquiry.refuse(step.rules, "people are not warned")
            continue
        _check_way(inquiry, step)
        check_reach(inquiry, policy, step.rules)
        _check_level(inquiry, step)
        _check_contents(inquiry, step)
        check_needs(inquiry, policy, step.needs, incidents)
        inquiry.allow(step.rules)
    draft = inquiry.record(
        "WarningGiven",
        **inquiry.fields("incidents", "via", "delivery", "failure", "level", "states"),
    )
    for incident in incidents:
        raise_duties(inquiry, draft, "warned", {"incident": incident.number})


def _check_way(inquiry: Inquiry, step: Warnings) -> None:
    if step.ways and inquiry.command["via"] not in step.ways:
        inquiry.refuse(step.rules, f"the policy warns by {', '.join(step.ways)}", ["via"])
    if inquiry.command["delivery"] == "failed" and "failure" not in inquiry.command:
        inquiry.refuse(step.rules, "a failed attempt needs its failure recorded", ["failure"])


def _check_level(inquiry: Inquiry, step: Warnings) -> None:
    """A level of the policy, named where there are several, after a warning of the one before."""
    level = inquiry.command.get("level")
    if level is None and len(step.levels) > 1:
        inquiry.refuse(step.rules, f"say which: {', '.join(step.levels)}", ["level"])
    elif level is not None and level not in step.levels:
        known = ", ".join(step.levels) or "one level only"
        inquiry.refuse(step.rules, f"the policy has {known}, not {level}", ["level"])
    elif level is not None and level != step.levels[0]:
        before = step.levels[step.levels.index(level) - 1]
        if not any(w.sent and w.level == before for w in counted_warnings(inquiry)):
            why = f"warnings come in this order: {', '.join(step.levels)}"
            inquiry.refuse(step.rules, why, ["level"], instead=[("warn", step.rules[0])])


def _check_contents(inquiry: Inquiry, step: Warnings) -> None:
    said = inquiry.command.get("states", ())
    lacking = [content for content in step.states if content not in said]
    if lacking:
        words = ", ".join(content.replace("_", " ") for content in lacking)
        missing = [f"states.{content}" for content in lacking]
        inquiry.refuse(step.rules, f"a warning also states: {words}", missing)
