"""docs/consuming.md is true: its reader runs, its table lists the headers, its commands work."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from uuid import UUID

import pytest

from services.log.partitions import partition_of
from services.log.records import outgoing
from services.log.sending import Sender
from services.log.settings import MECHANISMS, SECURITY
from services.settings import variables
from tests import kcat
from tests.publisher.pads import PARTITIONS, new_pads, publish, raw, settings_of, stored

pytestmark = [
    pytest.mark.slow,
    pytest.mark.embedded("publishes from a folder what it wrote there itself"),
]

PAGE = (Path(__file__).parents[2] / "docs" / "consuming.md").read_text(encoding="utf-8")
COMMAND = re.compile(r"^\$ (casebook tail .*)$", re.MULTILINE)


@pytest.fixture
def settings(kafka_server, topic, monkeypatch):
    monkeypatch.setenv("CASEBOOK_KAFKA", kafka_server)
    monkeypatch.setenv("CASEBOOK_TOPIC", topic)
    monkeypatch.setenv("CASEBOOK_KAFKA_PARTITIONS", str(PARTITIONS))
    return settings_of(kafka_server, topic)


def records_of(where, epoch=1):
    places: dict[int, int] = {}
    for event in stored(where):
        partition = partition_of(event.stream, PARTITIONS)
        yield outgoing(event, partition, places.get(partition, 0), epoch)
        places[partition] = event.position


@pytest.fixture
def register(tmp_path, settings):
    """100 events; before them all one that came too early, and after them some again."""
    where = new_pads(tmp_path, 100)
    publish(new_pads(tmp_path / "empty"), settings)  # makes the topic
    records = list(records_of(where))
    with Sender(settings, {}) as sender:
        for batch in ([records[39]], records, records[30:60]):
            sender.send(batch, lambda: None)
        sender.settle(lambda: None)
    assert len(raw(settings)) == 131
    return where


def test_the_reader_on_the_page_takes_each_event_once_and_in_order(register, settings):
    [program] = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    assert 15 <= len(program.splitlines()) <= 25
    reader = subprocess.Popen(
        [sys.executable, "-W", "ignore", "-c", program], stdout=subprocess.PIPE, env=os.environ
    )
    try:
        printed = [reader.stdout.readline().split() for _ in range(100)]
    finally:
        reader.kill()
        reader.wait()
        reader.stdout.close()
    assert sorted(int(position) for position, *_ in printed) == list(range(1, 101))
    streams = {event.position: event.stream for event in stored(register)}
    for stream in set(streams.values()):
        of_one = [int(line[0]) for line in printed if streams[int(line[0])] == stream]
        assert of_one == sorted(of_one)


def test_kcat_as_the_page_shows_it_prints_every_record_with_the_stored_bytes(register, settings):
    [command] = re.findall(r"^\$ (kcat .*)$", PAGE, re.MULTILINE)
    assert " -t casebook.events " in command
    ran = subprocess.run(
        ["sh", "-c", command.replace(" -t casebook.events ", f" -t {settings.topic} ")],
        env=kcat.environment(),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    lines = ran.stdout.splitlines()
    held = {event.position: event for event in stored(register)}
    printed = []
    for told, body in zip(lines[::2], lines[1::2], strict=True):
        partition, offset, key, headers = told.split(" ", 3)
        named = dict(each.split("=", 1) for each in headers.split(","))
        event = held[int(named["position"])]
        assert (UUID(key).bytes, int(named["ce_sequence"])) == (event.stream, event.sequence)
        assert (named["ce_id"], body) == (f"{key}:{event.sequence}", event.body.decode())
        printed.append((int(partition), int(offset), event.position))
    assert sorted(printed) == sorted((r.partition, r.offset, r.position) for r in raw(settings))
    for partition in range(PARTITIONS):  # in order, also as they were printed
        offsets = [offset for number, offset, _ in printed if number == partition]
        assert offsets == sorted(offsets)


def test_the_table_lists_each_header_that_a_record_has(tmp_path):
    where = new_pads(tmp_path, 1)
    [record] = records_of(where)
    assert re.findall(r"^\| `([a-z_-]+)` \|", PAGE, re.MULTILINE) == [
        name for name, _ in record.headers
    ]


def test_the_settings_of_a_secured_kafka_are_all_there():
    about = ("SECURITY", "CA", "CERTIFICATE", "KEY", "MECHANISM", "USER", "PASSWORD")
    names = tuple(f"CASEBOOK_KAFKA_{each}" for each in about)
    known = {name for name in variables() if name.startswith(names)}
    assert set(re.findall(r"^\| `(CASEBOOK_\w+)` \|", PAGE, re.MULTILINE)) == known
    for value in (*SECURITY, *MECHANISMS):
        assert f"`{value}`" in PAGE


def test_each_command_of_the_page_runs(register, settings, casebook):
    commands = [command for command in COMMAND.findall(PAGE) if "--follow" not in command]
    assert len(commands) >= 3
    for command in commands:
        ran = casebook(*shlex.split(command)[1:])
        assert ran.code == 0, (command, ran.err)


def test_tail_prints_each_event_once_with_its_place_and_its_stored_bytes(
    register, settings, casebook
):
    lines = casebook("tail").out.splitlines()
    bodies = {event.position: event.body.decode() for event in stored(register)}
    assert len(lines) == 100
    for line in lines:
        told = json.loads(line)
        assert list(told) == ["position", "partition", "offset", "event"]
        assert line.endswith(f'"event":{bodies.pop(told["position"])}}}')
    assert bodies == {}


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["--since", "90"], 10),
        (["--type", "NoteAdded"], 100),
        (["--type", "Blocked"], 0),
        (["--case", "ASH-7KQ2-M9XA"], 100),
        (["--case", "ASH-7KQ2-M9XB"], 0),
        (["--since", "2000-01-01T00:00:00+00:00", "--type", "NoteAdded"], 100),
        (["--since", "2999-01-01T00:00:00+00:00"], 0),
    ],
)
def test_tail_prints_what_is_asked_for(register, settings, casebook, words, expected):
    ran = casebook("tail", *words)
    assert (ran.code, len(ran.out.splitlines())) == (0, expected)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--since", "yesterday"], "neither a position nor a moment with its offset"),
        (["--since", "2025-03-03T10:15:00"], "neither a position nor a moment with its offset"),
        (["--type", "Blokced"], "Is it Blocked"),
    ],
)
def test_tail_says_what_would_be_right(casebook, words, says):
    ran = casebook("tail", *words)
    assert ran.code == 2
    assert says in ran.err


def test_tail_of_a_topic_that_is_not_there_says_what_makes_it(settings, casebook):
    ran = casebook("tail")
    assert ran.code == 1
    assert "casebook publish makes it" in ran.err
