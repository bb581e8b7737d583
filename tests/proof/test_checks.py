"""`casebook verify` and `reconcile` find what was altered by hand, and say where."""

import json
import shutil
import sqlite3

import pytest

from services import assemble
from services.cli.main import run
from services.proof import resuming
from services.proof.checking import Checking
from services.views.tables import NAMES
from tests.scenarios import Scenario


@pytest.fixture(scope="module")
def original(tmp_path_factory):
    folder = tmp_path_factory.mktemp("checks") / "register"
    made = Scenario(folder, "ashfield")
    made.upheld("2026-03-01")
    made.casework.integrity.build()
    made.casework.integrity.rotate()
    made.upheld("2026-03-02")
    made.casework.close()
    return folder


@pytest.fixture
def folder(original, tmp_path):
    return shutil.copytree(original, tmp_path / "register")


def altered(folder, *statements):
    """Change the file as somebody would who has the disk and no Casebook."""
    connection = sqlite3.connect(folder / "casebook.sqlite")
    for statement in statements:
        assert connection.execute(statement).rowcount > 0, statement
    connection.commit()
    connection.close()


def told(capsys, folder, *words):
    """What a command finds in the register, and its exit code."""
    code = run(["--register", str(folder), *words, "--json"])
    return code, json.loads(capsys.readouterr().out)


def test_an_untouched_register_is_as_it_was_signed(folder, capsys):
    for words in (["verify"], ["verify", "--root-only"], ["verify", "--resume"], ["reconcile"]):
        assert told(capsys, folder, *words) == (0, [])
    assert run(["--register", str(folder), "verify"]) == 0
    assert "all is as it was signed" in capsys.readouterr().out


def body(what, by):
    changed = f"CAST(replace(body, '{what}', '{by}') AS BLOB)"
    return f"UPDATE events SET body = {changed} WHERE position = 6"


def column(told):
    return f"UPDATE events SET {told} WHERE position = 6"


ALTERED = {
    "one letter": (body('"ashfield"', '"ashfielb"'), "position 6", "not what was"),
    "a space": (body(",", ", "), "position 6", "canonical"),
    "a field": (body("late", "lade"), "position 6", "no sound"),
    "no JSON": (column("body = CAST('x' AS BLOB)"), "position 6", "no JSON"),
    "a type": (column("type = 'Blocked'"), "position 6", "filed as"),
    "a number": (column("sequence = 99"), "position 6", "filed as"),
    "a stream": (column(f"stream = x'{'07' * 16}'"), "position 6", "another stream"),
    "an event removed": ("DELETE FROM events WHERE position = 6", "position 6", "missing"),
    "the tail cut": (
        "DELETE FROM events WHERE position > 15",
        "position 16",
        "missing at the end",
    ),
    "a checkpoint": (
        "UPDATE integrity_checkpoints SET note = replace(note, 'A', 'B')",
        "checkpoint over",
        "no sound",
    ),
    "a hash": (
        "UPDATE integrity_tiles SET hashes = CAST(zeroblob(32) || substr(hashes, 33) AS BLOB)",
        "position 1",
        "not what was",
    ),
    "a hand-over": (
        "UPDATE integrity_keys SET hand_over = replace(hand_over, 'a', 'b') WHERE number = 2",
        "keys",
        "follow",
    ),
}


@pytest.mark.parametrize("what", ALTERED)
def test_verify_finds(folder, capsys, what):
    statement, where, why = ALTERED[what]
    altered(folder, statement)
    code, found = told(capsys, folder, "verify")
    assert code == 6
    assert any(where in each["where"] and why in each["finding"] for each in found), found


def test_verify_finds_two_events_swapped(folder, capsys):
    altered(
        folder,
        "UPDATE events SET position = -1 WHERE position = 6",
        "UPDATE events SET position = 6 WHERE position = 7",
        "UPDATE events SET position = 7 WHERE position = -1",
    )
    code, found = told(capsys, folder, "verify", "--root-only")
    assert code == 6
    assert {"position 6", "position 7"} <= {each["where"] for each in found}


def test_a_check_that_was_stopped_goes_on_where_it_was(folder):
    with assemble.open_casework(folder) as casework:
        log, events = casework.integrity, casework.register.history
        check, places = Checking(log, events), []

        def stop(position):
            places.append(position)
            if len(places) == 2:
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            check.run(stop)
        resuming.keep(folder, check.reached)
        since = resuming.kept(folder)
        assert since == check.reached
        assert 0 < since.position < casework.register.recorder.max_notification_id()
        later = []
        assert Checking(log, events, since=since).run(later.append) == []
        assert min(later) > since.position
        resuming.forget(folder)
        assert resuming.kept(folder) is None


@pytest.mark.parametrize(
    "content", ["", "{}", '{"position": 5, "hashes": [], "findings": []}', "[]"]
)
def test_what_is_no_progress_is_not_gone_on_from(folder, content):
    (folder / resuming.FILE).write_text(content)
    assert resuming.kept(folder) is None


def rows(folder):
    connection = sqlite3.connect(folder / "casebook.sqlite")
    found = {
        name: connection.execute(f"SELECT count(*) FROM view_{name}").fetchone()[0]
        for name in NAMES
    }
    connection.close()
    return found


@pytest.mark.parametrize("view", NAMES)
def test_reconcile_finds_a_row_altered_in_each_view(folder, capsys, view):
    if view == "irregular":
        stream = "SELECT stream FROM events LIMIT 1"
        altered(folder, f"INSERT INTO view_irregular VALUES (({stream}))")
    elif rows(folder)[view]:
        changed = "CAST(body || ' ' AS BLOB)"
        key = "position" if view == "audit" else "stream"
        one = f"SELECT min({key}) FROM view_{view}"
        altered(folder, f"UPDATE view_{view} SET body = {changed} WHERE {key} = ({one})")
    else:
        columns = sqlite3.connect(folder / "casebook.sqlite")
        names = [row[1] for row in columns.execute(f"PRAGMA table_info(view_{view})")]
        columns.close()
        values = ["(SELECT min(stream) FROM cases)" if n == "stream" else "x'7b7d'" for n in names]
        altered(folder, f"INSERT INTO view_{view} VALUES ({', '.join(values)})")
    code, found = told(capsys, folder, "reconcile")
    assert code == 6
    [each] = found
    assert f"In {view}, " in each["finding"]
    assert each["do"] == "casebook rebuild"


def test_reconcile_finds_an_event_that_is_missing(folder, capsys):
    altered(folder, "DELETE FROM events WHERE position = 6")
    code, found = told(capsys, folder, "reconcile")
    assert code == 6
    told_of = [(each["where"], each["finding"]) for each in found]
    assert ("position 6", "an event is missing") in told_of
    assert ("position 6", "an event is in the view audit that the store does not hold") in told_of


def test_reconcile_finds_views_ahead_of_their_log(folder, capsys):
    altered(folder, "DELETE FROM events WHERE position > 15")
    code, found = told(capsys, folder, "reconcile")
    assert code == 6
    assert any(each["where"] == "position 16" and "ahead" in each["finding"] for each in found)


def test_reconcile_asks_every_other_copy(folder):
    from services.proof.reconciling import reconcile

    class Topic:
        def findings(self, casework):
            last = casework.register.recorder.max_notification_id()
            yield {"finding": "an event is missing", "where": f"position {last}", "do": "publish"}

    with assemble.open_casework(folder) as casework:
        [found] = reconcile(casework, [Topic()])
    assert found["do"] == "publish"
