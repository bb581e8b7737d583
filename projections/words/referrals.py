"""In words: what was passed to others or considered, and duties and refusals."""

from __future__ import annotations

from projections.words.phrases import Data, Saying, because, of_incidents, plain, quoted, stating

TO = {"illegal_images_hotline": "the illegal images hotline"}
OUTCOMES = {"none": "do nothing", "advice": "take advice", "action": "act"}


def to_police(who: str, data: Data) -> str:
    """What the police got, and why."""
    what = f"{of_incidents(data)} to {data.get('force', 'the police')}"
    ground = f" on the ground of {plain(data['ground'])}" if "ground" in data else ""
    return f"{who} referred {what}{ground}"


def not_to_police(who: str, data: Data) -> str:
    """Why the police got nothing."""
    return f"{who} decided not to refer {of_incidents(data)} to the police{because(data)}"


def to_platform(who: str, data: Data) -> str:
    """What the platform was told."""
    to = TO.get(data["to"], "the platform")
    what = "the account" if data.get("what") == "account" else "the content"
    return f"{who} reported {what} of incident {data['incident']} to {to}"


def to_authority(who: str, data: Data) -> str:
    """What an authority got."""
    return f"{who} referred {of_incidents(data)} to {plain(data['authority'])}"


def disclosed(who: str, data: Data) -> str:
    """What was told outside, to whom, and why."""
    about = f"about {of_incidents(data)} for {quoted(data.get('purpose'))}"
    return f"{who} told {quoted(data.get('to'))} {about}{stating(data, 'what')}"


def legal_action(who: str, data: Data) -> str:
    """What came of considering it."""
    outcome = OUTCOMES.get(data["outcome"], plain(data["outcome"]))
    about = f"legal action about {of_incidents(data)}"
    return f"{who} considered {about} and decided to {outcome}{because(data)}"


def waived(who: str, data: Data) -> str:
    """What need not be done."""
    return f"{who} waived duty {data['duty']}{because(data)}"


def discharged(who: str, data: Data) -> str:
    """What was done."""
    return f"{who} discharged duty {data['duty']}{stating(data, 'how')}"


def refused(who: str, data: Data) -> str:
    """What was tried and not allowed."""
    about = [f" for {kind} {data[kind]}" for kind in ("incident", "block") if kind in data]
    return f"{who} tried {data['command']}{''.join(about)}, which was {data['outcome']}"


SAYINGS: dict[str, Saying] = {
    "PoliceReferred": to_police,
    "PoliceNotReferred": not_to_police,
    "PlatformReported": to_platform,
    "AuthorityReferred": to_authority,
    "InformationDisclosed": disclosed,
    "LegalActionConsidered": legal_action,
    "DutyWaived": waived,
    "DutyDischarged": discharged,
    "RefusalRecorded": refused,
}
