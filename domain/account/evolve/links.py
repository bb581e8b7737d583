"""How links between cases begin and end."""

from __future__ import annotations

from domain.account.link import Link
from domain.account.standing import Event, Standing


def linked(case: Standing, event: Event) -> None:
    data = event["data"]
    case.links.append(Link(data["other"], data["kind"], event["occurred_at"]))


def unlinked(case: Standing, event: Event) -> None:
    data = event["data"]
    for link in case.links:
        if link.stands and (link.other, link.kind) == (data["other"], data["kind"]):
            link.until = event["occurred_at"]
