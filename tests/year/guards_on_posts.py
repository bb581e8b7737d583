"""What stands against hiding, deleting, restoring, and asking an author to remove a post."""

from __future__ import annotations

from tests.year import days
from tests.year.guards import GONE, GUARDS, Asking


def hide(asking: Asking) -> None:
    _remove(asking, "hide")


def delete(asking: Asking) -> None:
    _remove(asking, "delete")


def _remove(asking: Asking, act: str) -> None:
    number = asking.document["incident"]
    for state in (asking.then.content(number), asking.present.content(number)):
        if state in GONE or (state == "hidden" and act == "hide"):
            asking.no("STATE")
            break
    _place(asking, act, number)
    ground = asking.document.get("ground")
    if ground is None:
        _breach(asking, number)
    elif asking.ashfield and ground == "reserved_power":
        _ground(asking, number, "R-A50", "R-A25")
    elif not asking.ashfield and ground == "protect_person":
        _ground(asking, number, "R-N42", "R-N23")
    elif not asking.ashfield and ground == "pre_election":
        _ground(asking, number, "R-N45", "R-N23")
        _election(asking)
    else:
        asking.no("SILENT")


def _place(asking: Asking, act: str, number: int) -> None:
    place, item = asking.then.where(number), asking.then.item(number)
    if place == "own_message":
        asking.no("R-A36" if asking.ashfield else "R-N38")
    elif place != "own_page":
        asking.no("R-A2" if asking.ashfield else "R-N3")
    elif item["kind"] in ("profile", "follow", "contact_volume"):
        asking.no("STATE")
    elif act == "delete" and asking.case.platform == "x":
        asking.no("R-A25" if asking.ashfield else "R-N19", also=("R-N31",))


def _breach(asking: Asking, number: int) -> None:
    then = asking.then
    if asking.ashfield:
        if then.incomplete(number):
            asking.no("R-A24", also=("R-A23",))
        if not then.upheld(number):
            asking.no("R-A3", "R-A10", also=("R-A23",))
        if not then.captured(number):
            asking.no("R-A25", also=("R-A38", "R-A23"))
            if "hate" in then.categories(number):
                asking.no("R-A38")
        return
    if not then.upheld(number):
        asking.no("R-N19", "R-N34")
    if not then.captured(number):
        asking.no("R-N23", also=("R-N19",))


def _ground(asking: Asking, number: int, rule: str, evidence: str) -> None:
    if "reason" not in asking.document:
        asking.no(rule)
    if asking.document.get("viewpoint_neutral") is not True:
        asking.no(asking.council.viewpoint)
    if not asking.then.captured(number):
        asking.no(evidence)


def _election(asking: Asking) -> None:
    day = days.london_day(asking.at).isoformat()
    for period in asking.oracle.periods:
        same = (period["council"], period["kind"]) == (asking.council.id, "pre_election")
        if same and period["from"] <= day <= period["until"]:
            return
    asking.no("R-N45")


def restore(asking: Asking) -> None:
    if asking.then.content(asking.document["incident"]) != "hidden":
        asking.no("STATE")


def ask_removal(asking: Asking) -> None:
    number, document = asking.document["incident"], asking.document
    if asking.then.content(number) in GONE:
        asking.no("STATE")
    if asking.ashfield:
        asking.no("SILENT")
        return
    if document["via"] not in ("public_reply", "direct_message"):
        asking.no("R-N20")
    if not asking.then.upheld(number):
        asking.no("R-N20")
    if document["delivery"] == "failed" and "failure" not in document:
        asking.no("R-N20")


GUARDS |= {"hide": hide, "delete": delete, "restore": restore, "ask-removal": ask_removal}
