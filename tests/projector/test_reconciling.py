"""`casebook reconcile` where projectors keep the views: no false alarm, every difference found."""

from __future__ import annotations

import pytest

from services.cli.main import run
from services.projector.projecting import Projecting
from tests.projector.registers import NOW, logged, project


@pytest.fixture
def reconcile(stories, views, capsys):
    """Reconciles the stories, whose views are folded; the exit code and what it printed."""
    project(Projecting(views, lambda: NOW), logged(views))

    def call() -> tuple[int, str]:
        code = run(["--register", stories, "reconcile"])
        said = capsys.readouterr()
        assert "Traceback" not in said.err
        return code, said.out

    return call


def test_views_that_are_folded_agree(reconcile):
    code, told = reconcile()
    assert (code, told[:24]) == (0, "The views agree with all")
    assert reconcile()[0] == 0


@pytest.mark.parametrize("view", ["cases", "duties", "appeals", "complaints", "audit"])
def test_a_row_altered_by_hand_is_found(reconcile, views, view):
    with views.writing():
        changed = views.execute(
            f"UPDATE view_{view} SET body = convert_to('{{}}', 'UTF8') WHERE stream = "
            f"(SELECT min(stream::text)::bytea FROM view_{view})"
        )
    assert changed > 0
    code, told = reconcile()
    assert code == 6
    assert view in told


def test_a_view_ahead_of_the_record_is_found(reconcile, views):
    with views.writing():
        views.execute("DELETE FROM events WHERE position = (SELECT max(position) FROM events)")
    code, told = reconcile()
    assert code == 6
    assert "an event is in the view audit that the store does not hold" in told


def test_what_the_views_lack_is_told(stories, capsys):
    assert run(["--register", stories, "reconcile"]) == 6
    assert "the views lack what came last" in capsys.readouterr().out
