"""A replay in words: the case at a time, what changed between two, a verdict asked again."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from services.cli.duties import in_words as duty_in_words
from services.cli.events import event_in_words
from services.cli.links import in_short
from services.cli.saying import moment, plain, rule_words
from services.cli.show import heading, incomplete_in_words, state_in_words

Found = dict[str, Any]


def in_words(found: Found) -> Iterator[str]:
    """The case's events and its state; at a time, the policy and the appeal answer too."""
    then = found["as_of"] or found["as_known_at"]
    if found["state"] is None:
        yield from _not_begun(found)
        return
    yield heading(found)
    if since := found["incomplete_since"]:
        yield incomplete_in_words(since)
    if then:
        yield from _asked(found)
        yield from _policy(found["policy"])
    yield from in_short(found["state"]["links"])
    by_event = {each["sequence"]: each for each in found["corrections"]}
    for event in found["events"]:
        yield ""
        corrected = [c for c in found["corrections"] if c["corrects"] == event["sequence"]]
        yield from event_in_words(event, by_event.get(event["sequence"]), corrected)
    yield from state_in_words(found["state"] | ({"blocks": found["appeals"]} if then else {}))


def difference_in_words(found: Found) -> Iterator[str]:
    """The events that came, and each change as a sentence."""
    before, after = found["from"], found["until"]
    yield f"Case {found['case']}, {found['council']}: what changed."
    yield f"From: {_clocks(before)}."
    yield f"Until: {_clocks(after)}."
    for title, events in (("Events that came in:", found["came"]), ("Gone:", found["gone"])):
        if events or title.startswith("Events"):
            yield ""
            yield title
            yield from (f"  {line}" for event in events for line in event_in_words(event))
            if not events:
                yield "  none"
    yield ""
    yield "What is another now:"
    yield from (f"  {each}" for each in found["words"] or ["nothing"])


def _not_begun(found: Found) -> Iterator[str]:
    begins = found["begins"]
    yield f"Case {found['case']}, {found['council']}: it had not begun."
    yield from _asked(found)
    yield (
        f"Its first event happened on {moment(begins['occurred_at'])}, "
        f"and the first was recorded on {moment(begins['recorded_at'])}."
    )


def _asked(found: Found) -> Iterator[str]:
    if told := _clocks(found):
        yield f"{told[:1].upper()}{told[1:]}."


def _clocks(asked: Found) -> str:
    parts = []
    if asked["as_of"]:
        late = "" if asked["as_known_at"] else ", late entries included"
        parts.append(f"as it stood on {_moment(asked['as_of'])}{late}")
    if asked["as_known_at"]:
        parts.append(f"as it was known on {_moment(asked['as_known_at'])}")
    return ", ".join(parts)


def _moment(text: str) -> str:
    """A moment; the end of a day by its day alone."""
    told = moment(text)
    return f"{told.rpartition(',')[0]}, at the end of the day" if ".999999" in text else told


def _policy(policy: Found | None) -> Iterator[str]:
    yield ""
    if policy is None:
        yield "No policy was known then."
        return
    since = f"since {policy['from']}" if policy["from"] else "without a first day"
    force = "in force" if policy["in_force"] else "not in force yet, the first there is"
    yield f"Policy then: {policy['id']} version {policy['version']}, {force} {since}."
    yield "It says, of what this case cites:"
    for clause in policy["clauses"]:
        other = clause["version"] != policy["version"]
        told = {key: value for key, value in clause.items() if key != "version" or other}
        yield f"  {rule_words(told)}"


def why_in_words(found: Found) -> Iterator[str]:
    """The verdict as it was recorded, and as it is when asked again."""
    events = ", ".join(f"{each['sequence']} ({each['type']})" for each in found["events"])
    yield f"Case {found['case']}, {found['council']}: why event {events}."
    yield f"  {found['words']}"
    yield f"  Happened {moment(found['at'])}; recorded {moment(found['recorded_at'])}."
    yield ""
    yield f"The verdict as recorded: {_verdict(found['recorded'])}."
    yield from (f"  {rule_words(rule)}" for rule in found["rules"])
    yield from (f"  Then owed: {duty_in_words(duty)}" for duty in found["recorded"]["duties"])
    yield from _irregular(found["recorded"])
    yield ""
    if found["asked"] is None:
        yield found["because"]
        return
    if words := found["asked"]["words_left_out"]:
        yield f"Of {', '.join(words)} the record keeps that it was said, not the words."
    if found["same"]:
        yield "Asked again, with what was recorded before it: the same answer."
        return
    yield f"ASKED AGAIN, THE ANSWER DIFFERS: {_verdict(found['again'])}."
    yield from (f"  {each}" for each in found["why"])
    for each in found["differs"]:
        yield f"  {plain(each['what'])}: recorded {_shown(each['then'])}"
        yield f"    asked again {_shown(each['again'])}"


def _verdict(answer: Found) -> str:
    role = f", as {plain(answer['role'])}" if answer["role"] else ""
    return f"{plain(answer['outcome'])}{role}"


def _irregular(answer: Found) -> Iterator[str]:
    yield from (f"  Irregular: {each['rule']}, {each['what']}" for each in answer["irregular"])


def _shown(value: Any) -> str:
    import orjson

    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS).decode()
