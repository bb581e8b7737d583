"""Flagging an item, completing its record, and closing its incident."""

from __future__ import annotations

from typing import Any

from domain.account.incident import PAGELESS, WITHOUT_POST, Incident
from domain.account.standing import Standing
from domain.commands.discharge import raised_under
from domain.commands.duties import follows_without_finding, raise_duties
from domain.commands.inquiry import Inquiry
from domain.commands.needs import record_is_complete
from domain.commands.outcomes import InvalidCommand
from domain.commands.platform import note_the_filter
from domain.commands.verdict import Draft
from domain.handles import normal_handle
from domain.policy.policy import Policy
from domain.policy.rules import way_on

FLAG_FIELDS = ("why", "seen_at", "target", "welfare_concern", "linked_incidents")
MOMENTS = (("seen_at",), ("item", "posted_at"))


def flag(inquiry: Inquiry) -> None:
    """Record an item that may break the policy; opens a case where there is none (R-A24)."""
    command, policy = inquiry.command, inquiry.policy
    item = {"where": "own_page"} | command["item"]
    source = {"already": "none"} | command["source"]
    account = command.get("account", {})
    _check_page(inquiry, policy, item, account)
    _check_linked(inquiry)
    missing = missing_fields(policy, account, inquiry.case, command)
    by_officer = source["kind"] == "officer" and not account.get("unknown")
    if by_officer and missing:
        inquiry.refuse(policy.cited("record", "rules"), "the record is incomplete", missing)
    _warn_of_twins(inquiry, item)
    inquiry.allow(policy.cited("record", "before_acting")[-1:])
    if source["kind"] == "platform_filter":
        note_the_filter(inquiry, policy)
    if not inquiry.present.version:
        names = {k: v for k, v in account.items() if k != "new_account"}
        inquiry.record("AccountOpened", **({"platform": inquiry.case.platform} | names))
    number = len(inquiry.present.incidents) + 1
    named = {k: v for k, v in account.items() if k not in ("new_account", "unknown")}
    draft = inquiry.record(
        "CommentFlagged",
        incident=number,
        item=item,
        source=source,
        account=named if len(named) > 1 else None,
        **inquiry.fields(*FLAG_FIELDS),
    )
    raise_duties(
        inquiry,
        draft,
        "flagged",
        {"incident": number},
        lambda duty: (
            (not duty.sources or source["kind"] in duty.sources)
            and (duty.code != "complete_record" or bool(missing))
        ),
    )
    if account.get("unknown"):
        _owe_a_name(inquiry, draft, number)


def missing_fields(
    policy: Policy, account: dict[str, Any], case: Standing, told: dict[str, Any]
) -> list[str]:
    """The record fields that the policy asks for and nobody has given yet (R-A24)."""
    item = told.get("item", {})
    known = {
        "account.name": account.get("name") or case.name,
        "account.handle": account.get("handle") or case.handle,
        "item.posted_at": item.get("posted_at"),
        "item.post": item.get("text") or item.get("url") or item.get("platform_item_id"),
        "why": told.get("why"),
    }
    asked = policy.at("record", "fields") or ()
    if item.get("kind") in WITHOUT_POST:
        asked = policy.at("record", "fields_without_post") or asked
    return [field for field in asked if not known[field]]


def complete_record(inquiry: Inquiry) -> None:
    """Add what the flag of an incident lacked; what is there already is corrected, not filled."""
    command = inquiry.command
    incident = inquiry.incident(command["incident"])
    told = inquiry.fields("item", *FLAG_FIELDS) | _names_told(inquiry)
    _check_not_known(inquiry, told.get("account", {}))
    repeated = _already_there(inquiry, incident, told)
    if repeated:
        what = f"{', '.join(repeated)} of incident {incident.number} is recorded already"
        inquiry.refuse_state(what)
    _check_linked(inquiry)
    inquiry.allow(inquiry.policy.cited("record", "rules"))
    whole = {
        "item": incident.item | told.get("item", {}),
        "why": told.get("why", incident.why),
    }
    missing = missing_fields(inquiry.policy, told.get("account", {}), inquiry.case, whole)
    unnamed = inquiry.case.unknown and "account" not in told
    inquiry.record_complete = not missing and not unnamed
    # What one incident's record lacked, another's may have told since: the account's names.
    told_elsewhere = inquiry.record_complete and not record_is_complete(inquiry, incident)
    if not told and not told_elsewhere:
        raise InvalidCommand("item", "nothing is said that the record lacks", "a missing field")
    inquiry.record("RecordCompleted", incident=incident.number, **told)


