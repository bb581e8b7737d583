"""A policy file that isn't sound is told every fault at once, each with its line."""

import re
import tomllib
from pathlib import Path

import pytest

from services.policies import PolicyFault, faults
from services.policies.lines import locate

from .shipped_files import ASHFIELD, NORTH_NORTHAMPTONSHIRE, TEXTS

CHANGED = tomllib.loads(Path(__file__).with_name("changed.toml").read_text())["changed"]


def changed(council, *changes):
    """The council's file with each (old, new) replaced once."""
    text = TEXTS[council].decode()
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    return text.encode()


def line_of(text, words):
    return next(n for n, line in enumerate(text.decode().splitlines(), 1) if words in line)


def told(text):
    return {(fault.line, fault.path): fault.problem for fault in faults(text)}


def test_all_faults_are_told_at_once_in_the_order_of_their_lines():
    text = changed(
        NORTH_NORTHAMPTONSHIRE,
        ('reference = "NNC"', 'reference = "nnc"'),
        ('rules = ["R-N17"]', 'rules = ["R-N71"]'),
        ('scopes = ["commenting"]', "scopes = []"),
        ('code = "notify_block"', 'code = "notify_blok"'),
        ('mark = "explicit"\nby', 'mark = "extreme"\nby'),
    )
    found = faults(text)
    assert [fault.line for fault in found] == sorted(fault.line for fault in found)
    assert told(text) == {
        (line_of(text, '"nnc"'), "policy.reference"): 'is "nnc"',
        (line_of(text, '"R-N71"'), "categories.spam.rules.0"): (
            "cites R-N71, which this file doesn't define"
        ),
        (line_of(text, "scopes = []"), "blocks.grounds.persistent.scopes"): "is empty",
        (line_of(text, '"notify_blok"'), "duties.19.code"): (
            "is notify_blok, which is no duty known here"
        ),
        (line_of(text, 'mark = "extreme"'), "duties.13.mark"): (
            "names extreme, which is no mark of this file"
        ),
    }


def test_a_fault_reads_as_one_line():
    fault = PolicyFault(7, "policy.reference", 'is "ash"', "capitals")
    assert str(fault) == 'line 7: policy.reference is "ash"; wanted: capitals'


@pytest.mark.parametrize(
    ("text", "line", "problem"),
    [
        (b'[policy]\nid = "a\n', 2, "is no TOML"),
        (b"[policy]\nid = 'a'\nid = 'b'\n", 3, "is no TOML: cannot overwrite a value"),
        (b"[policy", 1, "is no TOML"),
        (b'[policy]\n\nid = "\xff"\n', 3, "is not UTF-8"),
        (b"\xef\xbb\xbf[policy]\n", 1, "begins with a byte order mark"),
        (b"a = " + b"[" * 5000, 1, "nests too deeply"),
    ],
)
def test_what_is_no_toml_is_told_with_its_line(text, line, problem):
    (fault,) = faults(text)
    assert fault.line == line
    assert problem in str(fault)


def test_an_empty_file_lacks_everything_it_must_say():
    missing = {fault.path for fault in faults(b"") if fault.problem.startswith("is missing")}
    assert {"policy", "clauses", "complaints", "blocks", "asking", "appeals"} <= missing


@pytest.mark.parametrize("case", CHANGED, ids=lambda case: case["path"])
def test_each_fault_is_found_at_its_place(case):
    text = changed(case["council"], (case["old"], case["new"]))
    found = [fault for fault in faults(text) if fault.path == case["path"]]
    assert any(case["problem"] in fault.problem for fault in found), faults(text)
    assert found[0].line == locate(text).of(case["path"])


def test_no_complaint_route_is_refused_and_says_that_it_is_always_open():
    text = TEXTS[ASHFIELD].decode()
    start, end = text.index("[complaints]"), text.index("# --- Step 4")
    (fault,) = faults((text[:start] + text[end:]).encode())
    assert (fault.path, fault.problem) == ("complaints", "is missing")
    assert "route" in fault.wanted


def test_a_contradiction_with_a_recorded_reading_is_none():
    text = changed(
        ASHFIELD,
        ('R-A13 = { force = "may"', 'R-A13 = { force = "must"'),
        ('continues]\nrules = ["R-A26"]', 'continues]\nrules = ["R-A13", "R-A26"]'),
    )
    assert faults(text) == []
    (fault,) = faults(text.replace(b', reads = ["R-A13", "R-A26"]', b""))
    assert fault.path == "blocks.grounds.continues.rules.0"
    assert "a setting that reads R-A13" in fault.wanted


def test_a_breach_that_never_counts_can_never_be_counted():
    header = rb"(\[categories\.(?!off_topic)\w+\]\n)"
    text = re.sub(header, rb"\1strike = false\n", TEXTS[ASHFIELD])
    (fault,) = faults(text)
    assert fault.path == "blocks.grounds.continues.needs.4.what"
    assert "none ever counts" in fault.problem
