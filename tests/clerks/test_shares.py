"""Which process decides a line: all lines about one account the same, and in doubt none."""

import json
from collections.abc import Iterator

import pytest

from services import assemble
from services.assemble import Casework
from services.clerks.shares import Shares
from tests.crash.registers import common, flag, founded, note


@pytest.fixture
def casework(tmp_path) -> Iterator[Casework]:
    with assemble.open_casework(founded(tmp_path)) as casework:
        for number, handle in enumerate(("maple", "birch", "rowan"), 1):
            assert casework.handle(flag(number, handle))["outcome"] == "accepted"
        yield casework


@pytest.fixture
def shares(casework) -> Shares:
    return Shares(casework.database, casework.lookups)


def given_to(shares, document, least_busy=0):
    return shares.clerk_of(json.dumps(document).encode(), lambda: least_busy)


def by(document, **account):
    return document | {"account": {"platform": "facebook"} | account}


def test_an_account_stays_with_the_clerk_that_got_it_first(shares):
    assert given_to(shares, note(10, "maple"), 1) == 1
    assert given_to(shares, note(11, "new"), 0) == 0
    assert given_to(shares, note(12, " @Maple "), 0) == 1
    assert given_to(shares, flag(13, "new"), 1) == 0
    shares.forget()
    assert given_to(shares, note(14, "maple"), 0) == 0


def test_it_is_known_by_each_of_its_names(shares, casework):
    case = casework.find_case("ashfield", "facebook/maple")
    assert given_to(shares, note(10, "maple"), 1) == 1
    referred = common("note", 11, "") | {"case": f" {case.lower()} ", "text": "x"}
    del referred["account"]
    assert given_to(shares, referred, 0) == 1
    assert given_to(shares, by(flag(12, ""), handle="new", account_id="7"), 0) == 0
    assert given_to(shares, by(note(13, ""), account_id=" 7"), 1) == 0
    aliased = note(14, "maple") | {"account": {"platform": "twitter", "handle": "maple"}}
    assert given_to(shares, aliased, 0) == 0
    same = note(15, "maple") | {"account": {"platform": "x", "handle": "maple"}}
    assert given_to(shares, same, 1) == 0


def test_an_old_handle_leads_to_the_same_clerk(shares, casework):
    change = common("change-handle", 20, "maple") | {"handle": "acorn"}
    assert casework.handle(change)["outcome"] == "accepted"
    assert given_to(shares, note(21, "acorn"), 1) == 1
    assert given_to(shares, note(22, "maple"), 0) == 1


def test_linked_cases_are_decided_by_the_same_clerk(shares, casework):
    there = casework.find_case("ashfield", "facebook/birch")
    link = common("link-accounts", 20, "maple") | {"other": there, "kind": "same_account"}
    link |= {"reason": "the same picture", "evidence": "two screenshots", "actor": "mia.m"}
    answer = casework.handle(link)
    assert answer["outcome"] == "accepted", answer
    assert given_to(shares, note(21, "birch"), 1) == 1
    assert given_to(shares, note(22, "maple"), 0) == 1
    assert given_to(shares, note(23, "rowan"), 0) == 0


def test_a_command_id_used_twice_is_decided_by_one_clerk_or_alone(shares):
    assert given_to(shares, note(10, "maple"), 1) == 1
    assert given_to(shares, note(10, "maple"), 0) == 1
    assert given_to(shares, note(11, "birch"), 0) == 0
    assert given_to(shares, note(10, "birch"), 0) is None


ALONE = {
    "another handle": common("change-handle", 1, "maple") | {"handle": "acorn"},
    "a link": common("link-accounts", 1, "maple") | {"other": "ASH-2222-2222"},
    "a correction": common("correct", 1, "maple"),
    "whose it is": common("complete-record", 1, "maple"),
    "the office": {"command": "appoint", "council": "ashfield", "actor": "ad.min"},
    "no id, so that it is recorded once more if sent again": {
        word: told for word, told in note(1, "maple").items() if word != "command_id"
    },
    "no command": note(1, "maple") | {"command": "dance"},
    "no council": note(1, "maple") | {"council": 7},
    "another's incident": common("warn", 1, "maple") | {"incidents": [1, "ASH-2222-2222/1"]},
    "case and account": note(1, "maple") | {"case": "ASH-2222-2222"},
    "an unknown case": {"command": "note", "council": "ashfield", "case": "ASH-2222-2222"},
    "no account": {"command": "note", "council": "ashfield"},
    "no object": ["note"],
}


@pytest.mark.parametrize("document", ALONE.values(), ids=ALONE.keys())
def test_what_may_be_about_several_is_decided_alone(shares, document):
    assert given_to(shares, document) is None


def test_what_names_accounts_of_two_clerks_is_decided_alone(shares):
    assert given_to(shares, by(flag(10, ""), account_id="7"), 0) == 0
    assert given_to(shares, note(11, "birch"), 1) == 1
    assert given_to(shares, by(flag(12, ""), account_id="7", handle="birch")) is None


def test_no_json_is_decided_alone(shares):
    assert shares.clerk_of(b"{nonsense", lambda: 0) is None
