"""Findings that an officer may make: sound ones of each council, and mistaken ones."""

from __future__ import annotations

from typing import Any

Fields = dict[str, Any]
FINDINGS_A: tuple[Fields, ...] = (
    {"category": "abusive_threatening", "sub_reason": "swearing"},
    {"category": "abusive_threatening", "sub_reason": "threat"},
    {"category": "abusive_threatening"},
    {"category": "obscene"},
    {"category": "personal_attack"},
    {"category": "off_topic"},
    {"category": "hate", "characteristics": ["age"]},
    {"category": "hate", "characteristics": ["racial", "disability"]},
    {"category": "illegal_activity"},
    {"category": "trolling", "elements": ["controversial", "irrelevant", "off_topic"]},
    {"category": "defamatory_false", "sub_reason": "defamatory"},
)
FINDINGS_N: tuple[Fields, ...] = (
    {"category": "abusive_threatening", "sub_reason": "swearing"},
    {"category": "abusive_threatening", "sub_reason": "threat"},
    {"category": "obscene"},
    {"category": "off_topic", "completely": True},
    {"category": "hate_incitement"},
    {"category": "intimidatory", "target": {"kind": "employee"}},
    {"category": "discriminatory", "characteristics": ["religion"]},
    {"category": "advertising"},
)
FINDINGS_WRONG: tuple[Fields, ...] = (
    {"category": "criticism"},
    {"category": "personal_individual"},
    {"category": "hate", "characteristics": ["age"]},
    {"category": "hate"},
    {"category": "intimidatory"},
    {"category": "trolling", "elements": ["controversial"]},
    {"category": "spam"},
    {"category": "off_topic"},
    {"category": "defamatory_false", "sub_reason": "false"},
    {"category": "discriminatory"},
    {"category": "discriminatory", "characteristics": ["age"]},
)
