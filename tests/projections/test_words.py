"""Every event in one plain sentence."""

import copy

import pytest

import schemas
from projections import duties
from projections.words import WORDS, phrases, sentence
from schemas.personal import join, split
from services.cli import saying
from tests.projections.histories import History


def example(type):
    return schemas.event_schema(type)["examples"][0]


def words(type, **data):
    return sentence(History()(type, **data))


def test_every_event_type_has_its_sentence():
    assert set(WORDS) == set(schemas.event_types())


def test_the_duties_view_hears_of_every_event_of_an_account():
    of_accounts = {t for t in schemas.event_types() if example(t)["stream"]["kind"] == "account"}
    assert set(duties.FOLDS) == of_accounts


@pytest.mark.parametrize("type", schemas.event_types())
def test_it_is_one_sentence_that_begins_and_ends_as_one(type):
    said = sentence(example(type))
    assert said[0].isupper()
    assert said.endswith(".")
    assert "\n" not in said
    assert "_" not in said
    assert "None" not in said
    assert "ashfield" not in said.lower() or type == "PolicyAdopted"


@pytest.mark.parametrize("type", schemas.event_types())
def test_it_can_be_said_without_what_need_not_be_there(type):
    for reduced in each_without_a_field(example(type)):
        assert "None" not in sentence(reduced)


@pytest.mark.parametrize("type", schemas.event_types())
def test_it_can_be_said_after_an_erasure(type):
    clear, _ = split(example(type))
    assert sentence(join(clear, {})).endswith(".")


@pytest.mark.parametrize(
    ("type", "data", "said"),
    [
        ("PostHidden", {}, "Jo P hid the post of incident 1."),
        (
            "AppealReceivedEarly",
            {"received_on": "2024-03-22", "opens_on": "2024-03-23", "via": "email"},
            "Appeal 1 against block 1 was received on 22 March 2024 by email, too early: "
            "it opens on 23 March 2024.",
        ),
        (
            "Blocked",
            {},
            "Jo P blocked the account from interacting on facebook and x without an end, "
            "as block 1, on the ground of continues for incidents 1 and 2.",
        ),
        (
            "BlockNoticeGiven",
            {},
            "Jo P gave notice of block 1 by direct message, which failed: "
            "“The account takes no messages”.",
        ),
        (
            "RefusalRecorded",
            {"rules": ["R-A51"]},
            "Jo P tried notify-block for block 1, which was refused, under R-A51.",
        ),
        (
            "BlockEnded",
            {"actor": {"id": "timer", "role": None, "kind": "timer"}},
            "The timer ended block 1, which was to last until 2 September 2025, as set by Jo P.",
        ),
        (
            "PostHidden",
            {"on_behalf_of": "sam.k", "already_done": "It was urgent"},
            "Jo P, on behalf of Sam K, hid the post of incident 1, "
            "although the rules did not allow it.",
        ),
        (
            "PostDeleted",
            {"actor": {"id": "X71", "role": "officer", "kind": "person"}, "ground": None}
            | {"reason": None, "viewpoint_neutral": None},
            "X71 deleted the post of incident 1.",
        ),
    ],
)
def test_it_says_who_what_how_and_with_which_result(type, data, said):
    assert words(type, **data) == said


def each_without_a_field(event):
    for path in paths(event["data"]):
        reduced = copy.deepcopy(event)
        holder = reduced["data"]
        for step in path[:-1]:
            holder = holder[step]
        del holder[path[-1]]
        try:
            schemas.check_event(reduced)
        except schemas.InvalidEvent:
            continue
        yield reduced


def paths(data, above=()):
    for field, value in data.items():
        yield (*above, field)
        if isinstance(value, dict):
            yield from paths(value, (*above, field))


def test_a_day_told_of_a_moment_is_the_day_it_was_in_london() -> None:
    late = "2025-06-30T23:30:00+00:00"
    assert phrases.day(late) == saying.day(late) == "1 July 2025"
    assert phrases.day("2025-06-30") == saying.day("2025-06-30") == "30 June 2025"
