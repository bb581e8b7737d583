"""A Kafka that speaks TLS and asks who one is: let in and told nothing, or refused in words."""

from __future__ import annotations

import re
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from kafka.admin import ScramMechanism, UserScramCredentialUpsertion

from services import assemble
from services.cli.main import run
from services.local.ports import free_ports
from services.log import kafka
from services.log.settings import LogSettings, log_settings
from tests.authority import Authority
from tests.projector.streaming import started, until
from tests.publisher.pads import check_all_is_there
from tests.servers import running_kafka
from tests.soak.writer import Answer, document

SECRET, WRONG = "s3cret-heron", "wr0ng-heron"
PLAIN, SCRAM = "PLAIN", "SCRAM-SHA-512"
MODULES = "org.apache.kafka.common.security"
PEOPLE = "".join(f' user_{name}="{SECRET}"' for name in ("broker", "publisher", "stranger"))
COMMANDS = (["publish", "--once"], ["project", "--once"], ["tail"])

pytestmark = pytest.mark.slow


def settings_of_the_broker(authority: Authority, folder: Path) -> dict[str, str]:
    certificate, key = authority.vouch_for("broker")
    both = folder / "broker-both.pem"
    both.write_bytes(key.read_bytes() + certificate.read_bytes())
    return {
        "listener.security.protocol.map": "CONTROLLER:PLAINTEXT,PLAINTEXT:SASL_SSL",
        "inter.broker.listener.name": "PLAINTEXT",
        "listener.name.plaintext.ssl.client.auth": "required",
        "ssl.keystore.type": "PEM",
        "ssl.keystore.location": str(both),
        "ssl.truststore.type": "PEM",
        "ssl.truststore.location": str(authority.certificate),
        "sasl.enabled.mechanisms": f"{PLAIN},{SCRAM}",
        "sasl.mechanism.inter.broker.protocol": PLAIN,
        "listener.name.plaintext.plain.sasl.jaas.config": (
            f"{MODULES}.plain.PlainLoginModule required "
            f'username="broker" password="{SECRET}"{PEOPLE};'
        ),
        "listener.name.plaintext.scram-sha-512.sasl.jaas.config": (
            f"{MODULES}.scram.ScramLoginModule required;"
        ),
        "authorizer.class.name": "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
        "super.users": "User:ANONYMOUS;User:broker;User:publisher",
    }


@pytest.fixture(scope="module")
def authority(tmp_path_factory) -> Authority:
    return Authority(tmp_path_factory.mktemp("certificates"), "council")


@pytest.fixture(scope="module")
def of_a_user(authority, tmp_path_factory) -> Iterator[dict[str, str]]:
    """What is set for somebody who is let in, by either mechanism."""
    folder = tmp_path_factory.mktemp("broker")
    certificate, key = authority.vouch_for("publisher")
    told = {
        "CASEBOOK_KAFKA_PARTITIONS": "4",
        "CASEBOOK_KAFKA_SECURITY": "SASL_SSL",
        "CASEBOOK_KAFKA_CA": str(authority.certificate),
        "CASEBOOK_KAFKA_CERTIFICATE": str(certificate),
        "CASEBOOK_KAFKA_KEY": str(key),
        "CASEBOOK_KAFKA_MECHANISM": PLAIN,
        "CASEBOOK_KAFKA_USER": "publisher",
        "CASEBOOK_KAFKA_PASSWORD": SECRET,
    }
    with running_kafka(1, settings_of_the_broker(authority, folder)) as cluster:
        told["CASEBOOK_KAFKA"] = cluster.address
        with pytest.MonkeyPatch.context() as patch:
            for name, value in told.items():
                patch.setenv(name, value)
            with kafka.admin(log_settings({})) as admin:
                mechanism = ScramMechanism.SCRAM_SHA_512
                given = UserScramCredentialUpsertion("publisher", mechanism, SECRET)
                assert admin.alter_user_scram_credentials([given]) == {"publisher": None}
        yield told


@pytest.fixture
def told(of_a_user, topic, register_at_work, monkeypatch):
    """Set what somebody is told; without anything else, all is right."""
    monkeypatch.setattr(kafka, "ANSWER_MS", 2_000)  # ten seconds of hoping are for real servers

    def set(**other: str) -> None:
        found = {**of_a_user, "CASEBOOK_TOPIC": topic, "CASEBOOK_REGISTER": register_at_work}
        for name, value in (found | other).items():
            monkeypatch.setenv(name, value)

    set()
    return set


