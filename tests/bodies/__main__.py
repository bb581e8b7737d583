"""Writes the answers of every body's case anew, after a change that is meant."""

from __future__ import annotations

from tests.bodies.bodies import BODIES
from tests.bodies.playing import play
from tests.bodies.telling import told

for body in BODIES:
    body.answers_file.write_text(told(body, play(body)), encoding="utf-8")
