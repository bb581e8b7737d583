"""Servers in a folder: killed, frozen and started again, nothing stored lost."""

from __future__ import annotations

import psycopg
import pytest

from services.local.faults import JarsMixed
from services.local.jars import check_versions
from services.local.ports import free_ports, is_free


@pytest.mark.slow
def test_postgresql_that_is_killed_starts_again_with_what_was_committed(own_postgres):
    with psycopg.connect(own_postgres.address) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 1 AS one")
    own_postgres.process.kill()
    assert not own_postgres.running
    own_postgres.start()
    with psycopg.connect(own_postgres.address) as connection:
        assert connection.execute("SELECT one FROM kept").fetchall() == [(1,)]


@pytest.mark.slow
def test_postgresql_that_is_frozen_answers_again_when_thawed(own_postgres):
    own_postgres.process.freeze()
    assert own_postgres.running
    with pytest.raises(psycopg.OperationalError, match="timeout"):
        psycopg.connect(own_postgres.address, connect_timeout=2)
    own_postgres.process.thaw()
    psycopg.connect(own_postgres.address).close()


@pytest.mark.slow
def test_kafka_that_is_killed_starts_again_on_its_port(own_kafka):
    [node] = own_kafka.nodes
    port = node.seat.broker
    node.process.kill()
    assert is_free(port)
    node.start()
    assert node.running
    assert not is_free(port)


def test_free_ports_differ_and_are_free():
    ports = free_ports(6)
    assert len(set(ports)) == 6
    assert all(map(is_free, ports))


def test_a_kafka_jar_of_another_version_is_refused():
    check_versions(["kafka_2.13-4.3.1.jar", "kafka-clients-4.3.1.jar", "lz4-java-1.10.2.jar"])
    with pytest.raises(JarsMixed, match=r"kafka-clients-3\.9\.1\.jar"):
        check_versions(["kafka_2.13-4.3.1.jar", "kafka-clients-3.9.1.jar"])
