"""`casebook staff`: appoint, end, list; on one day, and with deputies."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Casebook

ADMIN = ("--as", "ad.min")
MANAGER = ("--role", "communications_manager")


def test_a_deputy_is_appointed_and_stands_in_when_the_holder_is_gone(
    register: object, casebook: Casebook
) -> None:
    post = ("--staff", "dee.d", *MANAGER, "--from", "2025-01-01", "--name", "Dee Dale", *ADMIN)
    assert casebook("staff", "appoint", *post, "--deputy-for", "mia.m").code == 0
    leaves = ("--staff", "mia.m", *MANAGER, "--until", "2025-06-30", *ADMIN)
    assert casebook("staff", "end", *leaves).code == 0

    def managers(day: str) -> dict[str, bool]:
        listed = casebook("staff", "list", "--at", day, "--json").json
        chosen = [each for each in listed if each["role"] == "communications_manager"]
        return {each["staff"]: each["counts"] for each in chosen}

    assert managers("2024-12-31") == {"mia.m": True}
    assert managers("2025-06-30") == {"dee.d": False, "mia.m": True}
    assert managers("2025-07-01") == {"dee.d": True}
    table = casebook("staff", "list").out
    assert "deputy for" in table
    assert "Dee Dale" in table


def test_the_first_administrator_has_no_start_and_is_not_ended(
    register: object, casebook: Casebook
) -> None:
    listed = casebook("staff", "list", "--at", "1990-01-01", "--json").json
    assert [(each["staff"], each["from"]) for each in listed] == [("ad.min", None)]
    end = ("--staff", "ad.min", "--role", "administrator", "--until", "2026-01-31", *ADMIN)
    refused = casebook("staff", "end", *end)
    assert refused.code == 3
    assert "the last administrator from 2026-02-01 on: appoint another first" in refused.out


@pytest.mark.parametrize("day", ["2025-02-30", "tomorrow", "1/2/2025"])
def test_a_day_that_is_none_is_wrongly_asked(
    register: object, casebook: Casebook, day: str
) -> None:
    ran = casebook("staff", "list", "--at", day)
    assert ran.code == 2
    assert "YYYY-MM-DD" in ran.err


def test_who_may_not_appoint_is_told_so(register: object, casebook: Casebook) -> None:
    post = ("--staff", "new.p", "--role", "officer", "--from", "2025-01-01")
    assert casebook("staff", "appoint", *post).code == 3
    assert casebook("staff", "appoint", *post, *ADMIN, "--dry-run").code == 0
    assert "new.p" not in casebook("staff", "list").out
