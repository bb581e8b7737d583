"""`casebook reconcile` of a register in production: PostgreSQL, Kafka, and views of a projector."""

import json

import psycopg
import pytest

from services import demo
from services.cli.main import run
from services.store.opening import create_database
from tests.projector.registers import NOW, handed_over

pytestmark = pytest.mark.slow


def test_reconcile_where_projectors_keep_the_views(
    postgres_database, kafka_server, topic, monkeypatch, capsys
):
    monkeypatch.setenv("CASEBOOK_KAFKA", kafka_server)
    monkeypatch.setenv("CASEBOOK_TOPIC", topic)
    create_database(postgres_database).close()
    handed_over(postgres_database)
    demo.fill(postgres_database, NOW)

    def casebook(*words):
        code = run(["--register", postgres_database, *words])
        return code, capsys.readouterr().out

    assert casebook("publish", "--once")[0] == 0
    assert casebook("project", "--once")[0] == 0
    code, told = casebook("reconcile")
    assert (code, told[:26]) == (0, "The views and Kafka agree "), told
    with psycopg.connect(postgres_database) as connection:
        connection.execute(
            "DELETE FROM view_duties WHERE stream IN (SELECT min(stream) FROM cases)"
        )
        connection.execute("UPDATE events SET body = body || ' '::bytea WHERE position = 300")
    code, told = casebook("reconcile", "--json")
    found = [each["finding"] for each in json.loads(told)]
    assert code == 6
    assert any(each.startswith("In duties, ") for each in found)
    assert "other bytes in Kafka than in the store" in found
