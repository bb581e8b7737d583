"""Several processes on one account, and a clock that goes backwards."""

from datetime import UTC, datetime, timedelta
from threading import Thread

import pytest

from services import assemble
from tests.crash.registers import answers, flag, founded, lines, note, submit, whole

pytestmark = pytest.mark.slow
EACH = 150


@pytest.mark.parametrize("words", [(), ("--stop-on-error",)], ids=["in groups", "one by one"])
def test_four_processes_on_one_account_lose_nothing_and_double_nothing(tmp_path, words):
    folder = founded(tmp_path / "register")
    writers = [submit(folder, *words) for _ in range(4)]
    printed = {}

    def feed(number, writer):
        ids = range(number * 1000, number * 1000 + EACH)
        # Each opens the same new account, or finds that another has.
        documents = [
            flag(number * 1000 + 999, "maple.heron"),
            *(note(i, "maple.heron") for i in ids),
        ]
        printed[number] = writer.communicate(lines(documents), timeout=120)

    threads = [Thread(target=feed, args=pair) for pair in enumerate(writers, 1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    given = [answer for out, _ in printed.values() for answer in answers(out)]
    assert [errors for _, errors in printed.values()] == [b""] * 4
    assert [writer.returncode for writer in writers] == [0] * 4
    assert {answer["outcome"] for answer in given} == {"accepted"}
    assert len({answer["case"] for answer in given}) == 1
    left = whole(folder, given)
    assert sorted(left.values()) == [1] * (4 * EACH + 3) + [2]
    versions = sorted(event["sequence"] for answer in given for event in answer["events"])
    assert versions == list(range(1, 4 * EACH + 6))


def test_two_processes_send_the_same_file_and_each_command_is_done_once(tmp_path):
    folder = founded(tmp_path / "register")
    documents = [flag(1, "maple.heron"), *(note(number, "maple.heron") for number in range(2, 80))]
    writers = [submit(folder, "--stop-on-error") for _ in range(2)]
    for writer in writers:
        writer.stdin.write(lines(documents))
        writer.stdin.close()
        writer.stdin = None
    given = [answers(writer.communicate(timeout=60)[0]) for writer in writers]
    for one, other in zip(*given, strict=True):
        assert sorted((one["outcome"], other["outcome"])) == ["accepted", "duplicate"]
        assert one.get("first", one) == other.get("first", other)
    left = whole(folder, given[0])
    assert sum(left.values()) == len(documents) + 1


class Clock:
    """A clock that somebody sets."""

    def __init__(self):
        self.now = datetime(2026, 6, 1, 12, tzinfo=UTC)

    def __call__(self):
        return self.now


def test_a_clock_set_back_makes_nothing_late_and_undoes_nothing(tmp_path):
    clock, folder = Clock(), founded(tmp_path / "register")
    with assemble.open_casework(folder, clock) as casework:
        for number, step in enumerate((0, 3600, -7200, -86400, 90000)):
            clock.now += timedelta(seconds=step)
            document = flag(number, "maple.heron")
            del document["occurred_at"]
            assert casework.handle(document)["outcome"] == "accepted"
        events = [event.body for batch in casework.register.history.batches() for _, event in batch]
        mine = [event for event in events if event["stream"]["kind"] == "account"]
        moments = [event["occurred_at"] for event in mine]
        assert moments == sorted(moments)
        assert not any(event["late"] for event in mine)
        assert casework.differences() == []


def test_what_lies_ahead_of_a_clock_set_back_is_in_the_future(tmp_path):
    clock, folder = Clock(), founded(tmp_path / "register")
    with assemble.open_casework(folder, clock) as casework:
        noon = {"occurred_at": "2026-06-01T12:00:00+00:00"}
        assert casework.handle(flag(1, "maple.heron") | noon)["outcome"] == "accepted"
        clock.now -= timedelta(hours=2)
        answer = casework.handle(note(2, "maple.heron") | noon)
        assert answer["outcome"] == "invalid"
        assert [error["path"] for error in answer["errors"]] == ["occurred_at"]
