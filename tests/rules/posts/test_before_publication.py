"""Where a page is moderated before publication, a held post is approved or withheld."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from services.policies import explain, faults
from services.policies.reading import read
from tests.policies.written import written
from tests.rules.posts.telling import incident, last_words, next_commands
from tests.scenarios import Scenario, codes_of, rules_of, scenario_under

BEFORE = """
[clauses]
R-WILL2 = { force = "must", quote = "Every post is read before it appears" }
R-MAY2 = { force = "may", quote = "We keep back what breaks these rules" }
[channels]
rules = ["R-WILL2"]
[channels.pages]
"facebook:parks" = { name = "Parks", platform = "facebook", moderated = "before" }
[[duties]]
on = "upheld"
code = "remove_content"
rules = ["R-WILL1"]
[[duties]]
on = "dismissed"
code = "restore_post"
rules = ["R-WILL1"]
[[duties]]
on = "overturned"
code = "restore_post"
rules = ["R-WILL1"]
"""
OWN = """
[withholding]
rules = ["R-MAY2"]
needs = [{ what = "evidence", rules = ["R-MAY2"] }]
"""
HELD = {"source": {"kind": "officer", "already": "held"}}
PARKS = {"item": {"channel": "facebook:parks"}, **HELD}
ABUSE = [{"category": "abuse"}]


@pytest.fixture
def council(tmp_path: Path) -> Iterator[Scenario]:
    with scenario_under(tmp_path, written(BEFORE)) as made:
        yield made


def test_the_file_is_sound_and_is_told():
    assert faults(written(BEFORE + OWN).encode()) == []
    page = explain(read(written(BEFORE + OWN).encode()))
    assert "Parks: moderated before publication." in page
    assert "On Parks nobody sees a post before it is approved." in page
    assert "Before publication" not in explain(read(written().encode()))


def test_an_approved_post_can_be_seen(council: Scenario):
    council.flagged("2026-03-02", **PARKS)
    assert incident(council)["content"] == "held"
    assert "approve" in next_commands(council)
    approved = council.given("approve", "2026-03-02", incident=1, reason="It keeps to the rules")
    assert rules_of(approved) == ["R-WILL2"]
    assert incident(council)["content"] == "visible"
    assert "approved the held post of incident 1, because" in last_words(council)
    again = council.when("approve", "2026-03-02", incident=1)
    assert rules_of(again) == ["STATE"]


def test_withholding_needs_what_removing_needs(council: Scenario):
    council.flagged("2026-03-02", **PARKS)
    refused = council.when("withhold", "2026-03-02", incident=1)
    assert refused["verdict"]["missing"] == ["uphold"]
    assert "withhold" not in next_commands(council)
    council.given("uphold", "2026-03-02", incident=1, findings=ABUSE, viewpoint_neutral=True)
    assert [d["code"] for d in council.duties()] == ["remove_content"]
    council.given("withhold", "2026-03-02", incident=1, reason="A threat")
    assert council.duties() == []
    assert incident(council)["content"] == "withheld"
    assert "withheld the post of incident 1" in last_words(council)


def test_withholding_needs_what_its_own_table_asks_where_there_is_one(tmp_path: Path):
    with scenario_under(tmp_path, written(BEFORE + OWN)) as c:
        c.flagged("2026-03-02", **PARKS)
        refused = c.when("withhold", "2026-03-02", incident=1)
        assert rules_of(refused) == ["R-MAY2"]
        assert refused["verdict"]["missing"] == ["capture"]
        c.given("capture", "2026-03-02", incident=1, held_at="S:/evidence")
        assert rules_of(c.given("withhold", "2026-03-02", incident=1)) == ["R-MAY2"]


def test_a_view_is_no_reason_to_withhold(council: Scenario):
    council.upheld("2026-03-02", ABUSE, **PARKS)
    refused = council.when("withhold", "2026-03-03", incident=1, viewpoint_neutral=False)
    assert rules_of(refused) == ["R-NEVER1"]


@pytest.mark.parametrize("command", ["approve", "withhold"])
def test_nothing_is_held_on_a_page_that_is_moderated_after(council: Scenario, command: str):
    council.upheld("2026-03-02", ABUSE, item={"channel": "facebook"}, **HELD)
    refused = council.when(command, "2026-03-03", incident=1)
    assert refused["outcome"] == "refused"
    assert rules_of(refused) == ["R-WILL2"]
    council.given("hide", "2026-03-03", incident=1)


def test_a_post_without_its_page_is_held_where_a_page_of_its_platform_is(council: Scenario):
    council.flagged("2026-03-02", **HELD)
    council.given("approve", "2026-03-02", incident=1)
    other = {"platform": "x", "handle": "maple.heron", "name": "Maple Heron"}
    council.flagged("2026-03-02", other, **HELD)
    assert rules_of(council.when("approve", "2026-03-02", incident=1)) == ["R-WILL2"]


def test_what_can_be_seen_is_hidden_not_withheld(council: Scenario):
    council.upheld("2026-03-02", ABUSE, item={"channel": "facebook:parks"})
    refused = council.when("withhold", "2026-03-03", incident=1)
    assert rules_of(refused) == ["STATE"]
    assert [way["command"] for way in refused["verdict"]["instead"]] == ["hide", "delete"]


def test_what_is_withheld_is_not_hidden_but_may_be_deleted(council: Scenario):
    council.upheld("2026-03-02", ABUSE, **PARKS)
    council.given("withhold", "2026-03-03", incident=1)
    assert rules_of(council.when("hide", "2026-03-03", incident=1)) == ["STATE"]
    council.given("delete", "2026-03-03", incident=1)


def test_what_was_withheld_under_a_finding_taken_back_is_approved(council: Scenario):
    council.upheld("2026-03-02", ABUSE, **PARKS)
    council.given("withhold", "2026-03-03", incident=1)
    because = {"because": "error", "reasons": "It quoted somebody"}
    overturned = council.given("overturn", "2026-03-04", incident=1, **because)
    assert codes_of(overturned) == ["restore_post"]
    refused = council.when("restore", "2026-03-04", incident=1, reason="It quoted somebody")
    assert [way["command"] for way in refused["verdict"]["instead"]] == ["approve"]
    council.given("approve", "2026-03-04", incident=1)
    assert council.duties() == []


def test_a_held_post_that_is_no_breach_is_owed_its_publication(council: Scenario):
    council.flagged("2026-03-02", **PARKS)
    dismissed = council.given("dismiss", "2026-03-02", incident=1, reason="no_breach")
    assert codes_of(dismissed) == ["restore_post"]
    council.given("approve", "2026-03-02", incident=1)
    assert council.duties() == []


def test_what_a_filter_held_where_we_hold_nothing_is_restored(tmp_path: Path):
    filter = '[automation]\nrules = ["R-MAY1"]\nfilter = "may_act_first"\n'
    with scenario_under(tmp_path, written(BEFORE + filter)) as c:
        held = {"kind": "platform_filter", "already": "held"}
        c.flagged("2026-03-02", item={"channel": "facebook"}, source=held)
        dismissed = c.given("dismiss", "2026-03-02", incident=1, reason="mistaken")
        assert codes_of(dismissed) == ["restore_post"]
        c.given("restore", "2026-03-02", incident=1, reason="The filter was wrong")
        assert c.duties() == []
        assert incident(c)["content"] == "visible"


def test_a_late_approval_takes_no_ground_from_what_came_after(council: Scenario):
    council.upheld("2026-03-02", ABUSE, **PARKS)
    council.given("withhold", "2026-03-10", incident=1)
    late = council.when("approve", "2026-03-05", incident=1)
    assert rules_of(late) == ["STATE"]


@pytest.mark.parametrize(
    ("lines", "path"),
    [
        (OWN.replace("R-MAY2", "R-MAY1"), "withholding"),
        (
            '[channels.pages]\nx = { name = "X", platform = "x", twin_of = "x" }',
            "channels.pages.x.twin_of",
        ),
        (
            '[channels.pages]\nx = { name = "X", platform = "x", twin_of = "xx" }',
            "channels.pages.x.twin_of",
        ),
        (
            '[channels.pages]\nx = { name = "X", platform = "x", twin_of = "facebook:a.b", '
            'language = "en" }\n"facebook:a.b" = { name = "A", platform = "facebook", '
            'language = "en" }',
            "channels.pages.x.twin_of",
        ),
        (
            '[channels.pages]\nx = { name = "X", platform = "x", moderated = "never" }',
            "channels.pages.x.moderated",
        ),
    ],
)
def test_a_file_whose_pages_cannot_be_so_is_faulted(lines: str, path: str):
    assert path in [fault.path for fault in faults(written(lines).encode())]


def test_twins_and_teams_are_told():
    pages = """
    [channels.pages]
    facebook = { name = "Facebook", platform = "facebook", language = "en" }
    "facebook:cy" = { name = "Gweplyfr", platform = "facebook", language = "cy", \
twin_of = "facebook", team = "the Welsh desk" }
    """
    assert faults(written(pages).encode()) == []
    page = explain(read(written(pages).encode()))
    assert "Facebook: in English." in page
    assert "Gweplyfr: in Welsh, the same page as Facebook, looked after by the Welsh desk." in page


def test_what_is_never_removed_is_never_withheld(tmp_path: Path):
    never = '[removal]\nnever_for = { rules = ["R-NEVER1"], categories = ["off_topic"] }\n'
    with scenario_under(tmp_path, written(BEFORE + never)) as c:
        c.upheld("2026-03-02", [{"category": "off_topic"}], **PARKS)
        assert c.duties() == []
        assert rules_of(c.when("withhold", "2026-03-03", incident=1)) == ["R-NEVER1"]
        c.given("approve", "2026-03-03", incident=1)
