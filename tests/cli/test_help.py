"""Help: all that there is, in little time."""

from __future__ import annotations

import os
import subprocess
import sys
import time

import pytest

from schemas import command_names
from services.cli.listing import WHERE
from tests.cli.conftest import PROGRAM, ROOT

ALL = [*WHERE, *command_names()]


def test_help_lists_every_command_and_the_exit_codes(casebook):
    ran = casebook("--help")
    assert ran.code == 0
    for name in ALL:
        assert f"\n  {name} " in ran.out
    assert "3  refused by the policy" in ran.out


@pytest.mark.parametrize(
    "name", [*ALL, "policy check", "policy explain", "services up", "staff list", "staff end"]
)
def test_each_command_has_help(casebook, name):
    ran = casebook(*name.split(), "--help")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("Usage: casebook ")


def test_a_name_that_is_nearly_right_is_told_what_is_near(casebook):
    ran = casebook("uphodl", "--incident", "1")
    assert ran.code == 2
    assert "There is no command 'uphodl'. Is it uphold?" in ran.err


def test_a_command_may_be_written_with_underscores(casebook):
    assert casebook("close_incident", "--help").code == 0


def test_the_version_is_told(casebook):
    assert casebook("--version").out.startswith("casebook, version ")


def taken(*words: str) -> float:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", *words], env=environment, check=True, capture_output=True)
    return time.perf_counter() - start


@pytest.mark.slow
def test_help_takes_at_most_three_times_as_long_as_importing_click():
    rounds = [(taken(PROGRAM, "--help"), taken("import click")) for _ in range(7)]
    ours, clicks = (min(times) for times in zip(*rounds, strict=True))
    assert ours <= 3 * clicks
