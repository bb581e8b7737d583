"""An answer to a command, in words: first what came of it, then the rules, then what follows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from services.cli.duties import in_words as duty_in_words
from services.cli.saying import about, day, event_words, plain, rule_words, sentence

Answer = dict[str, Any]

NOT_DONE = {
    "refused": "Refused",
    "forbidden": "Not allowed for this person",
    "not_found": "Not found",
    "conflict": "Not recorded",
}


def in_words(answer: Answer, command: str, *, dry: bool) -> Iterator[str]:
    """The lines to print for an answer."""
    if answer["outcome"] == "duplicate":
        yield "Done before under this command_id; nothing was recorded again. The first answer:"
        yield from in_words(answer["first"], command, dry=False)
    elif answer["outcome"] == "invalid":
        yield from _invalid(answer, command)
    else:
        yield from _first_sentence(answer, command, dry)
        yield from _rest(answer)


def _first_sentence(answer: Answer, command: str, dry: bool) -> Iterator[str]:
    outcome, why = answer["outcome"], answer.get("why") or []
    if outcome == "accepted":
        done = "; ".join(map(_event, answer["events"]))
        case = f" in case {answer['case']}" if answer.get("case") else ""
        if dry:
            yield f"Allowed: {plain(command)}{case}. Nothing was recorded."
        else:
            yield sentence(f"Recorded{case}: {done or 'nothing new'}")
        yield from (sentence(reason) for reason in why)
    else:
        reasons = why or [f"{command} can't be done"]
        yield f"{NOT_DONE[outcome]}: {sentence(reasons[0], begins=False)}"
        yield from (f"Also: {sentence(reason)}" for reason in reasons[1:])
        if any(event["type"] == "RefusalRecorded" for event in answer["events"]) and not dry:
            yield f"That it was tried is recorded in case {answer['case']}."


def _rest(answer: Answer) -> Iterator[str]:
    verdict = answer.get("verdict") or {}
    if rules := verdict.get("rules"):
        yield from ("", "Rules:", *(f"  {rule_words(rule)}" for rule in rules))
    yield from _versions(verdict.get("judged_by") or [])
    if duties := verdict.get("duties"):
        yield from ("", "Now owed:", *(f"  {duty_in_words(duty)}" for duty in duties))
    if missing := verdict.get("missing"):
        yield from ("", f"What is missing: {', '.join(missing)}")
    if opens := verdict.get("allowed_from"):
        yield from ("", f"Allowed from {day(opens)}.")
    if instead := verdict.get("instead"):
        yield from ("", "What is open instead:", *(f"  {_way(way)}" for way in instead))
    if warnings := verdict.get("warnings"):
        yield from ("", *(f"Note: {sentence(warning)}" for warning in warnings))


def _versions(judged_by: list[dict[str, str]]) -> Iterator[str]:
    """Which versions judged, where that was more than the one in force."""
    if len(judged_by) > 1:
        yield ""
        yield "Judged by each of these versions; what the kinder says holds:"
        yield from (f"  {each['id']}@{each['version']}, {each['because']}" for each in judged_by)


def _invalid(answer: Answer, command: str) -> Iterator[str]:
    errors = answer["errors"]
    if len(errors) == 1:
        yield f"Not a sound command: {_error(errors[0])}"
    else:
        yield f"Not a sound command, for {len(errors)} reasons:"
        yield from (f"  {_error(error)}" for error in errors)
    yield f"casebook {command} --help lists its fields."


def _error(error: Answer) -> str:
    return f"{error['path'] or 'the document'} {error['problem']}; wanted: {error['wanted']}"


def _event(event: Answer) -> str:
    numbers = {word: n for word, n in event.items() if word not in ("type", "sequence")}
    return event_words(event["type"]) + (f" ({about(numbers)})" if numbers else "")


def _way(way: Answer) -> str:
    return f"{way['command']} ({way['rule']}): {sentence(way['text'])}"
