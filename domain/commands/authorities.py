"""Telling authorities and others outside what happened, and on what legal basis."""

from __future__ import annotations

from domain.commands.inquiry import Inquiry
from domain.commands.listing import listed
from domain.commands.needs import check_needs
from domain.commands.others import warn_of_what_stays_owed
from domain.policy.rules import way_on


def refer_authority(inquiry: Inquiry) -> None:
    """Record a referral to one of the authorities that the policy names."""
    incidents = listed(inquiry)
    policy = inquiry.policy
    code = inquiry.command["authority"]
    authority = policy.authorities.get(code)
    if authority is None:
        known = policy.authorities.values()
        instead = [
            ("refer-authority", way_on(other.rules[0].id, f"refer it to {other.code}"))
            for other in known
        ]
        why = f"{code} is no authority of this policy"
        inquiry.refuse(policy.silence("authority"), why, ["authority"], instead=instead)
        return
    check_needs(inquiry, policy, authority.needs, incidents)
    inquiry.allow(authority.rules)
    warn_of_what_stays_owed(inquiry, incidents, ("refer_authority",))
    inquiry.record(
        "AuthorityReferred",
        **inquiry.fields("incidents", "authority", "legal_basis", "reference"),
    )


def disclose(inquiry: Inquiry) -> None:
    """Record what was told to somebody outside, why, and on what legal basis."""
    listed(inquiry)
    inquiry.record(
        "InformationDisclosed",
        **inquiry.fields("incidents", "to", "purpose", "legal_basis", "what"),
    )
