"""An example of a schema as it would be typed on the command line."""

from __future__ import annotations

import json
import shlex
from collections.abc import Iterator, Mapping
from typing import Any


def typed(document: Mapping[str, Any]) -> str:
    """The command line that means this document."""
    return " ".join(map(shlex.quote, arguments(document)))


def arguments(document: Mapping[str, Any]) -> list[str]:
    """The words of that command line, `casebook` first."""
    left = {word: value for word, value in document.items() if word not in ("command", "actor")}
    account = dict(left.get("account", {}))
    words = ["casebook", document["command"]]
    if "case" in left:
        words.append(left.pop("case"))
    elif {"platform", "handle"} <= account.keys():
        words.append(f"{account.pop('platform')}/{account.pop('handle')}")
        left["account"] = account
    return [*words, *_options("", left), "--as", document["actor"]]


def _options(path: str, fields: Mapping[str, Any]) -> Iterator[str]:
    for name, value in fields.items():
        flag = f"--{path}{name.replace('_', '-')}"
        if isinstance(value, Mapping):
            yield from _options(f"{path}{name.replace('_', '-')}.", value)
        elif isinstance(value, bool):
            yield flag if value else f"--no-{path}{name.replace('_', '-')}"
        elif isinstance(value, list):
            yield from _listed(flag, value)
        else:
            yield from (flag, str(value))


def _listed(flag: str, values: list[Any]) -> Iterator[str]:
    if not values:
        yield from (flag, "")
    elif isinstance(values[0], Mapping):
        for value in values:
            short = value.keys() <= {"category", "sub_reason"}
            yield from (flag, ":".join(value.values()) if short else json.dumps(value))
    else:
        yield from (flag, ",".join(map(str, values)))
