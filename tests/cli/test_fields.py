"""Options are the fields of the schemas: what is typed is the document that was meant."""

from __future__ import annotations

import pytest

from schemas import check_command, command_names, command_schema
from services.cli.documents import document_from, with_account
from services.cli.examples import arguments
from services.cli.fields import FieldOption
from services.cli.verbs import verb

EXAMPLES = [
    (name, example) for name in command_names() for example in command_schema(name)["examples"]
]


def meant(name: str, *words: str) -> dict:
    """The document that these words mean, but for the actor and the council."""
    asked = verb(name)
    with asked.make_context(name, list(words)) as context:
        fields = [p for p in asked.params if isinstance(p, FieldOption)]
        document = document_from(((p, context.params[p.name]) for p in fields), None)
        return with_account(document, context.params.get("case_argument"))


@pytest.mark.parametrize(("name", "example"), EXAMPLES, ids=lambda value: str(value)[:40])
def test_an_example_typed_as_the_help_shows_it_is_the_example(name, example):
    words = arguments(example)[2:]
    said_otherwise = {word: example[word] for word in ("command", "council", "actor")}
    assert meant(name, *words) | said_otherwise == example


@pytest.mark.parametrize("name", command_names())
def test_every_field_of_a_command_is_an_option_of_its_verb(name):
    def paths(schema, above=()):
        for field, inner in schema["properties"].items():
            if inner.get("type") == "object":
                yield from paths(inner, (*above, field))
            else:
                yield (*above, field)

    with verb(name).make_context(name, []) as context:
        options = {p.path for p in context.command.params if isinstance(p, FieldOption)}
    said_otherwise = {("command",), ("council",), ("actor",)}
    assert options == set(paths(command_schema(name))) - said_otherwise


def test_a_field_may_be_written_as_in_the_schema_or_with_dashes():
    dashed = meant("flag", "--item.posted-at", "T", "--seen-at", "S", "--no-welfare-concern")
    schemas = meant("flag", "--item.posted_at", "T", "--seen_at", "S", "--no_welfare_concern")
    assert (
        dashed == schemas == {"item": {"posted_at": "T"}, "seen_at": "S", "welfare_concern": False}
    )


def test_a_value_that_looks_like_an_option_stays_as_it_was_typed():
    assert meant("note", "--text=--seen_at is wrong") == {"text": "--seen_at is wrong"}


@pytest.mark.parametrize(
    ("words", "incidents"),
    [
        (["--incidents", "1,2"], [1, 2]),
        (["--incidents", "1", "--incidents", "2"], [1, 2]),
        (["--incidents", "ASH-7KQ2-M9XA/3"], ["ASH-7KQ2-M9XA/3"]),
        (["--incidents", ""], []),
    ],
)
def test_lists_repeat_or_have_commas_or_are_empty(words, incidents):
    assert meant("block", *words) == {"incidents": incidents}


def test_channels_may_be_all_of_them():
    assert meant("block", "--channels", "all") == {"channels": "all"}
    assert meant("block", "--channels", "facebook,x") == {"channels": ["facebook", "x"]}


def test_a_finding_may_be_a_category_a_sub_reason_or_json():
    words = ("--findings", "hate", "--findings", "abusive_threatening:swearing")
    whole = '{"category": "defamatory_false", "true_facts": "It opened in May"}'
    assert meant("uphold", *words, "--findings", whole)["findings"] == [
        {"category": "hate"},
        {"category": "abusive_threatening", "sub_reason": "swearing"},
        {"category": "defamatory_false", "true_facts": "It opened in May"},
    ]


def test_what_is_no_number_stays_so_that_all_faults_are_told_at_once():
    assert meant("hide", "--incident", "one") == {"incident": "one"}


def test_no_unused_option_says_anything():
    for name in command_names():
        assert meant(name) == {}


def test_every_example_is_sound():
    for _, example in EXAMPLES:
        check_command(example)
