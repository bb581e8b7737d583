"""Put together the document that a verb means, and get its answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

import schemas
from services.casework import answers
from services.cli.documents import (
    Document,
    document_from,
    read_whole,
    with_account,
    with_whole_path,
)
from services.cli.fields import FieldOption
from services.cli.opening import actor_meant, council_meant, opened
from services.cli.shared_options import is_dry
from services.cli.waiting import shown_if_asked

if TYPE_CHECKING:
    from services.cli.verbs import Verb


def ask(
    context: click.Context, verb: Verb, whole: str | None, case: str | None, typed: dict[str, Any]
) -> answers.Answer:
    """The answer to what was typed after a verb."""
    options = [
        (option, typed.get(option.name or ""))
        for option in verb.params
        if isinstance(option, FieldOption)
    ]
    try:
        document = document_from(options, read_whole(whole) if whole is not None else None)
    except schemas.InvalidDocument as invalid:
        return answers.invalid(None, invalid.faults)
    document = _completed(context, verb.command, with_account(document, case))
    with opened(context) as casework:
        if "council" not in document:
            document["council"] = council_meant(context, casework, document)
        if "/" in str(document.get("other", "")):
            found = casework.reading.find_case(document["council"], document["other"])
            document["other"] = found.case_ref
        with shown_if_asked(context, casework) as given:
            given.append(casework.handle(document, dry_run=is_dry(context)))
        return given[0]


def _completed(context: click.Context, command: str, document: Document) -> Document:
    if document.get("command", command) != command:
        raise click.UsageError(
            f"--document holds the command {document['command']!r}, and this verb is {command}."
        )
    document = with_whole_path(document | {"command": command})
    if "actor" not in document:
        actor = actor_meant(context)
        if actor is None:
            raise click.UsageError(
                "Say who acts: --as STAFF-ID, or CASEBOOK_ACTOR. It is never guessed."
            )
        document["actor"] = actor
    return document
