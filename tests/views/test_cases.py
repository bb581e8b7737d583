"""Which cases are listed, and by what they are found."""

import pytest

from services.views.cases import CaseFilter, list_cases
from tests.projections.histories import History

HERON, OWL, EEL = "ASH-7KQ2-M9XA", "ASH-OWL2-M9XA", "NNC-EEL2-M9XA"


@pytest.fixture
def listed(recording):
    heron = History(HERON).opened()
    heron("FlagUpheld", incident=1, findings=[{"category": "obscene"}])
    heron.blocked(reason="A second “rude” post")
    owl = History(OWL)
    owl("AccountOpened", platform="x", handle="oak.owl", name="Oak Öwl", irregular=irregular())
    owl(
        "CommentFlagged",
        incident=1,
        account=None,
        item={"kind": "comment", "where": "own_page", "text": "Straße im Eimer"},
        duties=[{"code": "complete_record"}],
    )
    owl("HandleChanged", handle="oak.owl.2", name=None)
    eel = History(EEL, council="north-northamptonshire")
    eel("AccountOpened", handle="elm.eel", name=None)
    eel("CommentFlagged", incident=1, account=None, why="Off topic")
    eel("FlagDismissed", incident=1)
    recording(heron, owl, eel)

    def cases(**wanted):
        return [case["case"] for case in list_cases(recording.database, CaseFilter(**wanted))]

    return cases


def irregular():
    return [{"rule": "R-A24", "what": "no name was recorded"}]


def test_each_case_says_whose_it_is_and_how_it_stands(recording):
    history = History().opened()
    recording(history)
    assert list_cases(recording.database) == [
        {
            "case": HERON,
            "council": "ashfield",
            "platform": "facebook",
            "handle": "maple.heron",
            "name": "Maple Heron",
            "status": "open",
            "incidents": 1,
            "unreviewed": [
                {
                    "incident": 1,
                    "seen_at": "2025-03-03T10:05:00+00:00",
                    "waiting_since": "2024-03-01T09:00:00+00:00",
                }
            ],
            "muted_on": [],
            "links": [],
        }
    ]


def test_an_empty_register_lists_nothing(recording):
    assert list_cases(recording.database) == []


def test_all_are_listed_by_council_and_reference(listed):
    assert listed() == [HERON, OWL, EEL]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({"council": "north-northamptonshire"}, [EEL]),
        ({"platform": "x"}, [OWL]),
        ({"status": "blocked"}, [HERON]),
        ({"status": "open"}, [OWL]),
        ({"status": "closed"}, [EEL]),
        ({"category": "obscene"}, [HERON]),
        ({"category": "off_topic"}, []),
        ({"incomplete": True}, [OWL]),
        ({"unreviewed": True}, [OWL]),
        ({"irregular": True}, [OWL]),
        ({"platform": "facebook", "status": "closed"}, [EEL]),
    ],
)
def test_a_filter_leaves_the_cases_that_fit(listed, wanted, found):
    assert listed(**wanted) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("OAK.OWL.2", [OWL]),
        ("oak.owl", [OWL]),
        ("öwl", [OWL]),
        ("strasse", [OWL]),
        ("off TOPIC", [EEL]),
        ("“rude”", [HERON]),
        ("R. Resident", []),
        ("nowhere", []),
    ],
)
def test_text_is_found_in_handles_old_and_new_names_posts_and_reasons(listed, text, found):
    assert listed(text=text) == found
