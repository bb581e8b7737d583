"""The minimal policy that tests write on top of is sound, and takes what is written on it."""

from pathlib import Path

import pytest

from services.faults import PolicyNotSound
from services.policies import explain, faults
from services.policies.reading import read
from tests.policies.written import MINIMAL, written
from tests.scenarios import scenario_under


def test_the_minimal_file_is_sound_and_can_be_told():
    assert faults(MINIMAL.read_bytes()) == []
    assert faults(written().encode()) == []
    assert "Alder Bay Council" in explain(read(written().encode()))


def test_lines_on_top_are_merged_and_duties_are_added():
    text = written(
        """
        [asking]
        rules = ["R-MAY1"]
        ways = ["public_reply"]
        [categories]
        begging = { rules = ["R-WILL1"] }
        [[duties]]
        on = "upheld"
        code = "remove_content"
        rules = ["R-WILL1"]
        """,
        without=["categories.spam"],
    )
    assert faults(text.encode()) == []
    file = read(text.encode())
    assert list(file["categories"]) == ["abuse", "off_topic", "begging"]
    assert [duty["code"] for duty in file["duties"]][-1] == "remove_content"
    assert "SILENT-ASKING" not in file["silences"]


def test_a_register_works_under_it(tmp_path: Path):
    with scenario_under(tmp_path, written()) as council:
        incident = council.upheld("2026-03-02", [{"category": "abuse"}])
        assert council.case.startswith("ALD-")
        council.given("hide", "2026-03-02", incident=incident)


def test_a_council_whose_file_is_not_sound_is_not_founded(tmp_path: Path):
    with (
        pytest.raises(PolicyNotSound, match=r"is not sound.*complaints is missing"),
        scenario_under(tmp_path, written(without=["complaints"])),
    ):
        pass
