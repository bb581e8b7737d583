"""Why an item was unacceptable, in a register's words and in the policy's."""

from typing import Any

import pytest

from tests.importing.registers import brought, one, row


def test_no_breach_is_a_dismissal(register, tmp_path) -> None:
    told = row(Why_unacceptable="none – criticism only", Action_taken="no action")
    events = brought(register, tmp_path, told)
    assert one(events, "FlagDismissed")["data"]["reason"] == "no_breach"


@pytest.mark.parametrize(
    ("why", "findings", "strike"),
    [
        ("hate – race", [{"category": "hate", "characteristics": ["racial"]}], True),
        ("swearing", [{"category": "abusive_threatening", "sub_reason": "swearing"}], True),
        (
            "false / misleading statement",
            [
                {"category": "defamatory_false", "sub_reason": "false"},
                {"category": "defamatory_false", "sub_reason": "misleading"},
            ],
            True,
        ),
        ("off topic", [{"category": "off_topic"}], False),
        ("rude about the mayor's dog", [{"category": "rude about the mayor's dog"}], False),
    ],
)
def test_why_it_was_unacceptable_is_read_as_a_category_or_kept(
    register, tmp_path, why: str, findings: list[Any], strike: bool
) -> None:
    upheld = one(brought(register, tmp_path, row(Why_unacceptable=why)), "FlagUpheld")
    assert (upheld["data"]["findings"], upheld["data"]["strike"]) == (findings, strike)
