"""Every command of docs/views.md runs, and every number that it names is told."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from services import clock
from services.cli.main import run
from services.projector.projecting import Projecting
from services.projector.told import NUMBERS
from tests.projector.records import spoilt
from tests.projector.registers import logged, project

PAGE = (Path(__file__).parents[2] / "docs" / "views.md").read_text(encoding="utf-8")
COMMANDS = [
    line.removeprefix("$ casebook ")
    for session in re.findall(r"```console\n(.*?)```", PAGE, re.DOTALL)
    for line in session.splitlines()
    if line.startswith("$ casebook ")
]
THROUGH_KAFKA = [command for command in COMMANDS if re.match("publish|project", command)]
MAY_FIND = 6


def ran(command: str, case: str) -> int:
    return run([case if word == "CASE" else word for word in shlex.split(command)])


@pytest.fixture
def case(stories, views, monkeypatch):
    """A case of which an event waits, in the register that commands mean."""
    monkeypatch.setenv("CASEBOOK_REGISTER", stories)
    records = logged(views)
    bad = next(n for n, r in enumerate(records) if r.sequence == 4)
    records = [spoilt(r) if n == bad else r for n, r in enumerate(records)]
    project(Projecting(views, clock.now), records)
    stream = records[bad].stream
    return views.query("SELECT case_ref FROM cases WHERE stream = ?", (stream,))[0][0]


@pytest.mark.parametrize(
    "command", [each for each in COMMANDS if each not in THROUGH_KAFKA and "kafka" not in each]
)
def test_each_command_runs(case, command, capsys):
    assert ran(command, case) in (0, MAY_FIND)
    capsys.readouterr()


@pytest.mark.slow
def test_those_that_need_kafka_run_one_after_another(
    stories, kafka_server, topic, monkeypatch, capsys
):
    monkeypatch.setenv("CASEBOOK_REGISTER", stories)
    monkeypatch.setenv("CASEBOOK_KAFKA", kafka_server)
    monkeypatch.setenv("CASEBOOK_TOPIC", topic)
    for command in [*THROUGH_KAFKA, "rebuild --from kafka", "rebuild --compare"]:
        assert ran(command, "") == 0
    assert "All views are what a rebuild makes" in capsys.readouterr().out
    assert len(THROUGH_KAFKA) == 2


def test_the_numbers_that_it_names_are_told():
    named = set(re.findall(r"casebook_projector_\w+", PAGE))
    assert named
    assert named <= set(NUMBERS)
