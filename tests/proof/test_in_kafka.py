"""`casebook reconcile` against a real topic: what is missing, doubled, changed or foreign there."""

import json
import shutil
import socket
import sqlite3

import pytest

from services.cli.main import run
from services.log.partitions import key_of, partition_of
from services.log.records import outgoing
from services.log.sending import Sender
from services.log.topic import make_topic
from tests.cli.conftest import process
from tests.proof.test_checks import altered
from tests.publisher.pads import PARTITIONS, publish, settings_of, stored
from tests.scenarios import Scenario

pytestmark = pytest.mark.slow
KEYS = {"finding", "where", "do"}


@pytest.fixture(scope="module")
def original(tmp_path_factory):
    folder = tmp_path_factory.mktemp("in-kafka") / "register"
    made = Scenario(folder, "ashfield")
    made.upheld("2026-03-01")
    made.upheld("2026-03-02")
    made.casework.close()
    return folder


@pytest.fixture
def folder(original, tmp_path):
    return shutil.copytree(original, tmp_path / "register")


@pytest.fixture
def settings(kafka_server, topic, monkeypatch):
    monkeypatch.setenv("CASEBOOK_KAFKA", kafka_server)
    monkeypatch.setenv("CASEBOOK_TOPIC", topic)
    monkeypatch.setenv("CASEBOOK_KAFKA_PARTITIONS", str(PARTITIONS))
    return settings_of(kafka_server, topic)


@pytest.fixture
def reconciled(folder, capsys):
    """Exit code, what is found, and what is said on stderr."""

    def reconciled(*words):
        code = run(["--register", str(folder), "reconcile", "--json", *words])
        told = capsys.readouterr()
        assert "heron" not in (told.out + told.err).lower()  # the handle of everybody's account
        found = json.loads(told.out) if told.out else None
        assert all(each.keys() == KEYS for each in found or [])
        return code, found, told.err

    return reconciled


def records_of(folder, left_out=0):
    """The records of every event but one, as a publisher that passed over it would send them."""
    places = {}
    for event in stored(folder):
        partition = partition_of(event.stream, PARTITIONS)
        if event.position != left_out:
            yield outgoing(event, partition, places.get(partition, 0), 1)
            places[partition] = event.position


def send(settings, *records):
    with Sender(settings, {}) as sender:
        sender.send(records, lambda: None)
        sender.settle(lambda: None)


def case_event(folder):
    """The second event of the case, and the case's reference."""
    connection = sqlite3.connect(folder / "casebook.sqlite")
    [(case, stream)] = connection.execute("SELECT case_ref, stream FROM cases LIMIT 1").fetchall()
    connection.close()
    return case, [each for each in stored(folder) if each.stream == stream][1]


def test_all_agree(folder, settings, reconciled, capsys):
    publish(folder, settings)
    assert reconciled() == (0, [], "")
    send(settings, *records_of(folder))  # each once more, with the same bytes
    assert reconciled() == (0, [], "")
    assert run(["--register", str(folder), "reconcile"]) == 0
    last = len(stored(folder))
    assert capsys.readouterr().out == f"The views and Kafka agree with all {last} events.\n"


def test_an_event_that_is_missing(folder, settings, reconciled):
    case, event = case_event(folder)
    make_topic(settings)
    send(settings, *records_of(folder, left_out=event.position))
    code, [found], _ = reconciled()
    assert code == 6
    assert found["finding"] == "an event is missing in Kafka"
    assert found["where"] == f"position {event.position}, {case}"
    assert "casebook publish --refill" in found["do"]


def test_an_event_there_twice_with_other_bytes(folder, settings, reconciled):
    case, event = case_event(folder)
    publish(folder, settings)
    [record] = [each for each in records_of(folder) if each.position == event.position]
    send(settings, record._replace(value=record.value + b" "))
    code, [found], _ = reconciled()
    assert code == 6
    assert found["finding"] == (
        "an event is in Kafka once more, with other bytes than in the store"
    )
    assert found["where"].startswith(f"position {event.position}, {case}, partition ")