def dismiss(inquiry: Inquiry) -> None:
    """Say that a flagged item is no breach, or not ours to judge (R-A3, R-N2)."""
    incident = inquiry.incident(inquiry.command["incident"])
    if incident.status != "flagged":
        instead = [("overturn", rule) for rule in inquiry.policy.cited("viewpoint", "rules")]
        what = f"Incident {incident.number} was {incident.status} on {incident.status_at}"
        inquiry.refuse_state(what, instead if incident.upheld else ())
    inquiry.allow(inquiry.policy.cited("viewpoint", "rules"))
    draft = inquiry.record("FlagDismissed", **inquiry.fields("incident", "reason"))
    suits = follows_without_finding(inquiry, incident, inquiry.command["reason"])
    raise_duties(inquiry, draft, "dismissed", {"incident": incident.number}, suits)


def close_incident(inquiry: Inquiry) -> None:
    """Close an incident that owes nothing more (R-A12, R-A37)."""
    command = inquiry.command
    incident = inquiry.incident(command["incident"])
    if incident.closed_at:
        inquiry.refuse_state(f"Incident {incident.number} was closed on {incident.closed_at}")
    reasoned = []
    for duty in inquiry.case.owed(lambda d: d.about.get("incident") == incident.number):
        _, reason_stands = raised_under(inquiry, duty)
        if reason_stands and "unremoved_because" in command:
            reasoned.append(duty.id)
            continue
        missing = [duty.code, *(["unremoved_because"] if reason_stands else [])]
        rule = inquiry.policy.rules[duty.rule]
        inquiry.refuse((rule,), f"{duty.code} is still owed ({duty.id})", missing)
    draft = inquiry.record("IncidentClosed", **inquiry.fields("incident", "unremoved_because"))
    draft.ends += reasoned


def _check_page(
    inquiry: Inquiry, policy: Policy, item: dict[str, Any], account: dict[str, Any]
) -> None:
    pages = policy.at("channels", "pages") or {}
    platform = inquiry.case.platform or account.get("platform", "")
    rules = policy.cited("channels", "rules")
    ours = {page["platform"] for page in pages.values()} | PAGELESS
    if item["where"] == "own_page" and platform not in ours:
        inquiry.refuse(rules, f"{platform} is not a council channel", ["account.platform"])
    if "channel" in item and item["channel"] not in pages:
        inquiry.refuse(rules, f"{item['channel']} is not a council channel", ["item.channel"])


def _check_linked(inquiry: Inquiry) -> None:
    for index, number in enumerate(inquiry.command.get("linked_incidents", ())):
        if isinstance(number, int):
            inquiry.incident(number, f"linked_incidents.{index}")


def _warn_of_twins(inquiry: Inquiry, item: dict[str, Any]) -> None:
    for incident in inquiry.case.incidents.values():
        for field in ("url", "platform_item_id"):
            if item.get(field) and incident.item.get(field) == item[field]:
                inquiry.warnings.append(
                    f"incident {incident.number} has the same {field}: is this the same item?"
                )
                break


def _names_told(inquiry: Inquiry) -> dict[str, Any]:
    """The names that the command adds; those that the case has already only say which case."""
    named = inquiry.command.get("account", {})
    known = {field: getattr(inquiry.case, field) for field in ("account_id", "handle", "name")}
    added = {f: v for f, v in named.items() if f in known and not _same_name(v, known[f])}
    if not added:
        return {}
    return {"account": {"platform": inquiry.case.platform} | added}


def _same_name(told: str, known: str | None) -> bool:
    return known is not None and normal_handle(told) == normal_handle(known)


def _check_not_known(inquiry: Inquiry, names: dict[str, Any]) -> None:
    """Refuse to name an unknown author who turns out to have a case."""
    if not inquiry.case.unknown or not names:
        return
    other = inquiry.world.holder_of(names)
    if other and other != inquiry.case.case:
        flag_there = way_on("STATE", f"Flag the item in case {other}")
        dismiss_here = way_on("STATE", "Dismiss it here as a duplicate")
        what = f"That account has a case already: {other}"
        inquiry.refuse_state(what, [("flag", flag_there), ("dismiss", dismiss_here)])


def _owe_a_name(inquiry: Inquiry, draft: Draft, number: int) -> None:
    if any(duty.code == "complete_record" for duty in draft.owes):
        return
    rules = inquiry.policy.cited("record", "unknown_author")
    if rules:
        inquiry.owe_plainly(draft, "complete_record", rules[0], {"incident": number})


def _already_there(inquiry: Inquiry, incident: Incident, told: dict[str, Any]) -> list[str]:
    known = [f"item.{field}" for field in told.get("item", {}) if field in incident.item]
    known += [f for f in ("why", "seen_at", "target") if f in told and getattr(incident, f)]
    for field in ("account_id", "handle", "name"):
        if field in told.get("account", {}) and getattr(inquiry.case, field):
            known.append(f"account.{field}")
    return known
