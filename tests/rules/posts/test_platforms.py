"""What a platform does not let a page's owner do, and what a block achieves there in truth."""

from pathlib import Path

import pytest

from services.policies import explain, faults
from services.policies.reading import read
from tests.policies.written import written
from tests.scenarios import Answer, Scenario, codes_of, rules_of, scenario_under

BLOCKLESS = """
[clauses]
R-INFO2 = { force = "info", quote = "These are our pages" }
[channels]
rules = ["R-INFO2"]
[platforms.x]
cannot = ["block", "hide_part"]
because = "the platform shut that off"
[platforms.facebook]
block_means = "they still see our posts when logged out"
"""
MESSAGELESS = """
[asking]
rules = ["R-MAY1"]
ways = ["public_reply", "direct_message"]
[platforms.facebook]
cannot = ["message"]
because = "a page cannot write first"
[blocks.notice]
force = "may"
rules = ["R-MAY1"]
[blocks.grounds.asked]
rules = ["R-MAY1"]
scopes = ["access"]
needs = [{ what = "asked_all_ways", rules = ["R-MAY1"] }]
[[duties]]
on = "upheld"
code = "ask_removal_public"
rules = ["R-WILL1"]
[[duties]]
on = "upheld"
code = "ask_removal_direct"
rules = ["R-WILL1"]
"""
ABUSE = [{"category": "abuse"}]


def block(council: Scenario, **said: object) -> Answer:
    asked = {
        "ground": "breach",
        "incidents": [1],
        "scope": "access",
        "channels": "all",
        "reason": "Threats",
        "proportionality": {"aim": "a", "less_intrusive": "b"},
    }
    return council.when("block", "2026-03-03", **asked | said)


def test_it_is_told():
    for lines in (BLOCKLESS, MESSAGELESS):
        assert faults(written(lines).encode()) == []
    page = explain(read(written(BLOCKLESS).encode()))
    assert "can't block anybody or hide a part of a post: the platform shut that off." in page
    assert "On facebook a block means: they still see our posts when logged out." in page
    assert "can't write to a person" in explain(read(written(MESSAGELESS).encode()))


def test_a_block_on_all_pages_is_on_those_whose_platform_has_one(tmp_path: Path):
    with scenario_under(tmp_path, written(BLOCKLESS)) as c:
        c.upheld("2026-03-02", ABUSE)
        blocked = block(c)
        duties = blocked["verdict"]["duties"]
        assert [duty["code"] for duty in duties] == ["apply_block"] * 2
        warnings = blocked["verdict"]["warnings"]
        assert "on facebook a block means: they still see our posts when logged out" in warnings


def test_a_page_whose_platform_has_no_block_is_refused_by_name(tmp_path: Path):
    with scenario_under(tmp_path, written(BLOCKLESS)) as c:
        c.upheld("2026-03-02", ABUSE)
        refused = block(c, channels=["facebook", "x"])
        assert refused["outcome"] == "refused"
        assert rules_of(refused) == ["R-INFO2"]
        assert refused["verdict"]["missing"] == ["channels.1"]


def test_nobody_is_asked_by_a_message_that_cannot_be_sent(tmp_path: Path):
    with scenario_under(tmp_path, written(MESSAGELESS)) as c:
        c.upheld("2026-03-02", ABUSE)
        assert [duty["code"] for duty in c.duties()] == ["ask_removal_public"]
        said = {"incident": 1, "delivery": "sent"}
        refused = c.when("ask-removal", "2026-03-02", via="direct_message", **said)
        assert rules_of(refused) == ["R-MAY1"]
        assert [way["command"] for way in refused["verdict"]["instead"]] == ["not-possible"]
        assert block(c, ground="asked")["outcome"] == "refused"
        c.given("ask-removal", "2026-03-02", via="public_reply", **said)
        assert block(c, ground="asked")["outcome"] == "accepted"


def test_nobody_is_told_of_a_block_by_a_message_that_cannot_be_sent(tmp_path: Path):
    with scenario_under(tmp_path, written(MESSAGELESS)) as c:
        c.upheld("2026-03-02", ABUSE)
        assert block(c)["outcome"] == "accepted"
        told = {"block": 1, "via": "direct_message"}
        refused = c.when("notify-block", "2026-03-03", **told, delivery="sent")
        assert refused["verdict"]["missing"] == ["via"]
        failed = {"delivery": "failed", "failure": "It can't be sent"}
        c.given("notify-block", "2026-03-03", **told, **failed)


def test_the_twin_that_a_block_leaves_out_is_named(tmp_path: Path):
    pages = """
    [channels.pages]
    "facebook:cy" = { name = "Gweplyfr", platform = "facebook", twin_of = "facebook" }
    """
    with scenario_under(tmp_path, written(pages)) as c:
        c.upheld("2026-03-02", ABUSE)
        warning = "facebook:cy is the same page as facebook, and is not covered"
        assert warning in block(c, channels=["facebook"])["verdict"]["warnings"]
        both = block(c, channels=["facebook", "facebook:cy"], scope="commenting")
        assert not [word for word in both["verdict"]["warnings"] if "same page" in word]


def test_a_platform_is_left_alone_where_nothing_is_said_of_it(tmp_path: Path):
    with scenario_under(tmp_path, written()) as c:
        c.upheld("2026-03-02", ABUSE)
        assert codes_of(block(c)) == ["apply_block"] * 3


NO_BLOCK = '{ cannot = ["block"], because = "there is none" }'


@pytest.mark.parametrize(
    ("lines", "path"),
    [
        ('[platforms.x]\ncannot = ["block"]', "platforms.x.because"),
        ('[platforms.x]\ncannot = ["sing"]\nbecause = "it has no voice"', "platforms.x.cannot.0"),
        (f"[platforms]\nx = {NO_BLOCK}\nfacebook = {NO_BLOCK}", "blocks.grounds"),
    ],
)
def test_a_platform_that_cannot_be_so_is_faulted(lines: str, path: str):
    assert path in [fault.path for fault in faults(written(lines).encode())]


def test_nobody_is_muted_or_warned_where_the_platform_does_not_offer_it(tmp_path: Path):
    lines = """
    [warnings]
    rules = ["R-MAY1"]
    force = "may"
    needs = [{ what = "finding", rules = ["R-MAY1"] }]
    [mutes]
    rules = ["R-MAY1"]
    needs = [{ what = "finding", rules = ["R-MAY1"] }]
    [platforms.facebook]
    cannot = ["mute", "message"]
    because = "a page cannot do that"
    """
    assert faults(written(lines).encode()) == []
    with scenario_under(tmp_path, written(lines)) as c:
        c.upheld("2026-03-02", ABUSE)
        mute = {"incidents": [1], "reason": "Threats"}
        refused = c.when("mute", "2026-03-03", **mute, channels=["facebook"])
        assert refused["verdict"]["missing"] == ["channels.0"]
        c.given("mute", "2026-03-03", **mute, channels="all")
        warned = c.when("warn", "2026-03-03", incidents=[1], via="direct_message", delivery="sent")
        assert warned["verdict"]["missing"] == ["via"]
