"""Asking for an account by its names: what finds it, and what is refused."""

from __future__ import annotations

from typing import Any

from services.views.cases import CaseFilter, list_cases
from tests.scenarios import Answer, Scenario, rules_of

DAY = "2025-03-03"
LATER = "2025-04-03"
ITEM = {"kind": "comment", "posted_at": "2025-03-01T10:00:00+00:00", "text": "f*** off"}


def flag(council: Scenario, day: str = DAY, **account: Any) -> Answer:
    """The answer to a complete flag of an account on Facebook."""
    named = {"platform": "facebook", "name": "Maple Heron"} | account
    told = {"item": ITEM, "source": {"kind": "officer"}, "why": "swearing"}
    return council.when("flag", day, account=named, **told)


def case_of(council: Scenario, day: str = DAY, **account: Any) -> str:
    answer = flag(council, day, **account)
    assert answer["outcome"] == "accepted", answer
    case: str = answer["case"]
    return case


def note(council: Scenario, **account: Any) -> Answer:
    """The answer to a note by the names of an account."""
    return council.when("note", LATER, account={"platform": "facebook"} | account, text="seen")


def read(council: Scenario, handle: str) -> str:
    """The case that `casebook show facebook/HANDLE` finds."""
    return council.casework.find_case(None, f"facebook/{handle}")


def searched(council: Scenario, text: str) -> set[str]:
    """The cases that `casebook cases --text` lists."""
    return {case["case"] for case in list_cases(council.casework.database, CaseFilter(text=text))}


def given_up(answer: Answer, case: str) -> bool:
    """Whether it is the refusal to write by a handle given up, naming the case and both ways."""
    assert answer["verdict"]["missing"] == ["case", "account.new_account"]
    assert case in answer["why"][0]
    return (answer["outcome"], rules_of(answer)) == ("refused", ["STATE"])
