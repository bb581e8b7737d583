"""The policies of six bodies: each a file, and a case that is played under it."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any, NamedTuple

FOLDER = Path(__file__).parent


class Body(NamedTuple):
    """One body: its policy file as text, and the steps of its case."""

    id: str
    policy: str
    case: dict[str, Any]

    @property
    def answers_file(self) -> Path:
        """Where the answers of its case are kept."""
        return FOLDER / self.id / "answers.txt"

    @property
    def file(self) -> dict[str, Any]:
        """Its policy file, parsed."""
        return tomllib.loads(self.policy)


def _body(folder: Path) -> Body:
    case = tomllib.loads((folder / "case.toml").read_text(encoding="utf-8"))
    return Body(folder.name, (folder / "policy.toml").read_text(encoding="utf-8"), case)


BODIES = [_body(path.parent) for path in sorted(FOLDER.glob("*/policy.toml"))]
IDS = [body.id for body in BODIES]
