"""The decision record of a block: the facts, the policy's words, what was weighed, who, when."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from domain.policy.policy import Policy
from services.replay.policy_then import clauses

Told = dict[str, Any]
REMOVALS = (
    *("PostHidden", "PostDeleted", "PostWithheld", "ContentGone", "RemovalHonoured"),
    *("PostRestored", "PlatformActed", "ActionNotPossible", "RemovalRequested", "WarningGiven"),
)
EVIDENCE = ("EvidenceCaptured", "EvidenceNotCaptured")
JUDGED = ("FlagUpheld", "FlagDismissed", "FindingOverturned")
BEFORE = ("BlockProposed", "IntentionNotified", "ResponseReceived", "ResponseConsidered")
OF_THE_BLOCK = (
    *("BlockApproved", "BlockApplied", "BlockNoticeGiven", "DirectorNotified"),
    *("DirectorAcknowledged", "BlockReviewed", "BlockVaried", "ReversalAgreed", "ReversalDeclined"),
    *("AppealFiled", "AppealReceivedEarly", "BlockReversed", "BlockEnded", "BlockLifted"),
)


def decision_records(found: Told, policy_of: Callable[[str], Policy]) -> list[Told]:
    """One record for each block that a replay holds, in the order of their numbers.

    `incidents` are the facts it rests on as they were when it was decided, `clauses` the words of
    the rules cited, `decision` the event that decided it, `before` and `after` what led to it and
    followed; a fact recorded after the decision has `known_later`.
    """
    blocks = {block["block"]: block for block in found["appeals"]}
    return [
        _record(found["events"], event, blocks[event["data"]["block"]], policy_of)
        for event in found["events"]
        if event["type"] == "Blocked" and event["data"]["block"] in blocks
    ]


def _record(
    events: list[Told], decision: Told, block: Told, policy_of: Callable[[str], Policy]
) -> Told:
    number = block["block"]
    about = [each for each in events if each["data"].get("block") == number]
    numbers = [n for n in decision["data"]["incidents"] if isinstance(n, int)]
    incidents = [_facts(events, decision, incident) for incident in numbers]
    cited = [decision, *(judged for each in incidents for judged in each["judged"])]
    return {
        "block": block,
        "decision": decision,
        "approval": next((e for e in about if e["type"] == "BlockApproved"), None),
        "incidents": incidents,
        "elsewhere": [n for n in decision["data"]["incidents"] if not isinstance(n, int)],
        "before": [each for each in about if each["type"] in BEFORE],
        "after": [each for each in about if each["type"] in OF_THE_BLOCK],
        "clauses": clauses(cited, policy_of),
    }


def _facts(events: list[Told], decision: Told, incident: int) -> Told:
    """What had happened about an incident by the decision."""
    about = [
        {**each, "known_later": each["sequence"] > decision["sequence"]}
        for each in events
        if each["occurred_at"] <= decision["occurred_at"] and incident in _incidents(each)
    ]
    return {
        "incident": incident,
        "flagged": next((e for e in about if e["type"] == "CommentFlagged"), None),
        "completed": [each for each in about if each["type"] == "RecordCompleted"],
        "judged": [each for each in about if each["type"] in JUDGED],
        "evidence": [each for each in about if each["type"] in EVIDENCE],
        "done": [each for each in about if each["type"] in REMOVALS],
    }


def _incidents(event: Told) -> Iterator[int]:
    data = event["data"]
    yield from (data[word] for word in ("incident",) if word in data)
    yield from data.get("incidents", ())
