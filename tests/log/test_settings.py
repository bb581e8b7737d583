"""What is set about Kafka is read, checked, and told in plain words where it can't be used."""

from __future__ import annotations

import pytest

from services.log.settings import LogSettings, log_settings
from services.settings import UnusableSetting, settings
from tests.authority import Authority


@pytest.fixture(autouse=True)
def _here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CASEBOOK_KAFKA", "kafka-1:9092, kafka-2:9092")


def test_the_defaults_are_those_of_the_docs():
    assert log_settings({}) == LogSettings(
        "kafka-1:9092,kafka-2:9092", "casebook.events", 12, None, {"security_protocol": "PLAINTEXT"}
    )


@pytest.fixture
def authority(tmp_path):
    return Authority(tmp_path, "ca")


def test_what_a_secured_kafka_needs_is_passed_on_and_never_shown(tmp_path, authority, monkeypatch):
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


@pytest.fixture
def of_a_user(monkeypatch, authority):
    """Settings by which TLS would work, to be changed one at a time."""
    certificate, key = authority.vouch_for("user")
    monkeypatch.setenv("CASEBOOK_KAFKA_SECURITY", "SSL")
    monkeypatch.setenv("CASEBOOK_KAFKA_CA", str(authority.certificate))
    monkeypatch.setenv("CASEBOOK_KAFKA_CERTIFICATE", str(certificate))
    monkeypatch.setenv("CASEBOOK_KAFKA_KEY", str(key))
    assert log_settings({}).client == {
        "security_protocol": "SSL",
        "ssl_cafile": str(authority.certificate),
        "ssl_certfile": str(certificate),
        "ssl_keyfile": str(key),
    }
    return authority


def test_a_file_without_a_certificate_is_named(of_a_user, monkeypatch, tmp_path):
    (tmp_path / "notes.txt").write_text("no certificate")
    monkeypatch.setenv("CASEBOOK_KAFKA_CA", str(tmp_path / "notes.txt"))
    with pytest.raises(UnusableSetting, match=r"notes\.txt, which holds no certificate in PEM"):
        log_settings({})


@pytest.mark.parametrize("which", ["another's", "locked", "none"])
def test_a_key_that_does_not_fit_is_told(of_a_user, monkeypatch, which):
    _, other = of_a_user.vouch_for("other")
    certificate, locked = of_a_user.vouch_for("locked", locked_with="s3cret")
    if which == "locked":
        monkeypatch.setenv("CASEBOOK_KAFKA_CERTIFICATE", str(certificate))
    key = {"another's": str(other), "locked": str(locked), "none": ""}[which]
    monkeypatch.setenv("CASEBOOK_KAFKA_KEY", key)
    with pytest.raises(UnusableSetting, match=r"can't be used .* CASEBOOK_KAFKA_KEY"):
        log_settings({})


@pytest.mark.parametrize("held", [b"", b"\n", b"\xff\xfe"])
def test_a_file_without_a_password_is_named(monkeypatch, tmp_path, held):
    (tmp_path / "password").write_bytes(held)
    monkeypatch.setenv("CASEBOOK_KAFKA_SECURITY", "SASL_PLAINTEXT")
    monkeypatch.setenv("CASEBOOK_KAFKA_USER", "publisher")
    monkeypatch.setenv("CASEBOOK_KAFKA_PASSWORD_FILE", str(tmp_path / "password"))
    with pytest.raises(UnusableSetting, match="which holds no password as text"):
        log_settings({})