def test_an_event_that_was_altered_in_the_store(folder, settings, reconciled):
    _, event = case_event(folder)
    publish(folder, settings)
    spoilt = "UPDATE events SET body = CAST(body || ' ' AS BLOB) WHERE position = "
    altered(folder, f"{spoilt}{event.position}")
    code, found, _ = reconciled()
    assert code == 6
    [of_kafka] = [each for each in found if "Kafka" in each["finding"]]
    assert of_kafka["finding"] == "other bytes in Kafka than in the store"
    assert "casebook verify" in of_kafka["do"]


@pytest.mark.parametrize(
    ("header", "value", "told"),
    [
        ("ce_sequence", b"77", "another sequence"),
        ("ce_type", b"Blocked", "another type"),
    ],
)
def test_a_header_that_differs(folder, settings, reconciled, header, value, told):
    _, event = case_event(folder)
    make_topic(settings)
    records = list(records_of(folder))
    at = [each.position for each in records].index(event.position)
    headers = [(name, value if name == header else was) for name, was in records[at].headers]
    records[at] = records[at]._replace(headers=headers)
    send(settings, *records)
    code, [found], _ = reconciled()
    assert (code, found["finding"]) == (6, f"{told} in Kafka than in the store")


def test_a_record_under_another_key(folder, settings, reconciled):
    _, event = case_event(folder)
    publish(folder, settings)
    [record] = [each for each in records_of(folder) if each.position == event.position]
    send(settings, record._replace(key=key_of(bytes(16))))
    code, [found], _ = reconciled()
    assert code == 6
    assert "another key" in found["finding"]


def test_events_that_the_store_does_not_hold(folder, settings, reconciled):
    _, event = case_event(folder)
    publish(folder, settings)
    partition = partition_of(event.stream, PARTITIONS)
    foreign = event._replace(position=10**25, sequence=9)
    send(settings, outgoing(foreign, partition, 0, 1))
    send(settings, outgoing(event, partition, 0, 1)._replace(headers=[("position", b"7")]))
    code, [unknown, strange], _ = reconciled()
    assert code == 6
    assert unknown["finding"] == "an event is in Kafka that the store lacks"
    assert unknown["where"].startswith(f"position {10**25}, ")
    assert strange["finding"] == "a record is in Kafka that Casebook did not write"
    assert strange["where"].startswith(f"partition {partition}, offset ")


def test_what_is_not_published_yet(folder, settings, reconciled, capsys):
    last = len(stored(folder))
    code, [found], said = reconciled()  # there is no topic, and all was recorded long ago
    assert code == 6
    assert found["where"].startswith("position 1, ")
    assert found["finding"].startswith(f"{last} events are not in Kafka yet, the first for ")
    assert said == f"not published yet: {last} events\n"
    publish(folder, settings)
    appoint = ["--staff", "new.one", "--role", "officer", "--from", "2026-01-01", "--as", "admin"]
    assert run(["--register", str(folder), "staff", "appoint", *appoint]) == 0
    capsys.readouterr()
    assert reconciled() == (0, [], "not published yet: 1 events\n")


def test_a_topic_that_was_made_again(folder, settings, reconciled, monkeypatch):
    publish(folder, settings)
    monkeypatch.setenv("CASEBOOK_TOPIC", f"{settings.topic}.other")
    code, [found], _ = reconciled()
    assert (code, found["finding"]) == (6, "the topic this register publishes to is gone")


def test_kafka_away_not_configured_or_left_out(folder, reconciled, monkeypatch):
    assert reconciled("--no-kafka") == (0, [], "")
    code, found, said = reconciled()
    assert (code, found) == (0, [])
    assert said == "Kafka is not compared: CASEBOOK_KAFKA does not say where it is.\n"
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # nobody listens there
        monkeypatch.setenv("CASEBOOK_KAFKA", f"127.0.0.1:{taken.getsockname()[1]}")
        # In a process of its own: kafka-python leaves a socket open there.
        done = process("--register", str(folder), "reconcile", "--json")
    assert (done.returncode, done.stdout) == (1, b"")
    assert b"is away" in done.stderr
    assert done.stderr.count(b"\n") == 1
    assert reconciled("--no-kafka") == (0, [], "")
