"""docker-compose.yml and the Dockerfile say the same as the code, and pin what they take."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from services.cli.listing import WHERE
from services.local.cluster import Cluster
from services.local.jars import KAFKA
from services.log.settings import PARTITIONS, TOPIC
from services.settings import variables

ROOT = Path(__file__).parent.parent
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
SERVICES = COMPOSE["services"]
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
OURS = ("publisher", "projector", "casebook")


def test_every_image_is_pinned_to_a_version():
    images = [service["image"] for service in SERVICES.values()]
    images += re.findall(r"^FROM (\S+)", DOCKERFILE, re.MULTILINE)
    assert {"postgres:18", f"apache/kafka:{KAFKA}"} <= set(images)
    assert [image for image in images if not re.search(r":\d[\w.-]*$", image)] == []


@pytest.mark.parametrize("name", OURS)
def test_every_variable_is_known_to_the_settings(name):
    of_postgresql = {"PGPASSWORD"}
    assert set(SERVICES[name]["environment"]) - of_postgresql <= set(variables())


def test_the_topic_is_made_as_the_code_would_make_it():
    environment = SERVICES["publisher"]["environment"]
    assert environment["CASEBOOK_TOPIC"] == TOPIC
    assert environment["CASEBOOK_KAFKA_PARTITIONS"] == str(PARTITIONS)


def test_the_broker_is_set_as_the_one_that_is_started_without_docker(tmp_path):
    [node] = Cluster.new(tmp_path, tmp_path).nodes
    own_place = ("listeners", "listener", "controller.quorum", "log.dirs", "node.id", "broker.")
    environment = SERVICES["kafka"]["environment"]
    compared = 0
    for name, value in node.settings().items():
        variable = f"KAFKA_{name.upper().replace('.', '_')}"
        if not any(name.startswith(start) or f".{start}" in name for start in own_place):
            assert environment[variable] == value, name
            compared += 1
    assert compared >= 9


def test_clients_use_the_ports_that_the_servers_listen_on():
    environment = SERVICES["publisher"]["environment"]
    advertised = SERVICES["kafka"]["environment"]["KAFKA_ADVERTISED_LISTENERS"]
    assert f"PLAINTEXT://{environment['CASEBOOK_KAFKA']}" in advertised
    assert "@postgres:5432/casebook" in environment["CASEBOOK_REGISTER"]
    for name, port in (("kafka", "9092"), ("postgres", "5432")):
        assert SERVICES[name]["ports"] == [f"127.0.0.1:{port}:{port}"]
    assert "HOST://127.0.0.1:9092" in advertised


def test_what_is_stored_outlives_its_container():
    assert set(COMPOSE["volumes"]) == {"postgres", "kafka", "keys"}
    assert SERVICES["postgres"]["volumes"] == ["postgres:/var/lib/postgresql"]
    kafka = SERVICES["kafka"]
    assert kafka["volumes"] == [f"kafka:{kafka['environment']['KAFKA_LOG_DIRS']}"]


def test_the_signing_key_is_kept_for_commands_alone_where_their_user_may_write():
    folder = SERVICES["casebook"]["environment"]["CASEBOOK_KEYS"]
    assert SERVICES["casebook"]["volumes"] == [f"keys:{folder}"]
    assert "volumes" not in SERVICES["publisher"] | SERVICES["projector"]
    [owner] = re.findall(r"^USER (\d+):\d+$", DOCKERFILE, re.MULTILINE)
    assert (
        f"install --directory --mode=700 --owner={owner} --group={owner} {folder}\n" in DOCKERFILE
    )


def test_everything_is_read_only_but_what_is_mounted():
    for name in OURS:
        assert (SERVICES[name]["read_only"], SERVICES[name]["tmpfs"]) == (True, ["/tmp"])


@pytest.mark.parametrize("name", ["postgres", "kafka", "publisher", "projector"])
def test_each_service_says_whether_it_is_well_and_starts_again(name):
    assert SERVICES[name]["healthcheck"]["test"][0] in ("CMD", "CMD-SHELL")
    assert SERVICES[name]["restart"] == "unless-stopped"


@pytest.mark.parametrize("name", ["publisher", "projector"])
def test_each_command_is_one_of_casebook_with_options_that_it_has(name, casebook_help):
    command, *options = SERVICES[name]["command"]
    assert command in WHERE
    help = casebook_help(command)
    assert [word for word in options if word.startswith("--") and word not in help] == []
    assert f"127.0.0.1:{options[1]}/livez" in SERVICES[name]["healthcheck"]["test"][-1]


def test_no_password_is_written_there():
    said = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
    assert re.findall(r"PASSWORD: +([^$\s].*)", said) == []
    assert re.findall(r"//\w+:([^$@]+)@", said) == []


def test_the_image_runs_as_somebody_who_is_not_root_and_holds_no_tests():
    assert re.search(r"^USER (?!0)\d+:\d+$", DOCKERFILE, re.MULTILINE)
    copied = re.findall(r"^COPY (.*) \S+$", DOCKERFILE, re.MULTILINE)
    for name in " ".join(copied).split():
        assert (ROOT / name).exists(), name
        assert f"!{name}" in (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    assert not any("tests" in each for each in copied)


@pytest.fixture
def casebook_help(capsys):
    from services.cli.main import run

    def help(command: str) -> str:
        capsys.readouterr()
        assert run([command, "--help"]) == 0
        return capsys.readouterr().out

    return help
