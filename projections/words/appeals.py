"""In words: appeals and complaints."""

from __future__ import annotations

from projections.words.phrases import Data, Saying, because, day, plain, stating, way


def filed(who: str, data: Data) -> str:
    """An appeal is open."""
    due = f", to be decided by {day(data['decide_by'])}" if "decide_by" in data else ""
    return f"{_received(data)}{due}"


def received_early(who: str, data: Data) -> str:
    """An appeal came before its day."""
    return f"{_received(data)}, too early: it opens on {day(data.get('opens_on'))}"


def acknowledged(who: str, data: Data) -> str:
    """The person was told that it arrived."""
    return f"{who} acknowledged appeal {data['appeal']}"


def withdrawn(who: str, data: Data) -> str:
    """The person took it back."""
    return f"{who} recorded that appeal {data['appeal']} was withdrawn"


def dismissed(who: str, data: Data) -> str:
    """The block stays."""
    return f"{who} dismissed appeal {data['appeal']}{stating(data, 'reasons')}"


def complained(who: str, data: Data) -> str:
    """Somebody complained."""
    block = f" about block {data['block']}" if "block" in data else ""
    received = f"was received on {day(data['received_on'])}{way(data)}"
    return f"Complaint {data['complaint']}{block} {received}"


def complaint_acknowledged(who: str, data: Data) -> str:
    """The person was told that it arrived."""
    due = f", to be answered by {day(data['answer_by'])}" if "answer_by" in data else ""
    return f"{who} acknowledged complaint {data['complaint']} at stage {data['stage']}{due}"


def extended(who: str, data: Data) -> str:
    """The answer takes longer."""
    until = f"until {day(data['until'])}"
    return f"{who} extended the answer to complaint {data['complaint']} {until}{because(data)}"


def answered(who: str, data: Data) -> str:
    """The person has an answer."""
    result = f"as {plain(data['result'])}{stating(data, 'reasons')}"
    return f"{who} answered complaint {data['complaint']} at stage {data['stage']} {result}"


def escalated(who: str, data: Data) -> str:
    """Another person looks at it."""
    return f"{who} took complaint {data['complaint']} to stage {data['stage']}"


def _received(data: Data) -> str:
    what = "to be let back after" if data.get("kind") == "readmission" else "against"
    why = f" because of {plain(data['because'])}" if "because" in data else ""
    received = f"was received on {day(data['received_on'])}{way(data)}"
    return f"Appeal {data['appeal']} {what} block {data['block']}{why} {received}"


SAYINGS: dict[str, Saying] = {
    "AppealFiled": filed,
    "AppealReceivedEarly": received_early,
    "AppealAcknowledged": acknowledged,
    "AppealWithdrawn": withdrawn,
    "AppealDismissed": dismissed,
    "ComplaintReceived": complained,
    "ComplaintAcknowledged": complaint_acknowledged,
    "ComplaintExtended": extended,
    "ComplaintAnswered": answered,
    "ComplaintEscalated": escalated,
}
