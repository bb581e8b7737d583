"""Who may appeal, asked of the register."""

from datetime import date

from services.views.appeals import block_facts, list_appeals
from tests.projections.histories import History


def after_a_year(council, block, at):
    opens = block["clock_started"].replace("2024", "2025")
    return {
        "eligible": block["status"] == "blocked" and at.isoformat() >= opens,
        "eligible_from": opens,
        "eligible_until": None,
        "because": [{"rule": "R-A27", "text": f"after 12 months in {council}"}],
        "agreement_needed": ["communications_manager"],
        "complaint_route": "the complaints team",
        "other_routes": [],
    }


def appeals(recording, day, **wanted):
    return list_appeals(recording.database, date.fromisoformat(day), after_a_year, **wanted)


def test_each_block_says_what_the_policy_makes_of_its_facts(recording):
    history = History().opened().blocked()
    history("AppealReceivedEarly", "2024-06-02T10:00", received_on="2024-06-02")
    recording(history)
    assert appeals(recording, "2025-03-22") == [
        {
            "case": "ASH-7KQ2-M9XA",
            "council": "ashfield",
            "platform": "facebook",
            "handle": "maple.heron",
            "block": 1,
            "decided_on": "2024-03-22",
            "clock_started": "2024-03-22",
            "ground": "continues",
            "scope": "interacting",
            "length": {"kind": "indefinite"},
            "status": "blocked",
            "channels": [
                {"channel": "facebook", "state": "pending"},
                {"channel": "x", "state": "pending"},
            ],
            "policy": history[-2]["policy"],
            "substance": None,
            **after_a_year("ashfield", {"clock_started": "2024-03-22", "status": "blocked"}, AT),
            "appeals": [
                {
                    "appeal": 1,
                    "received_on": "2024-06-02",
                    "status": "early",
                    "acknowledge_by": "2025-06-09",
                    "decide_by": None,
                }
            ],
            "complete": True,
        }
    ]


AT = date(2025, 3, 22)


def test_from_400_days_before_a_block_to_400_after(recording):
    recording(History().opened().blocked("2024-03-22T10:00"))
    first = date(2024, 3, 22).toordinal()
    for ordinal in range(first - 400, first + 400):
        day = date.fromordinal(ordinal)
        rows = list_appeals(recording.database, day, after_a_year)
        assert [row["eligible"] for row in rows] == ([day >= AT] if ordinal >= first else [])


def test_only_those_that_may_be_appealed_against(recording):
    recording(History().opened().blocked())
    assert appeals(recording, "2025-03-21", eligible=True) == []
    assert len(appeals(recording, "2025-03-22", eligible=True)) == 1


def test_blocks_come_oldest_first_and_can_be_asked_for_by_case_and_council(recording):
    later = History("ASH-AAAA-M9XA").opened().blocked("2024-04-01T10:00")
    sooner = History("NNC-BBBB-M9XA", council="north-northamptonshire").opened()
    sooner.blocked("2024-03-30T10:00")
    recording(later, sooner)
    both = [row["case"] for row in appeals(recording, "2024-05-01")]
    assert both == ["NNC-BBBB-M9XA", "ASH-AAAA-M9XA"]
    assert len(appeals(recording, "2024-05-01", case="ASH-AAAA-M9XA")) == 1
    assert len(appeals(recording, "2024-05-01", council="north-northamptonshire")) == 1


def test_the_handle_is_the_present_one(recording):
    history = History().opened().blocked()
    history("HandleChanged", handle="oak.owl")
    recording(history)
    assert appeals(recording, "2024-05-01")[0]["handle"] == "oak.owl"


def test_the_policy_gets_who_decided_under_which_version(recording):
    recording(History().opened().blocked())
    (facts,) = block_facts(recording.database, "ASH-7KQ2-M9XA", AT)
    assert facts["decided_by"]["id"] == "jo.p"
    assert facts["policy"]["version"] == "undated"
