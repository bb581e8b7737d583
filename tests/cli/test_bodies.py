"""A further council is only a file: checked, explained, adopted by `init`, and used."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.bodies.bodies import BODIES, FOLDER, IDS, Body
from tests.cli.conftest import Casebook
from tests.modes import register_at


@pytest.fixture(params=BODIES, ids=IDS)
def body(request: pytest.FixtureRequest) -> Body:
    found: Body = request.param
    return found


def test_its_file_is_sound(body: Body, casebook: Casebook) -> None:
    ran = casebook("policy", "check", str(FOLDER / body.id / "policy.toml"))
    assert (ran.code, ran.out.strip().endswith("is sound.")) == (0, True)


def test_it_is_adopted_and_explained_with_its_odd_points(
    body: Body, casebook: Casebook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CASEBOOK_REGISTER", str(register_at(tmp_path / "register")))
    policy = str(FOLDER / body.id / "policy.toml")
    made = casebook("init", "--council", body.id, "--policy", policy, "--administrator", "ad.min")
    assert made.code == 0, made
    assert f"{body.id}: policy version {body.file['policy']['version']} adopted" in made.out
    page = casebook("policy", "explain", body.id)
    assert page.code == 0, page
    assert [line for line in body.case["explained"] if line not in page.out] == []


def test_every_clause_choice_and_silence_of_it_is_explained(body: Body, casebook: Casebook) -> None:
    page = casebook("policy", "explain", str(FOLDER / body.id / "policy.toml")).out
    quotes = [clause["quote"] for clause in body.file["clauses"].values()]
    chosen = [setting["value"] for setting in body.file["settings"].values()]
    silent = [silence["text"] for silence in body.file["silences"].values()]
    assert [words for words in (*quotes, *chosen, *silent) if words not in page] == []
