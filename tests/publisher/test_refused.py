"""A Kafka that asks who one is: let in with the right password, and refusals end in plain words."""

from __future__ import annotations

import pytest

from services.cli.main import run
from services.log.faults import LogAway, LogRefuses
from services.log.settings import LogSettings
from services.log.topic import find_topic
from tests.publisher.pads import check_all_is_there, new_pads
from tests.servers import running_kafka

SECRET = "s3cret-heron"
USERS = "".join(f' user_{name}="{SECRET}"' for name in ("broker", "publisher", "stranger"))
LOGIN = "org.apache.kafka.common.security.plain.PlainLoginModule required"
ASKS_WHO = {
    "listener.security.protocol.map": "CONTROLLER:PLAINTEXT,PLAINTEXT:SASL_PLAINTEXT",
    "inter.broker.listener.name": "PLAINTEXT",
    "sasl.enabled.mechanisms": "PLAIN",
    "sasl.mechanism.inter.broker.protocol": "PLAIN",
    "listener.name.plaintext.plain.sasl.jaas.config": (
        f'{LOGIN} username="broker" password="{SECRET}"{USERS};'
    ),
    "authorizer.class.name": "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
    "super.users": "User:ANONYMOUS;User:broker;User:publisher",
}

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def kafka_that_asks():
    with running_kafka(1, ASKS_WHO) as cluster:
        yield cluster.address


@pytest.fixture
def published(kafka_that_asks, topic, tmp_path, monkeypatch, capfd):
    """Publish as somebody with a password in a file; the exit code and all that was printed."""
    where = new_pads(tmp_path / "register", 20)
    file = tmp_path / "password"

    def publish(user: str, password: str) -> tuple[int, str]:
        file.write_text(f"{password}\n")
        for name, value in {
            "": kafka_that_asks,
            "_SECURITY": "SASL_PLAINTEXT",
            "_MECHANISM": "PLAIN",
            "_USER": user,
            "_PASSWORD_FILE": str(file),
            "_PARTITIONS": "4",
        }.items():
            monkeypatch.setenv(f"CASEBOOK_KAFKA{name}", value)
        monkeypatch.setenv("CASEBOOK_TOPIC", topic)
        code = run(["publish", "--once", "--register", str(where)])
        return code, "".join(capfd.readouterr())

    publish.where = where
    return publish


def client_of(password: str) -> dict[str, str]:
    return {
        "security_protocol": "SASL_PLAINTEXT",
        "sasl_mechanism": "PLAIN",
        "sasl_plain_username": "publisher",
        "sasl_plain_password": password,
    }


def test_with_the_right_password_it_publishes_and_never_shows_it(published, kafka_that_asks, topic):
    code, said = published("publisher", SECRET)
    assert (code, SECRET in said) == (0, False)
    settings = LogSettings(kafka_that_asks, topic, 4, client=client_of(SECRET))
    assert SECRET not in repr(settings)
    assert len(check_all_is_there(published.where, settings)) == 20


def test_who_may_not_write_there_is_told_so_and_it_stops(published):
    code, said = published("stranger", SECRET)
    assert code == 1
    assert "Kafka at" in said
    assert "refuses" in said
    assert "Mend the rights of this user" in said
    assert SECRET not in said


def test_a_wrong_password_is_told_and_never_shown(kafka_that_asks, topic):
    """Some brokers say so, others hang up: then it may be away, and is waited for."""
    settings = LogSettings(kafka_that_asks, topic, 4, client=client_of("wr0ng-heron"))
    with pytest.raises((LogRefuses, LogAway), match="password") as raised:
        find_topic(settings)
    assert "wr0ng-heron" not in raised.value.message
