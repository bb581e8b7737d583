"""What is set about Kafka is read, checked, and told in plain words where it can't be used."""

from __future__ import annotations

import pytest

from services.log.settings import LogSettings, log_settings
from services.settings import UnusableSetting, settings


@pytest.fixture(autouse=True)
def _here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CASEBOOK_KAFKA", "kafka-1:9092, kafka-2:9092")


def test_the_defaults_are_those_of_the_docs():
    assert log_settings({}) == LogSettings(
        "kafka-1:9092,kafka-2:9092", "casebook.events", 12, None, {"security_protocol": "PLAINTEXT"}
    )


def test_what_a_secured_kafka_needs_is_passed_on_and_never_shown(tmp_path, monkeypatch):
    (tmp_path / "ca.pem").write_text("-")
    for name, value in {
        "SECURITY": "sasl_ssl",
        "MECHANISM": "SCRAM-SHA-512",
        "USER": "publisher",
        "PASSWORD": "s3cret",
        "CA": str(tmp_path / "ca.pem"),
    }.items():
        monkeypatch.setenv(f"CASEBOOK_KAFKA_{name}", value)
    found = log_settings({})
    assert found.client == {
        "security_protocol": "SASL_SSL",
        "sasl_mechanism": "SCRAM-SHA-512",
        "sasl_plain_username": "publisher",
        "sasl_plain_password": "s3cret",
        "ssl_cafile": str(tmp_path / "ca.pem"),
    }
    assert "s3cret" not in repr(found)
    assert "s3cret" not in repr(settings({}))


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("CASEBOOK_KAFKA", "", "CASEBOOK_KAFKA=host:port"),
        ("CASEBOOK_KAFKA", "kafka", "a Kafka broker is host:port"),
        ("CASEBOOK_KAFKA", "kafka:99999", "a Kafka broker is host:port"),
        ("CASEBOOK_TOPIC", "case book", "a topic's name is letters"),
        ("CASEBOOK_KAFKA_PARTITIONS", "none", "a number from 1 to 10000"),
        ("CASEBOOK_KAFKA_REPLICATION", "0", "a number from 1 to 100"),
        ("CASEBOOK_KAFKA_SECURITY", "TLS", "it is PLAINTEXT or SSL or"),
        ("CASEBOOK_KAFKA_SECURITY", "SASL_SSL", "asks for CASEBOOK_KAFKA_USER, which is not set"),
    ],
)
def test_what_cant_be_used_is_told_with_what_would_be_right(monkeypatch, name, value, says):
    monkeypatch.setenv(name, value)
    with pytest.raises(UnusableSetting, match=says):
        log_settings({})


def test_a_file_that_is_not_there_is_named(monkeypatch, tmp_path):
    monkeypatch.setenv("CASEBOOK_KAFKA_SECURITY", "SSL")
    monkeypatch.setenv("CASEBOOK_KAFKA_CA", str(tmp_path / "ca.pem"))
    with pytest.raises(UnusableSetting, match=r"CASEBOOK_KAFKA_CA names .*ca\.pem"):
        log_settings({})
