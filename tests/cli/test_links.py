"""Linked cases on the command line: named by handle, told in words, listed beside each other."""

from __future__ import annotations

from tests.cli.conftest import COMPLETE, Casebook

WHY = ("--reason", "the same picture on both")


def second(casebook: Casebook) -> str:
    answer = casebook("flag", "facebook/maple.heron.2", *COMPLETE, "--json").json
    case: str = answer["case"]
    return case


def test_two_cases_are_linked_by_their_handles_and_both_tell_of_it(
    maple: str, casebook: Casebook
) -> None:
    other = second(casebook)
    link = ("link-accounts", "facebook/maple.heron", "--other", "facebook/@MAPLE.heron.2")
    ran = casebook(*link, "--kind", "same_account", *WHY)
    assert ran.code == 0
    assert f"accounts linked; accounts linked (case {other})" in ran.out
    assert f"strikes and standing blocks of {other} count here" in ran.out
    shown = casebook("show", maple).out
    assert "Linked cases:" in shown
    assert f"Case {other}, same account since" in shown
    assert "facebook/maple.heron.2, open" in shown
    audit = casebook("audit", other).out
    assert f"Case {maple}, same account since" in audit
    assert "its history stands there" in audit
    assert f"Jo P found case {maple} to be of the same account" in audit
    listed = casebook("cases").out
    assert "linked with" in listed.splitlines()[0]
    undo = ("unlink-accounts", maple, "--other", other, "--kind", "same_account", *WHY)
    assert casebook(*undo).code == 0
    assert "linked with" not in casebook("cases").out
    assert "Linked cases:" not in casebook("show", maple).out


def test_what_is_not_there_and_what_is_linked_already(maple: str, casebook: Casebook) -> None:
    other = second(casebook)
    told = ("--kind", "same_person", *WHY)
    assert casebook("link-accounts", maple, "--other", "facebook/nobody", *told).code == 4
    assert casebook("link-accounts", maple, "--other", "ASH-2222-2222", *told).code == 4
    assert casebook("link-accounts", maple, "--other", maple, *told).code == 3
    assert casebook("may", maple, "link-accounts", "--other", other, *told).code == 0
    assert casebook("link-accounts", maple, "--other", other, *told).code == 0
    again = casebook("link-accounts", other, "--other", maple, *told)
    assert again.code == 3
    assert "is the same person already" in again.out
