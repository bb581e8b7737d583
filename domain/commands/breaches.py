"""Whether a finding says what its category of breach asks for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from domain.account.incident import Incident
from domain.commands.inquiry import Inquiry
from domain.policy.categories import Asked, Category
from domain.policy.policy import Policy


def check_finding(
    inquiry: Inquiry, policy: Policy, incident: Incident, finding: Mapping[str, Any], path: str
) -> None:
    """Object wherever a finding does not say what its category asks; `path` is its place."""
    category = policy.categories.get(finding["category"])
    if category is None:
        rules = policy.cited("findings", "not_a_category")
        why = f"{finding['category']} is no category of this policy"
        inquiry.refuse(rules, why, [f"{path}.category"], instead=[("dismiss", rules[0])])
        return
    if category.kinds and incident.kind not in category.kinds:
        why = f"{category.code} is found of {_words(category.kinds)} only, not of this item"
        inquiry.refuse(category.rules, why, [f"{path}.category"])
    if category.catch_all and not finding.get("in_words"):
        why = f"{category.code} is for what no other category covers: say what it is"
        inquiry.refuse(category.rules, why, [f"{path}.in_words"])
    sub_reason = finding.get("sub_reason")
    if sub_reason is None and category.sub_reason_required:
        why = f"say which: {', '.join(category.sub_reasons)}"
        inquiry.refuse(category.rules, why, [f"{path}.sub_reason"])
    if sub_reason is not None and sub_reason not in category.sub_reasons:
        why = f"{sub_reason} is no sub-reason of {category.code} in this policy"
        inquiry.refuse(category.rules, why, [f"{path}.sub_reason"])
    posts = 1 + len(set(incident.linked) - {incident.number})
    if posts < category.linked_posts:
        why = f"{posts} post is linked, {category.linked_posts} are needed"
        inquiry.refuse(category.rules, why, ["linked_incidents"])
    for asked in category.asks:
        if not asked.sub_reasons or sub_reason in asked.sub_reasons:
            _check_asked(inquiry, category, asked, incident, finding, path)


def _check_asked(
    inquiry: Inquiry,
    category: Category,
    asked: Asked,
    incident: Incident,
    finding: Mapping[str, Any],
    path: str,
) -> None:
    value = finding.get(asked.field)
    if asked.field == "target":
        value = value or incident.target
    if value in (None, [], "") and asked.optional:
        return
    if not _answers(asked, value):
        why = f"{category.code} asks for {asked.field.replace('_', ' ')}"
        inquiry.refuse(asked.rules, why, [f"{path}.{asked.field}"])


def _answers(asked: Asked, value: Any) -> bool:
    if asked.must_be:
        return value is True
    if not value:
        return False
    if asked.kinds:
        return value.get("kind") in asked.kinds
    if asked.choices is not None:
        return all(word in asked.choices for word in value)
    if asked.only:
        return set(value) <= asked.only
    return asked.all_of <= set(value) if asked.all_of else True


def _words(kinds: Iterable[str]) -> str:
    return " or ".join(kind.replace("_", " ") for kind in sorted(kinds))
