"""What changed in a case between two moments: as data, and each change as a sentence."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from projections.facts import london_date
from projections.words.phrases import day, of_incidents, plain

Told = dict[str, Any]
NUMBERED = (
    ("incidents", "incident"),
    ("blocks", "block"),
    ("proposals", "block"),
    ("complaints", "complaint"),
)


def differences(before: Told, after: Told) -> Told:
    """What is another in `after` than in `before`, both as `Replay.at` gives them.

    `came` are the events that only `after` has, `gone` those that only `before` has; `state`,
    `duties`, `appeals` and `policy` hold what changed as {`what`, `was`, `is`}, None standing for
    what was not there; `words` says all but the events in sentences.
    """
    known = {event["sequence"] for event in before["events"]}
    still = {event["sequence"] for event in after["events"]}
    found: Told = {
        "case": after["case"],
        "council": after["council"],
        "came": [event for event in after["events"] if event["sequence"] not in known],
        "gone": [event for event in before["events"] if event["sequence"] not in still],
        "state": list(_state(before["state"] or {}, after["state"] or {})),
        "duties": _by_name(_duties(before), _duties(after)),
        "appeals": _by_name(_blocks(before), _blocks(after)),
        "policy": _by_name(_versions(before), _versions(after)),
    }
    changes = [*found["state"], *found["duties"], *found["appeals"], *found["policy"]]
    return found | {"words": [sentence(each) for each in changes]}


def sentence(change: Told) -> str:
    """One change in words."""
    what, was, now = change["what"], change["was"], change["is"]
    what = f"{what[:1].upper()}{what[1:]}"
    if was is None:
        return f"{what}: {now}; before there was none."
    if now is None:
        return f"{what} was {was}; there is none any more."
    return f"{what} was {was}; it is now {now}."


def _state(before: Told, after: Told) -> Iterator[Told]:
    yield from _changes("the case", before.get("status"), after.get("status"))
    for kind, number in NUMBERED:
        name = "proposed block" if kind == "proposals" else number
        yield from _by_name(*(_numbered(each, kind, number, name) for each in (before, after)))
    yield from _by_name(_pages(before), _pages(after))
    for listed in (_mutes, _warnings, _links):
        yield from _by_name(listed(before), listed(after))


def _numbered(state: Told, kind: str, number: str, name: str) -> dict[str, str]:
    return {f"{name} {each[number]}": _standing(each) for each in state.get(kind, ())}


def _standing(part: Told) -> str:
    """How an incident, block, proposal or complaint stands."""
    words = [plain(part["status"])]
    if part.get("content"):
        words.append(f"its post {plain(part['content'])}")
    if part.get("stage"):
        words.append(f"at stage {part['stage']}")
    if part.get("scope"):
        words.append(f"from {plain(part['scope'])}")
    if part.get("length"):
        length = part["length"]
        words.append(
            f"until {day(length['until'])}" if "until" in length else plain(length["kind"])
        )
    return ", ".join(words)


def _pages(state: Told) -> dict[str, str]:
    return {
        f"block {block['block']} on {page['channel']}": plain(page["state"])
        for block in state.get("blocks", ())
        for page in block["channels"]
    }


def _mutes(state: Told) -> dict[str, str]:
    mutes = state.get("mutes", ())
    return {f"the mute on {m['channel']}": f"in force since {_day(m['since'])}" for m in mutes}


def _warnings(state: Told) -> dict[str, str]:
    given = enumerate(state.get("warnings", ()), 1)
    return {
        f"warning {number}": f"given on {_day(each['given_at'])}, about {of_incidents(each)}"
        for number, each in given
    }


def _links(state: Told) -> dict[str, str]:
    links = state.get("links", ())
    named = {f"the link with case {each['case']} ({plain(each['kind'])})": each for each in links}
    return {name: f"in force since {_day(each['since'])}" for name, each in named.items()}


def _duties(told: Told) -> dict[str, str]:
    owed = (told["state"] or {}).get("duties", ())
    return {f"duty {each['duty']}, {_about(each)}": _owed(each) for each in owed}


def _about(duty: Told) -> str:
    about = ", ".join(f"{plain(word)} {value}" for word, value in duty["about"].items())
    return f"{plain(duty['code'])} ({about})" if about else plain(duty["code"])


def _owed(duty: Told) -> str:
    due = f", due on {_day(duty['due'])}" if duty["due"] else ""
    return f"owed{due}{', overdue' if duty['overdue'] else ''}"


def _blocks(told: Told) -> dict[str, str]:
    return {f"the appeal answer on block {b['block']}": answer(b) for b in told["appeals"]}


def answer(block: Told) -> str:
    """Whether the block may be appealed against, and the rules that say so."""
    rules = ", ".join(dict.fromkeys(reason["rule"] for reason in block["because"]))
    under = f" ({rules})" if rules else ""
    received = "".join(
        f"; appeal {each['appeal']} {plain(each['status'])}" for each in block["appeals"]
    )
    return f"{_eligible(block)}{under}{received}"


def _eligible(block: Told) -> str:
    if block["eligible"] is None:
        return "that this policy knows no appeal"
    if block["eligible"]:
        return f"that its owner may appeal, since {day(block['eligible_from'])}"
    if block["status"] != "blocked":
        return f"that nothing is left to appeal against: it was {block['status']}"
    if any(reason["text"].startswith("Closed after") for reason in block["because"]):
        return f"that its owner may appeal no more, since {day(block['eligible_until'])}"
    return f"that its owner may not appeal before {day(block['eligible_from'])}"


def _versions(told: Told) -> dict[str, str]:
    policy = told["policy"]
    return {"the policy in force": f"{policy['id']} version {policy['version']}"} if policy else {}


def _day(moment: str) -> str:
    """The London day of a moment."""
    return day(london_date(moment))


def _by_name(before: dict[str, str], after: dict[str, str]) -> list[Told]:
    names = dict.fromkeys([*before, *after])
    return [
        change for name in names for change in _changes(name, before.get(name), after.get(name))
    ]


def _changes(what: str, was: str | None, now: str | None) -> Iterator[Told]:
    if was != now:
        yield {"what": what, "was": was, "is": now}
