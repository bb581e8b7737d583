"""`casebook audit` on both clocks, between two moments, asked again, and as a page."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import asked, changed
from tests.modes import altered


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        (("--as-of", "yesterday"), "'yesterday' is no moment. Wanted: a London day"),
        (("--as-of", "2026-02-30"), "'2026-02-30' is no moment"),
        (("--as-of", "2025-03-03T10:15:00"), "such as 2025-03-03T10:15:00+00:00"),
        (("--as-known-at", "2525-01-01"), "has not come yet"),
        (("--diff", "2025-03-04", "2025-03-03"), "the second moment is before the first"),
        (("--diff", "2025-03-04"), "requires 2 arguments"),
        (("--why", "0"), "'--why'"),
        (("--why", "1", "--as-of", "2025-03-03"), "--why"),
        (("--why", "1", "--as-known-at", "2025-03-03"), "--why"),
        (("--diff", "2025-03-03", "2025-03-04", "--html", "x.html"), "--diff"),
        (("--clock", "recorded"), "--diff"),
        (
            (
                "--diff",
                "2025-03-03",
                "2025-03-04",
                "--clock",
                "recorded",
                "--as-known-at",
                "2025-03-04",
            ),
            "two moments of its own",
        ),
    ],
)
def test_a_wrong_moment_is_told_with_what_would_be_right(maple, casebook, words, problem) -> None:
    ran = casebook("audit", maple, *words)
    assert (ran.code, ran.out) == (2, "")
    assert problem in " ".join(ran.err.split())


def test_before_it_began_the_case_says_so_plainly(maple, casebook) -> None:
    ran = casebook("audit", maple, "--as-of", "2025-03-02")
    assert ran.code == 0
    assert "it had not begun." in ran.out
    assert "Its first event happened on Monday 3 March 2025, 10:15" in ran.out
    assert casebook("audit", maple, "--as-of", "2025-03-02", "--json").json["state"] is None


def test_as_of_a_day_shows_state_duties_and_the_policys_words(maple, casebook) -> None:
    told = casebook("audit", maple, "--as-of", "2025-03-03").out
    assert "As it stood on Monday 3 March 2025, at the end of the day" in told
    assert "Policy then: ashfield version undated, in force" in told
    assert 'R-A24 (must): "We will record the name and handle of the account' in told
    assert "review flag" in told.partition("Owed:")[2]


def test_today_may_be_asked_though_it_has_not_ended(maple, casebook) -> None:
    from datetime import UTC, datetime

    today = datetime.now(UTC).date().isoformat()
    assert casebook("audit", maple, "--as-known-at", today).code == 0


def test_the_keys_of_a_replay(maple, casebook) -> None:
    found = casebook("audit", maple, "--as-of", "2025-03-03", "--json").json
    assert list(found) == [
        *("case", "council", "platform", "handle", "incomplete_since"),
        *("as_of", "as_known_at", "begins"),
        *("state", "corrections", "events", "appeals", "policy"),
    ]
    plain = casebook("audit", maple, "--json").json
    assert list(plain) == [key for key in found if key not in ("appeals", "policy")]
    assert found["as_of"] == "2025-03-03T23:59:59.999999+00:00"
    assert list(found["policy"]) == ["id", "version", "sha256", "from", "in_force", "clauses"]


def test_a_diff_tells_what_changed_in_words(maple, casebook) -> None:
    casebook(
        "dismiss", maple, "--incident", "1", "--reason", "no_breach", "--at", "2025-03-05T10:00:00Z"
    )
    words = ("audit", maple, "--diff", "2025-03-04", "2025-03-05")
    told = casebook(*words).out
    assert "Jo P dismissed incident 1" in told
    assert (
        "Incident 1 was flagged, its post visible; it is now dismissed, its post visible." in told
    )
    found = casebook(*words, "--json").json
    assert [event["type"] for event in found["came"]] == ["FlagDismissed"]
    known = casebook(*words, "--clock", "recorded", "--json").json
    assert (known["came"], known["words"]) == ([], [])


def test_why_tells_the_verdict_and_that_it_is_the_same(maple, casebook) -> None:
    ran = casebook("audit", maple, "--why", "2")
    assert ran.code == 0
    assert "why event 1 (AccountOpened), 2 (CommentFlagged)." in ran.out
    assert 'R-A24 (must): "We will record the name' in ran.out
    assert "Asked again, with what was recorded before it: the same answer." in ran.out
    assert casebook("audit", maple, "--why", "2", "--json").json["same"] is True


def test_a_verdict_that_differs_is_told_loudly_with_exit_code_6(maple, casebook, register) -> None:
    find = "SELECT body, stream FROM events WHERE type = 'CommentFlagged'"
    [(body, stream)] = asked(register, find)
    other = bytes(body).replace(b'"R-A24"', b'"R-A25"')
    changed(register, "UPDATE events SET body = ? WHERE stream = ? AND sequence = 2", other, stream)
    altered(register)
    ran = casebook("audit", maple, "--why", "2")
    assert ran.code == 6
    assert "ASKED AGAIN, THE ANSWER DIFFERS" in ran.out
    assert 'rules of event 2: recorded ["R-A25"]' in ran.out
    assert casebook("audit", maple, "--why", "2", "--json").code == 6


def test_an_event_that_is_not_there_is_not_found(maple, casebook) -> None:
    ran = casebook("audit", maple, "--why", "9")
    assert (ran.code, ran.out) == (4, "")
    assert "has the events 1 to 2, none of number 9" in ran.err


def test_a_correction_is_told_where_it_was_made_and_where_it_was_wrong(maple, casebook) -> None:
    change = ("--sequence", "1", "--field", "name", "--value", "M. Heron", "--reason", "misread")
    assert casebook("correct", maple, *change).code == 0
    told = casebook("audit", maple).out
    assert "Corrected by event 3: name “Maple Heron” is now “M. Heron”; by jo.p on" in told
    assert "because “misread”" in told


def test_a_page_is_written_and_stdout_stays_data(maple, casebook, tmp_path: Path) -> None:
    ran = casebook("audit", maple, "--html", "case.html")
    assert (ran.code, ran.out, ran.err) == (0, "", "Wrote case.html.\n")
    assert (tmp_path / "case.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert casebook("audit", maple, "--html", "case.html", "--json").json["case"] == maple


def test_a_page_that_can_not_be_written_says_so(maple, casebook) -> None:
    ran = casebook("audit", maple, "--html", "nowhere/case.html")
    assert ran.code == 1
    assert "nowhere/case.html" in ran.err


def test_the_history_is_read_also_where_a_policys_bytes_are_damaged(
    maple, casebook, register
) -> None:
    for digest, text in asked(register, "SELECT sha256, bytes FROM policy_files"):
        damaged = bytes(text) + b"\n"
        changed(register, "UPDATE policy_files SET bytes = ? WHERE sha256 = ?", damaged, digest)
    assert casebook("audit", maple).code == 0
    ran = casebook("audit", maple, "--as-of", "2025-03-03")
    assert ran.code == 1
    assert "are no longer those adopted" in ran.err
