"""Whatever the order of recording, the views tell what happened in the order it happened."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from projections import appeals, audit, cases, duties
from tests.projections.histories import History, folded, told

ACTS = [
    ("FlagUpheld", {"incident": 1}),
    ("FlagDismissed", {"incident": 1}),
    ("FindingOverturned", {"incident": 1}),
    ("PostHidden", {"incident": 1}),
    ("PostRestored", {"incident": 1}),
    ("PostDeleted", {"incident": 1}),
    ("BlockApplied", {"channel": "facebook"}),
    ("BlockApplied", {"channel": "facebook", "result": "failed", "failure": "down"}),
    ("BlockLifted", {"channel": "facebook"}),
    ("BlockReversed", {"because": "appeal", "appeal": 1}),
    ("AppealDismissed", {"appeal": 1}),
    ("AppealWithdrawn", {"appeal": 1}),
    ("HandleChanged", {"handle": "oak.owl"}),
    ("HandleChanged", {"handle": "elm.eel", "name": "Elm Eel"}),
    ("DirectorNotified", {"discharges": ["3.1"]}),
    ("DutyWaived", {"duty": "3.1"}),
]
START = datetime(2024, 3, 22, 10, tzinfo=UTC)


def answers(events):
    """Everything the views say, on several days."""
    events = [told(event) for event in events]
    blocked, owing = (folded(view.FOLDS, events) for view in (appeals, duties))
    case = folded(cases.FOLDS, events)
    moments = [START + timedelta(days=days) for days in range(0, 30, 3)]
    return [
        (cases.handle(case), cases.name(case), cases.categories(case), cases.unreviewed(case)),
        [appeals.as_of(blocked, moment.date().isoformat()) for moment in moments],
        [duties.as_of(owing, moment) for moment in moments],
        audit.state(events, moments[-1]),
    ]


@given(st.permutations(range(len(ACTS))), st.data())
def test_a_late_event_gives_what_it_would_have_given_in_its_place(order, data):
    history = History().opened()
    owed = {"code": "tell_service_director", "due": "2024-03-29T17:00:00+00:00"}
    history("Blocked", "2024-03-22T10:00", duties=[owed])
    history("AppealFiled", "2024-03-22T11:00", appeal=1, received_on="2024-03-22")
    for place, act in enumerate(order, 1):
        at = START + timedelta(days=place, minutes=data.draw(st.integers(0, 59)))
        history(ACTS[act][0], f"{at:%Y-%m-%dT%H:%M}", **ACTS[act][1])
    began, acts = history[:4], history[4:]
    recorded = data.draw(st.permutations(acts))
    assert answers([*began, *recorded]) == answers([*began, *acts])


def test_a_post_hidden_on_friday_and_restored_on_monday_is_visible_in_whatever_order():
    history = History().opened()
    history("PostRestored", "2024-03-04T10:00", incident=1)
    history("PostHidden", "2024-03-01T16:00", incident=1)
    state = audit.state([told(event) for event in history], START)
    assert state["incidents"] == [{"incident": 1, "status": "flagged", "content": "visible"}]
