"""The guided look: a refusal and why, an appeal's day, a case from start to end, what is owed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from domain.calendar.london import london_date
from services.assemble import Casework
from services.casework.answers import Answer
from services.cli.answers import in_words
from services.cli.saying import day, due, moment, plain

Say = Callable[[str], None]


def guided_look(casework: Casework, say: Say) -> dict[str, str]:
    """Tell the tour; returns the cases that the commands to try next are about."""
    appeals = casework.reading.appeals(None)
    waiting = next(a for a in appeals if a["eligible"] is False and a["status"] == "blocked")
    told = next(a for a in appeals if a["eligible"] is None and a["status"] == "blocked")
    ended = next(a for a in appeals if a["status"] == "reversed" and len(a["appeals"]) > 1)
    _refused_block(casework, waiting["council"], say)
    _opposites(casework, waiting, told, say)
    _appeal_day(casework, waiting, say)
    _replay(casework, ended["case"], say)
    _owed(casework, say)
    return {"waiting": waiting["case"], "ended": ended["case"]}


def _refused_block(casework: Casework, council: str, say: Say) -> None:
    say("\n1. A block that is refused, and why")
    from services.views.cases import CaseFilter, list_cases

    office = casework.offices.of(council)
    policy = office.council.procedure(london_date(casework.clock())) if office else None
    if policy is None:
        return
    code, ground = next(iter(policy.block_grounds.items()))
    case = next(
        c
        for c in list_cases(casework.database, CaseFilter(council=council))
        if c["incidents"] == 1 and c["status"] != "blocked" and not c["unreviewed"]
    )
    fields = {
        "case": case["case"],
        "ground": code,
        "incidents": [1],
        "scope": ground.scopes[0],
        "channels": "all",
        "reason": "abusive words",
        "proportionality": {"aim": "protect staff", "less_intrusive": "one post was hidden"},
    }
    say(f"An officer asks to block {case['handle']}, after one incident, because it {code}.\n")
    _ask(casework, council, "block", say, **fields)


def _opposites(casework: Casework, silent: Answer, told: Answer, say: Say) -> None:
    say("\n2. One step, two policies: may a blocked person be told?")
    for block in (silent, told):
        say(f"\nIn {block['council']}, about {block['handle']}:")
        fields = {"case": block["case"], "block": block["block"]}
        _ask(
            casework, block["council"], "notify-block", say, via="email", delivery="sent", **fields
        )


def _appeal_day(casework: Casework, block: Answer, say: Say) -> None:
    say("\n3. An appeal that opens on a given day")
    say(f"{block['handle']} was blocked on {day(block['decided_on'])}.")
    for reason in block["because"]:
        say(f"  {reason['rule']}: {reason['text']}")
    say(f"An appeal opens on {day(block['eligible_from'])}. {block['complaint_route']}")
    say("If an appeal came in today, it would be recorded as early:\n")
    _ask(
        casework,
        block["council"],
        "file-appeal",
        say,
        case=block["case"],
        block=block["block"],
        received_on=london_date(casework.clock()).isoformat(),
        via="email",
        appellant={"kind": "owner", "checked": "a code shown on the profile"},
    )


def _replay(casework: Casework, case: str, say: Say) -> None:
    from services.views.audit import audit_case

    say(f"\n4. Case {case}, from start to end")
    found = audit_case(casework.database, case, casework.clock())
    for event in (found or {"events": []})["events"]:
        rules = f" [{', '.join(event['rules'])}]" if event["rules"] else ""
        say(f"{event['sequence']}. {moment(event['occurred_at'])}: {event['words']}{rules}")


def _owed(casework: Casework, say: Say) -> None:
    from services.views.duties import list_duties

    now = casework.clock()
    owed = list_duties(casework.database, now, now=True)
    late = sum(duty["overdue"] for duty in owed)
    say(f"\n5. What is owed today: {len(owed)} duties, {late} of them overdue. The first five:")
    for duty in owed[:5]:
        whom = plain(duty["owed_by"] or "officer")
        say(f"{duty['case']}: {plain(duty['code'])} ({duty['rule']}), {due(duty)}, by the {whom}")


def _ask(casework: Casework, council: str, command: str, say: Say, **fields: Any) -> None:
    document = {"command": command, "council": council, "actor": "jo.p", **fields}
    for line in _lines(casework.handle(document, dry_run=True), command):
        say(line)


def _lines(answer: Answer, command: str) -> Iterator[str]:
    return in_words(answer, command, dry=True)
