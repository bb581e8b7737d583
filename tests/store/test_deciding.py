"""Two who have the register open: what one decided on and the other changed is decided again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from threading import Thread

import pytest

from services import assemble
from services.assemble import Casework
from services.store import connection
from services.store.postgres import PostgresDatabase
from tests.crash.registers import flag, founded, note
from tests.servers import drop_database, new_database

COUNCIL = {"council": "ashfield", "actor": "jo.p"}
MAPLE = {"platform": "facebook", "handle": "maple.heron"}


@pytest.fixture(params=["sqlite", "sqlite, beside others", "postgres"])
def opened(request, tmp_path) -> Iterator[Callable[[], Casework]]:
    """Opens the same register again and again."""
    if request.param == "postgres":
        address = new_database(request.getfixturevalue("server"))
        founded(address)
        yield partial(assemble.open_casework, address)
        drop_database(address)
    else:
        alone = request.param == "sqlite"
        open_casework = assemble.open_casework if alone else assemble.open_beside_others
        yield partial(open_casework, founded(tmp_path))


@pytest.fixture
def both(opened) -> Iterator[tuple[Casework, Casework]]:
    """The same register, opened twice; both know the case of maple.heron by heart."""
    with opened() as here, opened() as there:
        assert here.handle(flag(1, "maple.heron"))["outcome"] == "accepted"
        for number, casework in enumerate((here, there), 2):
            assert casework.handle(note(number, "maple.heron"))["outcome"] == "accepted"
        yield here, there


def accepted(casework: Casework, document: dict) -> dict:
    answer = casework.handle(document)
    assert answer["outcome"] == "accepted", answer
    return answer


def appointed(role: str, command: str = "appoint", **fields: str) -> dict:
    post = {"staff": "jo.p", "role": role} | fields
    return {"command": command, "council": "ashfield", "actor": "ad.min"} | post


def test_an_account_that_the_other_wrote_to_is_read_again(both):
    here, there = both
    versions = [
        accepted(casework, note(10 + number, "maple.heron"))["version"]
        for number, casework in enumerate((here, there, there, here, here, there))
    ]
    assert versions == [5, 6, 7, 8, 9, 10]


def test_a_refusal_rests_on_the_account_as_it_is_and_not_as_it_was(both):
    here, there = both
    capture = {"command": "capture", "incident": 1, "held_at": "S:/1", "lawful_to_hold": True}
    uphold = {
        "command": "uphold",
        "incident": 1,
        "findings": [{"category": "abusive_threatening", "sub_reason": "swearing"}],
        "viewpoint_neutral": True,
    }
    hide = {"command": "hide", "incident": 1, "whose_view": "jo.p"}
    assert here.handle(COUNCIL | {"account": MAPLE} | hide)["outcome"] == "refused"
    for step in (capture, uphold):
        accepted(there, COUNCIL | {"account": MAPLE} | step)
    accepted(here, COUNCIL | {"account": MAPLE} | hide)


def test_a_role_that_ended_elsewhere_no_longer_counts(both):
    here, there = both
    accepted(here, appointed("officer", "end-appointment", until="2012-02-01"))
    assert there.handle(note(20, "maple.heron"))["outcome"] == "forbidden"
    accepted(there, appointed("officer", **{"from": "2013-01-01"}))
    accepted(here, note(21, "maple.heron"))


def test_a_handle_that_changed_elsewhere_no_longer_leads_to_the_case(both):
    here, there = both
    change = {"command": "change-handle", "account": MAPLE, "handle": "maple.crane"}
    accepted(here, COUNCIL | change)
    answer = there.handle(note(30, "maple.heron"))
    assert answer["outcome"] in ("refused", "not_found")
    accepted(there, note(31, "maple.crane"))


def test_the_same_new_account_is_opened_once(both):
    cases = {accepted(casework, flag(40 + n, "new"))["case"] for n, casework in enumerate(both)}
    assert len(cases) == 1


def test_a_command_id_is_answered_once_whoever_is_asked(both):
    here, there = both
    first = accepted(here, note(50, "maple.heron"))
    for casework in (there, here):
        again = casework.handle(note(50, "maple.heron"))
        assert (again["outcome"], again["first"]) == ("duplicate", first)
    other = there.handle(note(50, "maple.heron") | {"text": "another"})
    assert other["outcome"] == "invalid"
    refused = there.handle(note(50, "nobody.known"))
    assert refused["outcome"] == "invalid"


def test_a_group_sees_what_its_own_commands_did(both):
    here, there = both
    crane = {"platform": "facebook", "handle": "maple.crane"}
    change = {"command": "change-handle", "account": MAPLE, "handle": "maple.crane"}
    answers = here.desk.handle_all(
        [
            flag(60, "new"),
            note(61, "new"),
            COUNCIL | change,
            COUNCIL | {"command": "note", "account": crane, "text": "as crane"},
            note(60, "new"),
            appointed("complaints_officer", **{"from": "2013-01-01"}),
        ]
    )
    outcomes = [answer["outcome"] for answer in answers]
    assert outcomes == ["accepted"] * 4 + ["invalid", "accepted"], answers
    assert answers[0]["case"] == answers[1]["case"]
    assert there.lookups.by_old_handle("ashfield", "facebook", "maple.heron")


def test_many_threads_at_once_record_each_command_once(both):
    here, _ = both
    given: list[dict] = []

    def send(number: int, casework: Casework) -> None:
        for each in range(10):
            given.append(casework.handle(note(number * 100 + each, f"heron.{number % 5}")))

    for number in range(5):
        accepted(here, flag(9000 + number, f"heron.{number}"))
    shown: list[bool] = []

    def look(casework: Casework) -> None:
        for number in range(15):
            case = casework.reading.find_case("ashfield", f"facebook/heron.{number % 5}")
            shown.append(casework.show(case)["handle"] == f"heron.{number % 5}")

    threads = [Thread(target=send, args=(n, both[n % 2])) for n in range(1, 17)]
    threads += [Thread(target=look, args=(each,)) for each in both]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Counter(answer["outcome"] for answer in given) == {"accepted": 160}
    assert shown == [True] * 30
    events = [event for batch in here.register.history.batches() for event in batch]
    assert [position for position, _ in events] == list(range(1, len(events) + 1))
    ids = Counter(event.body["command_id"] for _, event in events if "text" in event.body["data"])
    assert set(ids.values()) == {1}
    assert here.differences() == []


def test_a_lock_that_is_held_too_long_is_told_as_a_conflict(postgres_database, monkeypatch):
    founded(postgres_database)
    monkeypatch.setattr(connection, "BUSY_SECONDS", 0.2)
    with assemble.open_casework(postgres_database) as casework:
        other = PostgresDatabase.open(postgres_database)
        with other.writing():
            answer = casework.handle(flag(1, "maple.heron"))
            assert (answer["outcome"], answer["events"]) == ("conflict", [])
            assert "send it again" in answer["why"][0]
        accepted(casework, flag(1, "maple.heron"))
        other.close()
