"""Writes each case's answers, and the table of the steps, anew after a change that is meant."""

from __future__ import annotations

from tests.bodies.bodies import BODIES
from tests.bodies.playing import play
from tests.bodies.table import PAGE, page_with_tables
from tests.bodies.telling import told

for body in BODIES:
    body.answers_file.write_text(told(body, play(body)), encoding="utf-8")
PAGE.write_text(page_with_tables(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
