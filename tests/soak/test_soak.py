"""Forty kills while people work, and nothing is lost, doubled or out of order."""

import pytest

from tests.soak.run import soaked, told

KILLS, SEED = 40, 5


@pytest.mark.slow
def test_whatever_is_killed_every_answer_stands(tmp_path, capsys):
    chaos, verdict = soaked(tmp_path, KILLS, SEED)
    with capsys.disabled():
        print(f"\n{told(chaos, verdict)}")
    assert verdict.wrong == []
    assert chaos.kills >= KILLS
    assert verdict.commands > KILLS
