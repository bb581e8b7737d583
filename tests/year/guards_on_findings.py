"""What stands against finding a breach: the categories of each policy, and what each asks."""

from __future__ import annotations

from typing import Any

from tests.year import days
from tests.year.guards import GUARDS, Asking


def uphold(asking: Asking) -> None:
    document, then, council = asking.document, asking.then, asking.council
    number = document["incident"]
    if document["viewpoint_neutral"] is not True:
        asking.no(council.viewpoint)
        asking.instead.add("dismiss")
    posted = days.london_day(then.posted(number))
    if council.in_force_from and posted < council.in_force_from:
        asking.no("R-N50")
        return
    if "extreme" in document:
        flagged = then.one("CommentFlagged", incident=number)
        if not asking.ashfield:
            asking.no("SILENT")
        elif flagged and flagged.who & asking.people:
            asking.no("R-A26")
    adds = then.upheld(number) and "extreme" in document and not then.marked(number, "extreme")
    if adds and asking.ashfield:
        return
    if then.status(number) != "flagged":
        asking.no("STATE")
    if then.incomplete(number):
        asking.no("R-A24")
    for finding in document["findings"]:
        _finding(asking, finding, number)


def _finding(asking: Asking, finding: dict[str, Any], number: int) -> None:
    council, category = asking.council, finding["category"]
    rule = council.categories.get(category)
    if rule is None:
        asking.no(*(() if asking.ashfield else ("R-N34",)), also=("R-A3", "R-A7", "R-N2"))
        return
    extra = ("R-A5", "R-N3", "R-N37", "R-N36")
    sub = finding.get("sub_reason")
    if category == "defamatory_false":
        facts = "true_facts" in finding and "fact_source" in finding
        if sub is None or (sub in ("misleading", "false") and not facts):
            asking.no(rule, also=extra)
    if category in ("hate", "discriminatory"):
        told = set(finding.get("characteristics", ()))
        listed = category == "hate" or not asking.ashfield
        if not told or (listed and not told <= council.characteristics):
            asking.no(rule, also=extra)
    if category == "trolling":
        told = set(finding.get("elements", ()))
        if not {"controversial", "irrelevant", "off_topic"} <= told:
            asking.no(rule, also=extra)
    if category == "spam":
        flagged = asking.then.one("CommentFlagged", incident=number)
        if not flagged or not set(flagged.data.get("linked_incidents", ())) - {number}:
            asking.no(rule, also=extra)
    if category == "off_topic" and not asking.ashfield and finding.get("completely") is not True:
        asking.no(rule, also=extra)
    if category == "intimidatory" and not finding.get("target"):
        asking.no(rule, also=extra)


GUARDS["uphold"] = uphold
