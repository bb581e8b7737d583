"""The page on policy files knows every table that a file may have, and shows sound TOML."""

import re
import tomllib
from pathlib import Path

from services.policies.shape import policy_schema

PAGE = (Path(__file__).parents[2] / "docs" / "policy-files.md").read_text(encoding="utf-8")


def test_every_table_and_every_line_of_the_schema_is_on_the_page():
    assert [name for name in policy_schema()["properties"] if name not in PAGE] == []
    definitions = policy_schema()["definitions"]
    needed = definitions["need"]["properties"]["what"]["enum"]
    raised = definitions["duty"]["properties"]["on"]["enum"]
    narrowed = definitions["duty"]["properties"]
    taken = definitions["need"]["properties"]
    assert [word for word in (*needed, *taken, *raised, *narrowed) if f"`{word}" not in PAGE] == []


def test_what_it_shows_is_toml():
    shown = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)
    assert [set(tomllib.loads(block)) for block in shown] == [
        {"clauses", "settings", "silences"},
        {"duties"},
        {"blocks"},
        {"blocks"},
        {"roles", "permissions"},
        {"warnings", "mutes"},
        {"appeals"},
    ]
