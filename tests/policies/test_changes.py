"""What changed between two versions of a policy, in plain words and in the policy's order."""

import tomllib

import pytest

from services.policies.comparing import changes
from services.policies.plain_words.changes import as_json, change_in_words, changes_in_words

from .shipped_files import ASHFIELD, COUNCILS, FILES, TEXTS

CHANGED = [
    ('version = "undated"', 'version = "v2"', "version: was undated; is v2"),
    (
        'R-A31 = { force = "must", quote = "make',
        'R-A31 = { force = "may", quote = "make',
        "Clause R-A31: force was will, is may",
    ),
    (
        'value = "on", reason = "One day',
        'value = "day_after", reason = "One day',
        "Setting D-2: value was “on”, is “day_after”",
    ),
    (
        'mark", text = "The policy has no fast path of that name", follows = "refused"',
        'mark", text = "The policy has no fast path of that name", follows = "allowed"',
        "Silence SILENT-MARK: follows was refused, is allowed",
    ),
    (
        'friday = ["09:00", "17:00"]',
        'friday = ["09:00", "16:30"]',
        "open, friday: was 09:00 to 17:00; is 09:00 to 16:30 [R-A39, D-18]",
    ),
    ("[categories.advertising]\n", "[categories.gambling]\n", "advertising: gone [R-A20]"),
    (
        'lengths = ["indefinite", "fixed", "per_case"]',
        'lengths = ["fixed", "indefinite", "per_case"]',
        "lengths: now in the order: fixed, indefinite and per case [R-A30]",
    ),
    (
        'scopes = ["interacting"]',
        'scopes = ["interacting", "viewing"]',
        "grounds, continues, scopes: adds viewing [R-A26]",
    ),
    (
        '{ what = "earlier_strike", rules = ["R-A26"], at_least = 1 }',
        '{ what = "earlier_strike", rules = ["R-A26"], at_least = 2 }',
        "grounds, continues, needs: was at least 1 earlier incident counts; "
        "is at least 2 earlier incident counts [R-A26]",
    ),
    ("after_months = 12", "after_months = 6", "after months: was 12; is 6 [R-A27]"),
    (
        'on = "blocked"\ncode = "tell_service_director"\nrules = ["R-A31"]\n'
        "due = { working_days = 1 }",
        'on = "blocked"\ncode = "tell_service_director"\nrules = ["R-A31"]\n'
        "due = { working_days = 2 }",
        "was When somebody is blocked, tell the Service Director: officer, within 1 working day; "
        "is When somebody is blocked, tell the Service Director: officer, within 2 working days "
        "[R-A31]",
    ),
]


def later(*edits):
    text = TEXTS[ASHFIELD].decode()
    for old, new in edits:
        assert text.count(old) >= 1, old
        text = text.replace(old, new, 1)
    return tomllib.loads(text)


@pytest.mark.parametrize("council", COUNCILS)
def test_nothing_changed_between_equals(council):
    assert changes(FILES[council], FILES[council]) == []


@pytest.mark.parametrize(("old", "new", "words"), CHANGED, ids=lambda text: text[:40])
def test_each_change_is_told_in_words_with_its_rules(old, new, words):
    found = changes(FILES[ASHFIELD], later((old, new)))
    assert words in [change_in_words(change) for change in found]
    assert len(found) == (2 if "categories" in old else 1)


def test_all_changes_are_told_at_once_in_the_order_of_the_file():
    after = later(*((old, new) for old, new, _ in CHANGED))
    told = [words for _, _, words in CHANGED]
    found = [change_in_words(change) for change in changes(FILES[ASHFIELD], after)]
    assert [words for words in found if words in told] == told
    titles = [line for line in changes_in_words(changes(FILES[ASHFIELD], after)) if line[:1] > " "]
    assert titles[:3] == ["The policy", "The policy's own words", "What was chosen"]
    assert titles[-3:] == ["Blocking", "Appeals", "What must follow"]


def test_back_again_every_change_is_told_the_other_way_round():
    after = later(*((old, new) for old, new, _ in CHANGED))
    there, back = changes(FILES[ASHFIELD], after), changes(after, FILES[ASHFIELD])
    assert sorted((c.kind, repr(c.before), repr(c.after)) for c in there) == sorted(
        (c.kind, repr(c.after), repr(c.before)) for c in back
    )


def test_a_duty_that_is_gone_and_one_that_is_new_are_told_as_such():
    gone = 'on = "overturned"\ncode = "restore_post"\nrules = ["R-A10"]\n'
    new = 'on = "blocked"\ncode = "inform_union"\nrules = ["R-A31"]\n'
    found = changes(FILES[ASHFIELD], later((gone, new)))
    assert [(c.kind, c.change, c.rules) for c in found] == [
        ("duty", "removed", ("R-A10",)),
        ("duty", "added", ("R-A31",)),
    ]
    assert "new: When somebody is blocked, inform union" in change_in_words(found[1])


def test_a_table_that_nobody_thought_of_is_compared_all_the_same():
    before = {"ladders": {"rules": ["R-X1"], "steps": [{"what": "climb", "rungs": 3}]}, "odd": 1}
    after = {"ladders": {"rules": ["R-X1"], "steps": [{"what": "climb", "rungs": 4}]}, "new": True}
    assert [as_json(change) for change in changes(before, after)] == [
        {
            "kind": "step",
            "place": "ladders.steps.0",
            "change": "changed",
            "before": {"what": "climb", "rungs": 3},
            "after": {"what": "climb", "rungs": 4},
            "rules": ["R-X1"],
            "title": "Ladders",
            "words": "steps: was what climb, rungs 3; is what climb, rungs 4 [R-X1]",
        },
        {
            "kind": "step",
            "place": "odd",
            "change": "removed",
            "before": 1,
            "after": None,
            "rules": [],
            "title": "Odd",
            "words": "gone: 1",
        },
        {
            "kind": "step",
            "place": "new",
            "change": "added",
            "before": None,
            "after": True,
            "rules": [],
            "title": "New",
            "words": "new: yes",
        },
    ]
