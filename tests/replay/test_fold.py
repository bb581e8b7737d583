"""For every pair of moments a replay is what a slow and simple reading of the events gives."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.replay.clocks import Clocks
from tests.replay.histories import histories, opened, recorded
from tests.replay.slow_fold import VERSIONS, told
from tests.replay.steps import SHIPPED
from tests.scenarios import Scenario

NOW = datetime(2028, 1, 1, tzinfo=UTC)
MOMENTS = 9


@pytest.fixture(scope="module")
def council(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scenario]:
    """A register in which three versions of one policy were adopted, one of them backdated."""
    folder = tmp_path_factory.mktemp("versions")
    made = Scenario(folder / "register", "ashfield", now=VERSIONS[0][2])
    for version, start, moment, months in VERSIONS[1:]:
        _adopt(made, folder / f"{version}.toml", version, start, moment, months)
    made.now = NOW
    yield made
    made.casework.close()


def _adopt(
    made: Scenario, file: Path, version: str, start: str | None, moment: str, months: int
) -> None:
    text = SHIPPED.read_text(encoding="utf-8").replace("undated", version)
    file.write_text(text.replace("after_months = 12", f"after_months = {months}"))
    made.now = datetime.fromisoformat(moment)
    adopted = {"file": str(file), "from": start, "decision": "Cabinet"}
    made.given("adopt-policy", **adopted, actor="admin")


@pytest.mark.slow
@settings(max_examples=40)
@given(st.data())
def test_a_replay_is_what_a_slow_and_simple_reading_gives(council: Scenario, data: Any) -> None:
    case = opened(council.casework)
    events = data.draw(histories(case))
    recorded(council.casework, case, events)
    moments = data.draw(st.permutations(_moments(events)))[:MOMENTS]
    for as_of in (None, *moments):
        for known_at in (None, *moments):
            found = council.casework.replay.at(case, Clocks(as_of, known_at))
            assert _short(found) == told(events, as_of, known_at, NOW), (as_of, known_at)


def _moments(events: list[dict[str, Any]]) -> list[datetime]:
    """When something happened, was recorded or was due; just before each, and long after."""
    texts = {event[word] for event in events for word in ("occurred_at", "recorded_at")}
    texts |= {duty["due"] for event in events for duty in event["duties"] if duty["due"]}
    found = {datetime.fromisoformat(text) for text in texts}
    before = {each - timedelta(seconds=1) for each in found}
    after = {each + timedelta(days=days) for each in found for days in (183, 366)}
    return sorted(found | before | after)


def _short(found: dict[str, Any]) -> dict[str, Any]:
    """What the slow reading tells too."""
    sequences = [event["sequence"] for event in found["events"]]
    if not sequences:
        return {"events": sequences, "state": found["state"]}
    state = found["state"]
    return {
        "events": sequences,
        "state": state["status"],
        "handle": found["handle"],
        "incidents": {i["incident"]: (i["status"], i["content"]) for i in state["incidents"]},
        "blocks": {block["block"]: _block(block) for block in found["appeals"]},
        "appeals": {a["appeal"]: a["status"] for a in state["appeals"]},
        "duties": {duty["duty"]: (duty["due"], duty["overdue"]) for duty in state["duties"]},
        "policy": found["policy"]["version"],
        "corrections": [(each["was"], each["now"]) for each in found["corrections"]],
    }


def _block(block: dict[str, Any]) -> dict[str, Any]:
    return {
        "status": block["status"],
        "pages": {page["channel"]: page["state"] for page in block["channels"]},
        "clock": block["clock_started"],
        "eligible": block["eligible"],
        "from": block["eligible_from"],
    }