@pytest.fixture
def casebook(told, capfd) -> Callable[..., tuple[int, str]]:
    """A command; its exit code and all that it printed, which is never a password."""

    def ran(*words: str) -> tuple[int, str]:
        capfd.readouterr()
        code = run(list(words))
        said = "".join(capfd.readouterr())
        assert SECRET not in said
        assert WRONG not in said
        return code, said

    return ran


@pytest.fixture
def recorded(register_at_work) -> int:
    """How many events there are to publish."""
    answers: list[Answer] = []
    with assemble.open_casework(register_at_work) as casework:
        for number in range(12):
            answers.append(casework.handle(document("jo", number, answers)))
        return casework.register.recorder.max_notification_id()


@pytest.mark.parametrize("mechanism", [PLAIN, SCRAM])
def test_who_is_let_in_publishes_projects_and_reads(
    told, casebook, recorded, register_at_work, mechanism, tmp_path
):
    file = tmp_path / "password"
    file.write_text(f"{SECRET}\n")
    told(
        CASEBOOK_KAFKA_MECHANISM=mechanism,
        CASEBOOK_KAFKA_PASSWORD_FILE=str(file),
        CASEBOOK_KAFKA_PASSWORD=WRONG,  # the file comes first
    )
    for words in COMMANDS:
        code, said = casebook(*words)
        assert code == 0, said
    assert len(said.splitlines()) == recorded
    assert casebook("rebuild", "--compare")[0] == 0
    assert len(check_all_is_there(register_at_work, log_settings({}))) == recorded


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
@pytest.mark.parametrize("mechanism", [PLAIN, SCRAM])
def test_a_wrong_password_is_told_at_once_and_ends_it(told, casebook, mechanism, words):
    told(CASEBOOK_KAFKA_PASSWORD=WRONG, CASEBOOK_KAFKA_MECHANISM=mechanism)
    code, said = casebook(*words)
    assert (code, len(said.splitlines())) == (1, 1), said
    assert re.search(r"Kafka at \S+ refuses \(Authentication failed.*invalid", said, re.I)
    assert "Mend the rights of this user there, or the CASEBOOK_KAFKA_… settings" in said


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_a_certificate_that_is_not_trusted_is_told_and_ends_it(told, casebook, tmp_path, words):
    told(CASEBOOK_KAFKA_CA=str(Authority(tmp_path, "stranger").certificate))
    code, said = casebook(*words)
    assert (code, len(said.splitlines())) == (1, 1), said
    assert re.search(r"do not agree on TLS \(.*certificate.*CASEBOOK_KAFKA_CA", said)


def test_who_shows_no_certificate_where_one_is_asked_for_is_told_so(told, casebook):
    told(CASEBOOK_KAFKA_CERTIFICATE="", CASEBOOK_KAFKA_KEY="")
    code, said = casebook("tail")
    assert (code, len(said.splitlines())) == (1, 1), said
    assert re.search(r"certificate required\).*CASEBOOK_KAFKA_CERTIFICATE", said)


@pytest.mark.parametrize("security", ["PLAINTEXT", "SASL_PLAINTEXT"])
def test_who_speaks_no_tls_is_told_where_to_look(told, casebook, security):
    told(CASEBOOK_KAFKA_SECURITY=security)
    code, said = casebook("tail")
    assert (code, len(said.splitlines())) == (1, 1), said
    assert "CASEBOOK_KAFKA_SECURITY may not say what it asks for" in said


def test_who_may_not_write_there_is_told_so_and_it_stops(told, casebook):
    told(CASEBOOK_KAFKA_USER="stranger")
    code, said = casebook("publish", "--once")
    assert code == 1
    assert "refuses" in said
    assert "Mend the rights of this user" in said


def test_a_service_tells_its_health_and_no_secret(
    told, casebook, recorded, of_a_user, register_at_work, topic
):
    [port] = free_ports(1)
    settings = LogSettings(of_a_user["CASEBOOK_KAFKA"], topic, 4)
    health = ("--health-port", str(port), "--health-host", "0.0.0.0")
    running = started(register_at_work, settings, "publish", *health)
    try:
        until(lambda: f"position {recorded}" in _page(port, "metrics"), "all is published")
        pages = "".join(_page(port, page) for page in ("metrics", "livez", "readyz"))
    finally:
        running.terminate()
        said = b"".join(running.communicate())
    assert running.returncode == 0
    assert SECRET.encode() not in said
    assert SECRET not in pages
    assert '"…"' in casebook("config", "--json")[1]


def _page(port: int, name: str) -> str:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/{name}", timeout=5) as page:
            return page.read().decode()
    except urllib.error.URLError:
        return ""
