"""The page to print: whole, one file, escaped, and readable without seeing it."""

from __future__ import annotations

from hashlib import sha256
from html.parser import HTMLParser
from itertools import pairwise
from typing import Any

import pytest

from services.replay.clocks import Clocks
from services.replay.page import page
from tests.importing.registers import as_csv, kept, row
from tests.replay.again import case_of, cases
from tests.replay.steps import block, blocked
from tests.scenarios import Scenario

VOID = {"meta", "br"}
EVIL = {
    "platform": "facebook",
    "handle": "o'brien\"><script>alert(1)</script>",
    "name": "عبد الله & Söhne 😀",
}


class Read(HTMLParser):
    """What a page is made of: elements with their attributes, and the words within each."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words: dict[str, list[str]] = {}
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        for tag in self.open:
            self.words.setdefault(tag, []).append(data)

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]


def printed(scenario: Scenario, clocks: Clocks | None = None) -> str:
    replay = scenario.casework.replay
    found = replay.at(case_of(scenario), clocks or Clocks())
    return page(found, replay.records(case_of(scenario), found), scenario.now)


def words(read: Read) -> str:
    return " ".join(" ".join(read.words["main"]).split())


def test_it_is_one_file_without_script_and_fetches_nothing(ashfield: Scenario) -> None:
    blocked(ashfield)
    text = printed(ashfield)
    read = Read(text)
    assert read.open == []
    names = {name for name, _ in read.elements}
    assert names.isdisjoint({"script", "link", "img", "iframe", "object", "form", "base"})
    for _, attributes in read.elements:
        assert not any(name.startswith("on") or name in ("src", "style") for name in attributes)
    assert {a["href"][0] for a in read.all("a")} == {"#"}
    assert "url(" not in text
    assert "@import" not in text


def test_it_can_be_read_without_seeing_it(ashfield: Scenario) -> None:
    blocked(ashfield)
    read = Read(printed(ashfield))
    assert read.all("html") == [{"lang": "en-GB"}]
    assert ashfield.case in read.words["title"][0]
    assert len(read.all("h1")) == 1
    levels = [int(name[1]) for name, _ in read.elements if name in ("h1", "h2", "h3")]
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert all(each.get("scope") in ("col", "row") for each in read.all("th"))
    assert len(read.all("caption")) == len(read.all("table"))
    named = {each["id"] for _, each in read.elements if "id" in each}
    asked = {each["aria-labelledby"] for each in read.all("section")}
    assert asked <= named
    assert {a["href"][1:] for a in read.all("a")} <= named


def test_what_people_typed_is_escaped_and_keeps_its_direction(ashfield: Scenario) -> None:
    item = {"text": "<img src=x onerror=alert(1)> هذا نص \x07 👩‍👩‍👧"}
    ashfield.flagged("2026-03-05", EVIL, item=item)
    ashfield.given("note", "2026-03-06", text="</td></table><script>alert('x')</script>")
    text = printed(ashfield)
    assert "<script" not in text
    assert "<img" not in text
    assert "\x07" not in text
    read = Read(text)
    assert read.open == []
    assert {each.get("dir") for each in read.all("bdi")} == {"auto"}
    assert EVIL["handle"] in read.words["bdi"]
    assert "</td></table><script>alert('x')</script>" in read.words["bdi"]


def test_the_decision_record_of_a_block_says_all_that_it_rests_on(ashfield: Scenario) -> None:
    blocked(ashfield)
    ashfield.given(
        "apply-block", "2026-03-06T13:00:00+00:00", block=1, channel="x", result="applied"
    )
    read = Read(printed(ashfield))
    [record] = [each for each in read.all("section") if each["class"] == "record"]
    assert record["aria-labelledby"] == "record-1"
    told = words(read).partition("Decision record of block 1")[2]
    for said in (
        "jo.p as officer",
        "5 March 2026: Jo P upheld incident 1 as swearing.",
        "6 March 2026: Jo P hid the post of incident 2.",
        "protect staff and residents",
        "hiding did not help",
        "If unacceptable behaviour continues or is extreme",
        "Jo P applied block 1 on x.",
        "Its owner may not appeal before 6 March 2027.",
        "until 6 June 2026 (CPR 54.5)",
        "Asked again with what was recorded before it: the same answer.",
    ):
        assert said in told, said


def test_a_fact_recorded_after_the_decision_is_marked(ashfield: Scenario) -> None:
    blocked(ashfield)
    ashfield.given(
        "capture",
        "2026-03-05T10:30:00+00:00",
        incident=1,
        held_at="S:/more",
        lawful_to_hold=True,
    )
    assert words(Read(printed(ashfield))).count("recorded after the decision") == 1


def blocked_again(scenario: Scenario) -> None:
    """Another incident, and a block for both."""
    scenario.upheld("2026-03-07")
    scenario.given("hide", "2026-03-07T11:00:00+00:00", incident=2)
    block(scenario, "2026-03-07")


def test_there_is_a_record_for_each_block_decided_by_then(ashfield: Scenario) -> None:
    blocked(ashfield)
    then = Clocks(as_of=ashfield.now.replace(month=3, day=5))
    assert [each["class"] for each in Read(printed(ashfield, then)).all("section")].count(
        "record"
    ) == 0


def test_a_case_that_had_not_begun_says_so(ashfield: Scenario) -> None:
    ashfield.flagged("2026-03-05")
    told = words(Read(printed(ashfield, Clocks(as_of=ashfield.now.replace(year=2020)))))
    assert "The case had not begun. Its first event happened on Thursday 5 March 2026" in told


def test_corrections_late_entries_and_imports_are_told(tmp_path) -> None:
    with kept(tmp_path / "register") as register:
        blocks = {"Blocked": "Y", "Date_blocked": "10/03/2025", "Decision_by": "JP"}
        register.bring(as_csv(tmp_path / "old.csv", [row(**blocks)]))
        [case] = cases(register.casework)
        sent: dict[str, Any] = {"council": "ashfield", "actor": "jo.p", "case": case.case_ref}
        late = {"command": "note", "text": "seen", "occurred_at": "2025-03-05T10:00:00+00:00"}
        change = {"sequence": 1, "field": "name", "value": "M. Heron", "reason": "misread"}
        for each in (late, {"command": "correct", **change}):
            assert register.casework.handle(sent | each)["outcome"] == "accepted"
        found = register.casework.replay.at(case, Clocks())
        records = register.casework.replay.records(case, found)
        told = words(Read(page(found, records, register.casework.clock())))
    assert "Imported: row 2 of old.csv, its reference A1, SHA-256" in told
    assert "late" in told
    assert "M. Heron" in told.partition("Corrections")[2]
    assert "Corrected by event" in told
    assert "no verdict can be asked again" in told


@pytest.mark.parametrize("policy", [True, False])
def test_the_policy_in_force_is_named_with_its_hash(ashfield: Scenario, policy: bool) -> None:
    ashfield.flagged("2026-03-05")
    found = ashfield.casework.replay.at(case_of(ashfield), Clocks())
    told = words(Read(page(found if policy else found | {"policy": None}, [], ashfield.now)))
    assert (found["policy"]["sha256"] in told) is policy
    assert ("No policy was known then." in told) is not policy


def test_a_long_post_stands_once_in_full_and_clipped_in_the_record(ashfield: Scenario) -> None:
    post = "long " * 400 + "end of the post"
    ashfield.upheld("2026-03-05", item={"text": post})
    ashfield.given("hide", "2026-03-05T11:00:00+00:00", incident=1)
    blocked_again(ashfield)
    told = words(Read(printed(ashfield)))
    assert told.count("end of the post") == 1
    assert "in full under Posts" in told.partition("Decision record of block 1")[2]


def test_evidence_is_told_with_its_hash(ashfield: Scenario, tmp_path) -> None:
    file = tmp_path / "screenshot <1>.png"
    file.write_bytes(b"seen")
    ashfield.flagged("2026-03-05")
    kept = {"incident": 1, "file": str(file), "lawful_to_hold": True}
    ashfield.given("capture", "2026-03-05", **kept)
    told = words(Read(printed(ashfield)))
    assert f"{file.name} {sha256(b'seen').hexdigest()}" in told
