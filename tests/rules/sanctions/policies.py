"""Small policies of an invented council, each with one step more than the minimal one."""

from __future__ import annotations

from typing import Any

from tests.scenarios import PROPORTIONATE, Answer, Scenario

DAY, LATER = "2026-03-02", "2026-03-03"  # a Monday and the day after
ABUSE = [{"category": "abuse"}]
SPAM = [{"category": "spam"}]
WARNS = """
[warnings]
rules = ["R-WILL1"]
force = "must"
ways = ["public_reply"]
states = ["reason"]
needs = [{ what = "finding", rules = ["R-WILL1"] }]
window = { working_days = 2 }
window_rules = ["R-MAY1"]
[[duties]]
on = "upheld"
code = "warn"
rules = ["R-WILL1"]
except_categories = ["off_topic"]
"""
MUTES = """
[mutes]
rules = ["R-MAY1"]
needs = [{ what = "finding", rules = ["R-MAY1"] }]
"""


def on_a_block(*needs: str, ground: str = "breach") -> str:
    """A ground of a block with these needs more than incidents and a finding."""
    said = ", ".join(f"{{ {need} }}" for need in needs)
    return f"""
[blocks.grounds.{ground}]
rules = ["R-MAY1"]
scopes = ["access", "commenting"]
needs = [{{ what = "incidents", rules = ["R-MAY1"] }}, {said}]
"""


def need(what: str, **more: Any) -> str:
    """A need under the clause that says 'may'."""
    told = "".join(f", {key} = {_toml(value)}" for key, value in more.items())
    return f'what = "{what}", rules = ["R-MAY1"]{told}'


def warn(council: Scenario, at: str, *incidents: int, **fields: Any) -> Answer:
    """The answer to a warning by public reply that states its reason."""
    said = {"via": "public_reply", "delivery": "sent", "states": ["reason"]} | fields
    return council.when("warn", at, incidents=list(incidents), **said)


def mute(council: Scenario, at: str, *incidents: int | str, **fields: Any) -> Answer:
    """The answer to a mute on the page of the platform."""
    said = {"channels": ["facebook"], "reason": "it went on"} | fields
    return council.when("mute", at, incidents=list(incidents), **said)


def block(council: Scenario, at: str, *incidents: int, **fields: Any) -> Answer:
    """The answer to a block on the page of the platform."""
    said = {"ground": "breach", "scope": "access", "channels": ["facebook"], "reason": "it went on"}
    said |= {"proportionality": PROPORTIONATE, "adjustments_considered": "none known"}
    return council.when("block", at, incidents=list(incidents), **(said | fields))


def _toml(value: Any) -> str:
    return str(value) if isinstance(value, int) else repr(value).replace("'", '"')
