"""The fields of a command's schema as options of its verb."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import click

Schema = dict[str, Any]

SAID_OTHERWISE = ("command", "council", "actor")
ALSO_CALLED = {"occurred_at": ("--at",)}
LONGEST_CHOICE = 10
"""More words than these would bury the help of a command; they are listed in the text instead."""


class FieldOption(click.Option):
    """An option that fills one field of the document, at `path`, as its `schema` wants it."""

    def __init__(self, path: tuple[str, ...], schema: Schema, *, required: bool) -> None:
        self.path = path
        self.schema = schema
        names = [_flag(path), *ALSO_CALLED.get(".".join(path), ())]
        kind = _kind(schema)
        switch = kind.get("is_flag") and schema.get("enum") != [True]
        declared = [f"{names[0]}/{_flag(path, 'no-')}"] if switch else names
        if "_" in "".join(path):
            # Both spellings are understood: the schema's own, and the command line's.
            declared = [*declared, *(_as_in_the_schema(each) for each in declared[:1])]
        super().__init__([*declared, "__".join(path)], help=_help(schema, required), **kind)
        self._told = names

    def get_help_record(self, context: click.Context) -> tuple[str, str] | None:
        """Its line in the help: each name in one spelling, though two are understood."""
        understood = self.opts, self.secondary_opts
        self.opts, self.secondary_opts = self._told, self.secondary_opts[:1]
        try:
            return super().get_help_record(context)
        finally:
            self.opts, self.secondary_opts = understood


def field_options(schema: Schema) -> Iterator[FieldOption]:
    """An option for each field, the command's own first and those that all commands share last."""
    fields = schema["properties"]
    own = [name for name in fields if name not in _shared(fields)]
    for name in (*own, *_shared(fields)):
        if name not in SAID_OTHERWISE:
            asked = name in schema["required"]
            yield from _options((name,), fields[name], asked)


def kind(schema: Schema) -> str:
    """What a field holds: boolean, integer, string, array, object; `array` also for a list or
    one word in its place."""
    found: str = schema.get("type") or schema["anyOf"][0]["type"]
    return found


def items(schema: Schema) -> Schema:
    """What a list holds."""
    found: Schema = _list(schema)["items"]
    return found


def _list(schema: Schema) -> Schema:
    found: Schema = schema if "items" in schema else schema["anyOf"][0]
    return found


def _shared(fields: Schema) -> tuple[str, ...]:
    after = ("already_done", "note", "account", "case", "occurred_at", "on_behalf_of", "command_id")
    return tuple(name for name in after if name in fields)


def _options(path: tuple[str, ...], schema: Schema, required: bool) -> Iterator[FieldOption]:
    if kind(schema) == "object":
        for name, inner in schema["properties"].items():
            asked = required and name in schema.get("required", ())
            yield from _options((*path, name), inner, asked)
    else:
        yield FieldOption(path, schema, required=required)


def _flag(path: tuple[str, ...], negation: str = "") -> str:
    return f"--{negation}{'.'.join(path).replace('_', '-')}"


def _as_in_the_schema(flag: str) -> str:
    return "/".join("--" + each[2:].replace("-", "_") for each in flag.split("/"))


def _kind(schema: Schema) -> dict[str, Any]:
    sort = kind(schema)
    if sort == "boolean":
        return {"is_flag": True, "default": None, "flag_value": True}
    if sort == "array":
        words = items(schema)
        metavar = "NUMBER" if words.get("type") == "integer" or "anyOf" in words else "WORD"
        return {"multiple": True, "metavar": _short_form(words) or metavar}
    words = schema.get("enum", ())
    if 0 < len(words) <= LONGEST_CHOICE:
        return {"type": click.Choice(words)}
    return {"metavar": {"integer": "NUMBER"}.get(sort, "WORD" if words else "TEXT")}


def _short_form(words: Schema) -> str | None:
    if words.get("type") != "object":
        return None
    first, second = list(words["properties"])[:2]
    return f"{first}[:{second}]".upper()


def _help(schema: Schema, required: bool) -> str:
    help: str = schema["description"]
    if kind(schema) == "array":
        words = items(schema)
        if "enum" in words:
            help += f" Any of: {', '.join(map(str, words['enum']))}."
        if words.get("type") == "object":
            others = ", ".join(list(words["properties"])[2:])
            example = json.dumps(dict.fromkeys(words["required"], "…"), ensure_ascii=False)
            help += f" Or as JSON, {example}, which may also hold {others}. Repeat for several."
        else:
            none = "" if "minItems" in _list(schema) else ' "" for none.'
            help += f" Repeat for several, or put commas between.{none}"
    elif len(schema.get("enum", ())) > LONGEST_CHOICE:
        help += f" One of: {', '.join(schema['enum'])}."
    return f"{help} [always asked]" if required else help
