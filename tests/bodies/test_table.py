"""The page on the six policies says of their steps what their files say."""

from __future__ import annotations

from tests.bodies.bodies import BODIES, Body
from tests.bodies.table import PAGE, page_with_tables, tables


def test_the_page_has_the_steps_of_the_files() -> None:
    """To write them anew after a change that is meant: python -m tests.bodies."""
    page = PAGE.read_text(encoding="utf-8")
    assert page_with_tables(page) == page


def test_every_body_and_every_ground_of_a_block_is_on_it() -> None:
    page = tables()
    for body in BODIES:
        assert body.file["policy"]["council"] in page
        for code in body.file["blocks"]["grounds"]:
            assert f"| block: {code.replace('_', ' ')} |" in page


def test_a_changed_step_changes_it(monkeypatch) -> None:
    body = BODIES[0]
    changed = Body(body.id, body.policy.replace('force = "must"\ncategories', "categories"), {})
    assert changed.policy != body.policy
    monkeypatch.setattr("tests.bodies.table.BODIES", [changed, *BODIES[1:]])
    page = PAGE.read_text(encoding="utf-8")
    assert page_with_tables(page) != page
