"""Why a past command was answered as it was: as recorded, as asked again, and what differs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import orjson

from domain.calendar.london import write_moment
from projections.words import sentence
from services.casework.asked import LEFT_OUT
from services.casework.offices import Offices
from services.faults import NotFound
from services.replay.asking_again import Again, AskingAgain, position_of
from services.replay.past import bodies_of
from services.store.answers import Answers
from services.store.directory import Directory
from services.store.lookups import Case, Lookups
from services.store.register import Register

Told = dict[str, Any]
Body = dict[str, Any]
COMPARED = ("type", "occurred_at", "late", "rules", "duties", "discharges", "irregular", "data")
ALSO = ("policy", "substance")
VERDICT = ("allowed", "missing", "allowed_from", "instead", "judged_by")
IMPORTED = (
    "It was brought along by an import: nobody was asked, so there is no verdict to ask again."
)
NOT_KEPT = "The record does not hold what was asked, so it can't be asked again."


class Why:
    """Finds the command behind an event and asks it again; records nothing."""

    def __init__(
        self,
        register: Register,
        lookups: Lookups,
        offices: Offices,
        directory: Directory,
        answers: Answers,
    ) -> None:
        self._register = register
        self._lookups = lookups
        self._offices = offices
        self._directory = directory
        self._answers = answers

    def __call__(self, case: Case, sequence: int) -> Told:
        """The verdict of the command that made that event; raises NotFound.

        `recorded` and `again` have `outcome`, `role`, `rules`, `duties`, `discharges`,
        `irregular`, `policy` and `substance`; `same` is None where nothing could be asked.
        """
        made = self._made(case, sequence)
        told: Told = {
            "case": case.case_ref,
            "council": case.council,
            "events": [{"type": e["type"], "sequence": e["sequence"]} for e in made],
            "words": " ".join(map(sentence, made)),
            "recorded_at": made[0]["recorded_at"],
            "recorded": _answer(made),
            "rules": self._quoted(made),
            "asked": None,
            "at": made[0]["occurred_at"],
            "again": None,
            "why": [],
            "same": None,
            "differs": [],
            "because": IMPORTED,
        }
        if made[0]["actor"]["kind"] == "import":
            return told
        again = self._again(case, made)
        if again is None:
            return told | {"because": NOT_KEPT}
        first = self._first_verdict(case, made[0]["command_id"])
        found = [*_differences(made, again.made), *_of_verdict(first, again)]
        return told | {
            "asked": _spoken(again),
            "at": write_moment(again.document.at),
            "again": _answer(again.made) | {"outcome": again.judgement.outcome},
            "why": again.judgement.why,
            "same": not found,
            "differs": found,
            "because": None,
        }

    def _made(self, case: Case, sequence: int) -> list[Body]:
        """The events of the command that made that one."""
        events = bodies_of(self._register, case.stream)
        if not 1 <= sequence <= len(events):
            there = f"Case {case.case_ref} has the events 1 to {len(events)}"
            raise NotFound(f"{there}, none of number {sequence}.")
        found = events[sequence - 1]
        same = [each for each in events if each["command_id"] == found["command_id"]]
        return same if found["actor"]["kind"] == "person" else [found]

    def _again(self, case: Case, made: Sequence[Body]) -> Again | None:
        position = min(self._positions(case, made))
        asking = AskingAgain(
            self._register, self._lookups, self._offices, self._directory, case, position
        )
        return asking.asked(made)

    def _positions(self, case: Case, made: Sequence[Body]) -> Iterator[int]:
        """Where the command's events stand, those in another case's history too."""
        yield position_of(self._register, case.stream, made[0]["sequence"])
        other = self._lookups.by_case(str(made[-1]["data"].get("other", "")))
        if other is not None:
            for event in bodies_of(self._register, other.stream):
                if event["command_id"] == made[0]["command_id"]:
                    yield position_of(self._register, other.stream, event["sequence"])

    def _first_verdict(self, case: Case, command_id: str) -> Told:
        """The verdict as it was answered, where an answer is kept."""
        first = self._answers.first_answer(case.council, command_id)
        answer = orjson.loads(first.answer) if first else {}
        verdict: Told = answer.get("verdict", {}) if answer.get("case") == case.case_ref else {}
        return verdict

    def _quoted(self, made: Sequence[Body]) -> list[dict[str, str | None]]:
        """The rules recorded, in the words of the version that it was decided under."""
        named = [made[0][word] for word in ALSO if made[0].get(word, {}).get("sha256")]
        policies = [self._offices.policy(each["sha256"]) for each in named]
        quoted: list[dict[str, str | None]] = []
        for number in made[0]["rules"]:
            rule = next((p.rules[number] for p in policies if number in p.rules), None)
            said = (rule.force, rule.quote) if rule else (None, None)
            quoted.append({"rule": number, "force": said[0], "quote": said[1]})
        return quoted


def _answer(made: Sequence[Body]) -> Told:
    """The verdict as events hold it, once for all that one command made."""
    if not made:
        nothing: Told = {"role": None, "rules": [], "duties": [], "discharges": [], "irregular": []}
        return nothing | {"outcome": "refused", "policy": None, "substance": None}
    first = made[0]
    refused = first["type"] == "RefusalRecorded"
    return {
        "outcome": first["data"]["outcome"] if refused else "accepted",
        "role": first["actor"]["role"],
        "rules": first["rules"],
        "duties": [duty for each in made for duty in each["duties"]],
        "discharges": [duty for each in made for duty in each["discharges"]],
        "irregular": first["irregular"],
        "policy": first.get("policy"),
        "substance": first.get("substance"),
    }


def _spoken(again: Again) -> Told:
    """The command that was asked again, and the fields whose words were not kept."""
    fields = again.document.fields
    return {**fields, "words_left_out": sorted(k for k, v in fields.items() if v == LEFT_OUT)}


def _differences(made: Sequence[Body], again: Sequence[Body]) -> Iterator[Told]:
    """What the events say, and what they would say if they were recorded again."""
    types = [[each["type"] for each in events] for events in (made, again)]
    if types[0] != types[1]:
        yield {"what": "events", "then": types[0], "again": types[1]}
        return
    for then, now in zip(made, again, strict=True):
        place = f" of event {then['sequence']}" if len(made) > 1 else ""
        for word in (*COMPARED, *ALSO):
            if then.get(word) != now.get(word):
                yield {"what": word + place, "then": then.get(word), "again": now.get(word)}
        if then["actor"]["role"] != now["actor"]["role"]:
            roles = (then["actor"]["role"], now["actor"]["role"])
            yield {"what": f"role{place}", "then": roles[0], "again": roles[1]}


def _of_verdict(first: Told, again: Again) -> Iterator[Told]:
    """What the answer said then, and what it would say; of a verdict that is kept."""
    now = again.judgement.verdict.as_json([])
    for word in VERDICT:
        if word in first and first[word] != now[word]:
            yield {"what": word, "then": first[word], "again": now[word]}
