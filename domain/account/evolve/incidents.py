"""How incident events change a case: flagged, completed, captured, judged, removed."""

from __future__ import annotations

from domain.account.incident import Incident
from domain.account.standing import Event, Standing

ALREADY = {"none": "visible", "hidden": "hidden", "held": "held", "removed": "deleted"}


def opened(case: Standing, event: Event) -> None:
    data = event["data"]
    case.case, case.council = event["case"], event["council"]
    case.opened_at = event["occurred_at"]
    case.platform = data["platform"]
    case.unknown = data.get("unknown", False)
    _named(case, data)


def flagged(case: Standing, event: Event) -> None:
    data = event["data"]
    if "account" in data:
        _named(case, data["account"])
    case.incidents[data["incident"]] = Incident(
        number=data["incident"],
        sequence=event["sequence"],
        flagged_at=event["occurred_at"],
        flagged_by=people(event),
        item=dict(data["item"]),
        source=data["source"],
        platform=case.platform,
        case=case.case,
        why=data.get("why"),
        seen_at=data.get("seen_at"),
        target=data.get("target"),
        linked=tuple(data.get("linked_incidents", ())),
        content=ALREADY[data["source"]["already"]],
        content_at=event["occurred_at"],
    )


def completed(case: Standing, event: Event) -> None:
    data = event["data"]
    incident = case.incidents[data["incident"]]
    incident.item |= data.get("item", {})
    incident.why = data.get("why", incident.why)
    incident.seen_at = data.get("seen_at", incident.seen_at)
    incident.target = data.get("target", incident.target)
    incident.linked = tuple(data.get("linked_incidents", incident.linked))
    if "account" in data:
        case.unknown = False
        _named(case, data["account"])


def handle_changed(case: Standing, event: Event) -> None:
    case.handle = event["data"]["handle"]
    _named(case, event["data"])


def corrected(case: Standing, event: Event) -> None:
    """A correction counts for what is judged from now on; guards passed are not run again."""
    data = event["data"]
    top, _, rest = data["field"].partition(".")
    for incident in case.incidents.values():
        if incident.sequence == data["sequence"]:
            if top == "item":
                incident.item[rest] = data["value"]
            elif top in ("why", "seen_at"):
                setattr(incident, top, data["value"])
            elif top == "target":
                incident.target = (incident.target or {}) | {rest: data["value"]}
    field = rest if top == "account" else top
    if data["sequence"] == 1 and field in ("name", "handle", "account_id"):
        setattr(case, field, data["value"])


def captured(case: Standing, event: Event) -> None:
    data = event["data"]
    case.incidents[data["incident"]].evidence.append(data["evidence"])
    case.evidence_count = max(case.evidence_count, data["evidence"])


def not_captured(case: Standing, event: Event) -> None:
    data = event["data"]
    case.incidents[data["incident"]].not_captured.add(data["ground"])


def upheld(case: Standing, event: Event) -> None:
    data = event["data"]
    incident = case.incidents[data["incident"]]
    incident.extreme = incident.extreme or "extreme" in data
    if incident.upheld:
        return
    _judged(incident, "upheld", event)
    incident.findings = tuple(data["findings"])
    incident.upheld_sequence = event["sequence"]
    incident.strike = data["strike"]
    incident.explicit = data.get("explicit", False)
    incident.apparent_nature = data["apparent_nature"]


def dismissed(case: Standing, event: Event) -> None:
    _judged(case.incidents[event["data"]["incident"]], "dismissed", event)


def overturned(case: Standing, event: Event) -> None:
    incident = case.incidents[event["data"]["incident"]]
    _judged(incident, "overturned", event)
    incident.strike = False


def closed(case: Standing, event: Event) -> None:
    case.incidents[event["data"]["incident"]].closed_at = event["occurred_at"]


def asked(case: Standing, event: Event) -> None:
    data = event["data"]
    incident = case.incidents[data["incident"]]
    incident.asked[data["via"]] = event["occurred_at"]


def not_possible(case: Standing, event: Event) -> None:
    data = event["data"]
    if data["action"] == "apply-block":
        block = case.blocks[data["block"]]
        if data["channel"] not in block.reached:
            block.channels[data["channel"]] = "not_possible"
    elif "incident" in data:
        incident = case.incidents[data["incident"]]
        incident.not_possible.add((data["action"], data.get("via", "")))


def reported(case: Standing, event: Event) -> None:
    case.incidents[event["data"]["incident"]].reported = True


def referred(case: Standing, event: Event) -> None:
    for incident in _own(case, event):
        incident.police = "referred"


def not_referred(case: Standing, event: Event) -> None:
    for incident in _own(case, event):
        incident.police = incident.police or "not_referred"


def to_authority(case: Standing, event: Event) -> None:
    for incident in _own(case, event):
        incident.authorities.add(event["data"]["authority"])


def considered_legal(case: Standing, event: Event) -> None:
    for incident in _own(case, event):
        incident.considered_legal = True


def people(event: Event) -> frozenset[str]:
    """Everyone who took part in an act: who did it and for whom."""
    # Who brings history along took no part in it.
    actor = None if event["actor"]["kind"] == "import" else event["actor"]["id"]
    both = (actor, event.get("on_behalf_of"))
    return frozenset(person for person in both if person)


def _own(case: Standing, event: Event) -> list[Incident]:
    """The incidents listed, without those of a linked case: its own history tells of them."""
    listed = event["data"]["incidents"]
    return [case.incidents[number] for number in listed if isinstance(number, int)]


def _named(case: Standing, names: Event) -> None:
    for field in ("account_id", "handle", "name"):
        if names.get(field) and (field == "name" or not getattr(case, field)):
            setattr(case, field, names[field])


def _judged(incident: Incident, status: str, event: Event) -> None:
    incident.status, incident.status_at = status, event["occurred_at"]
