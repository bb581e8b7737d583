"""A year in both offices, from a seed: every answer is the one that a plain reading gives."""

from collections import Counter
from datetime import date, timedelta
from random import Random

import pytest

from services.policies.shipped import shipped
from tests.replay.again import differing
from tests.year.councils import COUNCILS
from tests.year.office import Office
from tests.year.oracle import Oracle
from tests.year.past import blocks_before
from tests.year.town import FIRST_DAY, Town

pytestmark = pytest.mark.slow
COMMANDS = 5000
ELECTION = {
    "command": "declare-period",
    "actor": "mia",
    "kind": "pre_election",
    "name": "county election",
    "from": "2025-03-20",
    "until": "2025-05-01",
    "reason": "notice of election to close of poll",
}


@pytest.mark.parametrize("seed", [20250303, 7])
def test_every_answer_of_a_year_is_what_a_plain_reading_of_the_rules_gives(seed, tmp_path):
    print(f"seed {seed}")
    oracle = Oracle()
    town = Town(seed, oracle)
    office = Office(tmp_path / "register", lambda: town.now, oracle)
    begin(office, town)
    for quarter in range(1, 5):
        play(office, town, COMMANDS * quarter // 4)
        office.check_views()
    a_third_was_not_allowed(office)
    the_appeals_view_agrees_on_any_day(office, town, Random(seed))
    the_director_is_owed_one_telling_for_each_block(office)
    a_new_version_changes_nothing_past(office, town, tmp_path)
    assert differing(office.casework) == []  # each verdict is the same when it is asked again
    office.check_views()
    office.close()


def begin(office: Office, town: Town) -> None:
    """Appoint everyone, declare the election, and enter the blocks of the year before."""
    for council in COUNCILS:
        for document in town.staffing(council):
            office.send(document, at_once=False)
        office.send(ELECTION | {"council": council}, at_once=False)
    for document in blocks_before(FIRST_DAY, town.rng, 14):
        office.send(document, at_once=False)
    office.flush()
    office.outcomes.clear()


def play(office: Office, town: Town, until: int) -> None:
    """Send commands, some by themselves and some in groups, as the year goes on."""
    while (sent := sum(office.outcomes.values())) < until:
        town.sent, group = sent, []
        town.unwanted = sent - office.outcomes.get("accepted", 0)
        for _ in range(town.rng.choice((1, 1, 1, 4, 12))):
            group.append(town.next())
            office.send(group[-1], at_once=False)
        office.flush()
        town.later()
        town.recent += group


def a_third_was_not_allowed(office: Office) -> None:
    print(dict(office.outcomes))
    share = 1 - office.outcomes["accepted"] / sum(office.outcomes.values())
    assert 0.28 < share < 0.4
    assert {"refused", "forbidden", "invalid", "not_found", "duplicate"} <= office.outcomes.keys()
    stored = Counter(event["type"] for events in office.watch.seen.values() for event in events)
    wanted = ("Blocked", "BlockReversed", "AppealFiled", "AppealReceivedEarly", "BlockApplied",
              "BlockNoticeGiven", "BlockLifted", "PostRestored", "AppealDismissed",
              "ReversalDeclined", "HandleChanged", "RefusalRecorded")  # fmt: skip
    assert [type_ for type_ in wanted if not stored[type_]] == []


def the_appeals_view_agrees_on_any_day(office: Office, town: Town, rng: Random) -> None:
    today = town.now.date()
    days = [today, FIRST_DAY] + [today - timedelta(days=rng.randint(1, 365)) for _ in range(10)]
    assert sum(office.check_appeals(day) for day in days) > 100


def the_director_is_owed_one_telling_for_each_block(office: Office) -> None:
    stored = [event for events in office.watch.seen.values() for event in events]
    blocks = {
        (event["case"], event["data"]["block"])
        for event in stored
        if event["type"] == "Blocked" and event["council"] == "ashfield"
    }
    duties = office.duties("tell_service_director")
    assert Counter((d["case"], d["about"]["block"]) for d in duties) == Counter(blocks)
    told = {
        (event["case"], event["data"]["block"])
        for event in stored
        if event["type"] == "DirectorNotified" and event["data"]["delivery"] == "delivered"
    }
    for duty in duties:
        met = (duty["case"], duty["about"]["block"]) in told
        assert duty["status"].startswith("discharged") == met, duty


def a_new_version_changes_nothing_past(office: Office, town: Town, folder) -> None:
    then = town.now.date() - timedelta(days=30)
    tomorrow = town.now.date() + timedelta(days=1)
    before = past(office, then)
    [text] = [each.text.decode() for each in shipped() if each.council == "ashfield"]
    text = text.replace('version = "undated"', 'version = "2027"')
    text = text.replace("after_months = 12", "after_months = 18")
    (folder / "2027.toml").write_text(text, encoding="utf-8")
    adopted = office.casework.handle(
        {
            "command": "adopt-policy",
            "council": "ashfield",
            "actor": "admin",
            "file": str(folder / "2027.toml"),
            "from": tomorrow.isoformat(),
            "decision": "Cabinet, 12 March",
        }
    )
    assert adopted["outcome"] == "accepted", adopted
    assert past(office, then) == before
    for row in office.casework.reading.appeals(None, at=tomorrow):
        if row["council"] == "ashfield":  # the right of the version at the decision is kinder
            opens = office.opens(row["case"], row["block"])
            assert row["eligible_from"] == opens.isoformat()


def past(office: Office, day: date) -> list:
    """What was decided, owed and told by a day, as it is shown today."""
    return [office.casework.reading.appeals(None, at=day), office.audits(day)]
