"""Which register, which council, who: flag, environment, file, default."""

from __future__ import annotations

import pytest

from tests.cli.conftest import register_of


@pytest.fixture(autouse=True)
def _empty_folder(tmp_path, monkeypatch):
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")


def told(casebook, *words):
    """Each setting's value and origin."""
    ran = casebook("config", "--json", *words)
    assert ran.code == 0, ran.err
    return {each["setting"]: (each["value"], each["origin"]) for each in ran.json}


def test_without_any_the_register_is_in_the_users_data_folder(casebook, monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    found = told(casebook)
    assert found.pop("register") == (str(tmp_path / "data" / "casebook"), "default")
    assert found.pop("keys") == (str(tmp_path / "data" / "casebook-keys"), "default")
    assert {"council", "actor", "kafka", "topic"} <= set(found)
    assert set(found.values()) == {(None, "default")}


def test_a_flag_goes_before_the_environment_and_that_before_the_file(
    casebook, monkeypatch, tmp_path
):
    file = tmp_path / "here" / "casebook.toml"
    file.write_text('register = "records"\ncouncil = "ashfield"\n')
    there = str(tmp_path / "here" / "records")
    assert told(casebook)["register"] == (there, str(file))
    monkeypatch.setenv("CASEBOOK_REGISTER", "/elsewhere")
    assert told(casebook)["register"] == ("/elsewhere", "CASEBOOK_REGISTER")
    assert told(casebook, "--register", "flagged")["register"] == ("flagged", "--register")
    assert told(casebook)["council"] == ("ashfield", str(file))


def test_a_blank_variable_says_nothing(casebook, monkeypatch):
    monkeypatch.setenv("CASEBOOK_ACTOR", " ")
    assert told(casebook)["actor"] == (None, "default")


def test_the_users_own_file_holds_where_the_folder_has_none(casebook, monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    (tmp_path / "casebook").mkdir()
    (tmp_path / "casebook" / "casebook.toml").write_text('council = "ashfield"\n')
    assert told(casebook)["council"][0] == "ashfield"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("register = 3", "register can't be set so"),
        ('regster = "x"', "regster can't be set so"),
        ('actor = "jo.p"', "actor can't be set so"),
        ("register = ", "can't be read"),
    ],
)
def test_a_file_that_is_wrong_says_what_and_where(casebook, tmp_path, text, says):
    file = tmp_path / "here" / "casebook.toml"
    file.write_text(text)
    ran = casebook("cases")
    assert ran.code == 2
    assert str(file) in ran.err
    assert says in ran.err
    assert len(ran.err.splitlines()) == 1


@pytest.mark.parametrize("word", ["cases", "config", "doctor"])
@pytest.mark.parametrize(
    ("address", "may_show"),
    [
        ("postgresql://casebook:s3cret@localhost:1/records", "casebook:…@localhost:1/records"),
        ("postgresql://casebook:p@ss/s3cret@localhost:1/records", "casebook:…@localhost:1/records"),
        ("postgresql://localhost:1/records?password=s3cret", "localhost:1/records?password=…"),
        ("postgresql://casebook:s3cret@localhost:1/records?no=word", "…@localhost:1/records?no"),
    ],
)
def test_a_password_is_never_shown(casebook, word, address, may_show):
    ran = casebook(word, "--register", address)
    assert "s3cret" not in ran.out + ran.err
    assert may_show in ran.out + ran.err


def test_the_password_of_kafka_is_never_shown(casebook, monkeypatch):
    monkeypatch.setenv("CASEBOOK_KAFKA_PASSWORD", "s3cret")
    assert "s3cret" not in casebook("config").out
    assert told(casebook)["kafka_password"] == ("…", "CASEBOOK_KAFKA_PASSWORD")


def test_a_server_that_cannot_be_reached_is_told_in_one_line(casebook):
    ran = casebook("cases", "--register", "postgresql://localhost:1/records")
    assert ran.code == 1
    assert len(ran.err.splitlines()) == 1
    assert "can't be reached" in ran.err
    assert "Start the server" in ran.err


def test_a_flag_may_stand_before_the_command(casebook, tmp_path):
    where = register_of(tmp_path / "register", "ashfield")
    assert casebook("--register", str(where), "--json", "cases").json == []
