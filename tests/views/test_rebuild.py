"""Views made anew are the views that were."""

import tracemalloc
from copy import deepcopy
from pathlib import Path
from tempfile import TemporaryDirectory

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

import schemas
from domain.recorded import Recorded
from services.store.database import Database
from services.store.sqlite import SQLiteDatabase
from services.views.cases import list_cases
from services.views.projector import ViewsOutOfStep
from services.views.rebuild import RebuildStopped, differences, rebuild
from tests.projections.histories import History
from tests.views.registers import Recording, recorded

pytestmark = pytest.mark.embedded(
    "rebuilds of views kept with the record; tests/projector has those of views from Kafka"
)

OF_ACCOUNTS = [
    type
    for type in schemas.event_types()
    if schemas.event_schema(type)["examples"][0]["stream"]["kind"] == "account"
    and type != "AccountOpened"
]
DAYS = st.integers(1, 28).map(lambda day: f"2024-03-{day:02}T10:00")
STEPS = st.tuples(st.integers(0, 2), st.sampled_from(OF_ACCOUNTS), DAYS)


@given(st.lists(st.lists(STEPS, max_size=5), max_size=8))
def test_after_any_events_in_any_groups_the_views_equal_a_rebuild(groups):
    with TemporaryDirectory() as folder:
        database = SQLiteDatabase.create(Path(folder))
        recording = Recording(database, kept_rows=2)
        histories = [History(f"ASH-{n:04}-M9XA") for n in range(3)]
        for history in histories:
            history("AccountOpened", "2024-03-01T10:00")
        recording(*histories)
        for group in groups:
            for number, type, day in group:
                histories[number](type, day, duties=[{"code": "review_flag"}], discharges=["1.1"])
            recording(*histories)
        assert differences(database, recording) == []
        before = list_cases(database)
        rebuild(database, recording)
        assert list_cases(database) == before
        database.close()


def test_a_damaged_view_is_found_out_and_mended(database, recording):
    history = History().opened()
    history("FlagUpheld", duties=[{"code": "remove_content"}])
    recording(history)
    with database.writing():
        database.execute("UPDATE view_duties SET owed = 7")
        row = orjson.loads(database.query("SELECT body FROM view_audit WHERE position = 2")[0][0])
        row["data"]["incident"] = 9
        database.execute("UPDATE view_audit SET body = ? WHERE position = 2", (orjson.dumps(row),))
        database.execute("DELETE FROM view_cases")
    assert differences(database, recording) == [
        "In cases, 0 rows are read that a rebuild does not make, 1 are lacking. The first is of "
        f"account {history.stream.hex}: the row is not there, a rebuild makes it there.",
        "In duties, 1 rows are read that a rebuild does not make, 1 are lacking. The first is of "
        f"account {history.stream.hex}: what it is found by is one thing, a rebuild makes it "
        "another.",
        "In audit, 1 rows are read that a rebuild does not make, 1 are lacking. The first is of "
        f"account {history.stream.hex}, event 2: data.incident is 9, a rebuild makes it 1.",
    ]
    assert rebuild(database, recording) == 3
    assert differences(database, recording) == []


def test_recording_goes_on_after_rebuilds(database, recording):
    history = History().opened()
    recording(history)
    rebuild(database, recording)
    rebuild(database, recording)
    history.blocked()
    recording(history)
    assert list_cases(database)[0]["status"] == "blocked"
    assert differences(database, recording) == []


def test_a_register_without_views_gets_them(database):
    recording = Recording(database)
    history = History().opened()
    recording.events.extend(enumerate(map(recorded, history), 1))
    rebuild(database, recording)
    assert len(list_cases(database)) == 1


class Torn:
    """A log that gives one event and then fails, and tells what was asked of it."""

    def __init__(self, recording) -> None:
        self.recording, self.asked, self.torn = recording, [], True

    def batch(self, *, after, size):
        self.asked.append(after)
        if after and self.torn:
            raise ViewsOutOfStep("cannot be read")
        return self.recording.batch(after=after, size=1)


def test_a_rebuild_that_stopped_half_way_goes_on_where_it_stopped(database, recording):
    recording(History().opened())
    torn, told = Torn(recording), []
    with pytest.raises(ViewsOutOfStep):
        rebuild(database, torn, tell=told.append)
    assert len(list_cases(database)) == 1
    torn.torn = False
    assert rebuild(database, torn, tell=told.append) == 2
    assert torn.asked[:3] == [0, 1, 1]
    assert told == [1, 2]
    assert differences(database, recording) == []


def test_what_other_code_began_is_not_gone_on_with(database, recording):
    recording(History().opened())
    torn = Torn(recording)
    with pytest.raises(ViewsOutOfStep):
        rebuild(database, torn)
    with database.writing():
        database.execute("UPDATE meta SET value = 'older' WHERE key = 'rebuild_made_by'")
    torn.torn = False
    rebuild(database, torn)
    assert torn.asked[:3] == [0, 1, 0]


def test_a_rebuild_stops_at_an_event_that_can_not_be_folded(database, recording):
    history = History().opened()
    recording(history)
    event = recorded(history("FlagUpheld"))
    del event.body["data"]["findings"]
    recording.events.append((3, event))
    with pytest.raises(RebuildStopped, match="stopped at position 3"):
        rebuild(database, recording)
    assert len(list_cases(database)) == 1


def test_a_rebuild_of_ten_times_the_events_needs_no_more_memory(database):
    assert peak(database, Endless(20_000)) < 1.2 * peak(database, Endless(2_000))


class Endless:
    """A log of accounts of four events each, made as it is read."""

    def __init__(self, events: int) -> None:
        history = History().opened()
        history("FlagUpheld", incident=1)
        history.blocked()
        self.events, self.pattern = events, [recorded(event) for event in history]

    def batch(self, *, after: int, size: int) -> list[tuple[int, Recorded]]:
        last = min(after + size, self.events)
        return [(position, self.event(position - 1)) for position in range(after + 1, last + 1)]

    def event(self, index: int) -> Recorded:
        account, step = divmod(index, 4)
        pattern, stream = self.pattern[step], {"kind": "account", "id": f"{account:032x}"}
        body = deepcopy(pattern.body) | {"case": f"ASH-{account}", "stream": stream}
        return Recorded(pattern.originator_id, pattern.originator_version, body)


def peak(database: Database, log: Endless) -> int:
    tracemalloc.start()
    rebuild(database, log, batch=500, kept_rows=100)
    found = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return found
