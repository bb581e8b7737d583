"""From what was typed to one command document."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any, BinaryIO

import click

import schemas
from services.cli.fields import FieldOption, Schema, items, kind
from services.cli.lines import LONGEST_LINE

Document = dict[str, Any]

FILES = {"capture", "adopt-policy"}


def document_from(options: Iterable[tuple[FieldOption, Any]], whole: bytes | None) -> Document:
    """The document given whole, if any, with each option that was used put in its place.

    Raises `schemas.InvalidDocument` where what should be JSON is not.
    """
    document = schemas.parse_document(whole) if whole is not None else {}
    for option, typed in options:
        if typed is not None and typed != ():
            _put(document, option.path, _value(option.schema, typed))
    return document


def with_account(document: Document, case: str | None) -> Document:
    """The document about the case that CASE names: a reference, or PLATFORM/HANDLE."""
    if case is None:
        return document
    platform, slash, handle = case.partition("/")
    if not slash:
        return document | {"case": case.strip()}
    account = {"platform": platform.strip().lower(), "handle": handle.strip()}
    return document | {"account": account | document.get("account", {})}


def with_whole_path(document: Document) -> Document:
    """The file to be read as its whole path: the document may be read in another folder."""
    if document.get("command") in FILES and isinstance(document.get("file"), str):
        return document | {"file": str(Path(document["file"]).expanduser().absolute())}
    return document


def read_whole(text: str) -> bytes:
    """The bytes of `--document`: themselves, those of @FILE, or what comes in for `-`."""
    if text == "-":
        return _whole(sys.stdin.buffer)
    if not text.startswith("@"):
        return text.encode()
    try:
        with Path(text[1:]).expanduser().open("rb") as file:
            return _whole(file)
    except OSError as error:
        raise click.UsageError(
            f"--document: {text[1:]} can't be read ({error.strerror}). Name a file that is there."
        ) from None


def _whole(source: BinaryIO) -> bytes:
    found = source.read(LONGEST_LINE + 1)
    if len(found) > LONGEST_LINE:
        raise click.UsageError(f"--document: a document may have {LONGEST_LINE:,} bytes.")
    return found


def _put(document: Document, path: tuple[str, ...], value: Any) -> None:
    *above, last = path
    for step in above:
        if not isinstance(document.get(step), dict):
            document[step] = {}
        document = document[step]
    document[last] = value


def _value(schema: Schema, typed: Any) -> Any:
    sort = kind(schema)
    if sort == "integer":
        return _number(typed)
    if sort != "array":
        return typed
    words = items(schema)
    if words.get("type") == "object":
        return [found for text in typed for found in _objects(words, text)]
    listed = [word.strip() for text in typed for word in text.split(",") if word.strip()]
    alone = [way["enum"][0] for way in schema.get("anyOf", ()) if "enum" in way]
    if len(listed) == 1 and listed[0] in alone:
        return listed[0]
    numbered = words.get("type") == "integer" or "anyOf" in words
    return [_number(word) for word in listed] if numbered else listed


def _number(text: str) -> int | str:
    """A whole number; anything else stays as it is, and is told with all that is wrong."""
    plain = text.strip()
    digits = plain.removeprefix("-")
    return int(plain) if digits.isascii() and digits.isdigit() and len(digits) < 18 else text


def _objects(schema: Schema, text: str) -> list[Any]:
    if text.lstrip().startswith(("{", "[")):
        found = schemas.parse_document(b'{"given":' + text.encode() + b"}")["given"]
        return found if isinstance(found, list) else [found]
    names = list(schema["properties"])
    words = [word.strip() for word in text.split(":", 1)]
    return [dict(zip(names, words, strict=False))]
