"""What stands against a block, telling of it, applying it and lifting it."""

from __future__ import annotations

from tests.year import days
from tests.year.guards import GUARDS, Asking


def block(asking: Asking) -> None:
    document, council = asking.document, asking.council
    ground, listed = document["ground"], document["incidents"]
    channels = document["channels"]
    channels = list(council.channels) if channels == "all" else channels
    if not set(channels) <= set(council.channels):
        asking.no("R-A2" if asking.ashfield else "R-N3")
    if _covered(asking, channels):
        asking.no("STATE")
    if ground not in council.grounds:
        asking.no(*(() if asking.ashfield else ("SILENT",)), also=("R-A26", "R-A50"))
        return
    rule = council.grounds[ground]
    if document["scope"] != council.scopes[ground]:
        asking.no(rule, also=("R-A50",))
    if document.get("length", {}).get("kind") == "permanent":
        asking.no("SILENT")
    if not listed and ground != "reserved_power":
        asking.no(rule)
    if document.get("viewpoint_neutral") is False:
        asking.no(council.viewpoint)
    for number in listed:
        _incident(asking, number, rule)
    GROUNDS[ground](asking, listed)


def _covered(asking: Asking, channels: list[str]) -> bool:
    """Whether a standing block has that scope on all of these channels already."""
    for state in (asking.then, asking.present):
        for number in state.blocks():
            data = state.block(number).data
            same = data["scope"] == asking.document["scope"]
            if same and state.stands(number) and set(channels) <= set(data["channels"]):
                return True
    return False


def _incident(asking: Asking, number: int, rule: str) -> None:
    if asking.then.incomplete(number):
        asking.no("R-A24", also=("R-A23",))
    if not asking.then.upheld(number):
        asking.no("R-A10" if asking.ashfield else rule, also=("R-A3", "R-A26", "R-N34"))
    if not asking.then.captured(number):
        asking.no("R-A30" if asking.ashfield else "R-N23", also=("R-A25",))


def continues(asking: Asking, listed: list[int]) -> None:
    then = asking.then
    if listed:
        latest = max(listed, key=lambda n: (then.posted(n), n))
        earlier = [
            n for n in then.strikes() if n != latest and then.posted(n) <= then.posted(latest)
        ]
        if not earlier:
            asking.no("R-A26")
    for number in listed:
        removed = then.content(number) != "visible"
        item = then.item(number)
        no_post = then.where(number) != "own_page" or item["kind"] in (
            "profile",
            "follow",
            "contact_volume",
        )
        hide, gone = then.impossible(number, "hide"), then.impossible(number, "delete")
        stuck = hide and (gone or asking.case.platform == "x")
        if not removed and not no_post and not stuck:
            asking.no("R-A23")


def extreme(asking: Asking, listed: list[int]) -> None:
    if not any(asking.then.upheld(n) and asking.then.marked(n, "extreme") for n in listed):
        asking.no("R-A26")


def reserved_power(asking: Asking, listed: list[int]) -> None:
    answered = asking.document.get("viewpoint_neutral") is not None
    if not answered and not any(asking.then.upheld(n) for n in listed):
        asking.no("R-A4")


def non_compliance(asking: Asking, listed: list[int]) -> None:
    then, opens = asking.then, []
    for number in listed:
        asked = then.asked(number)
        ways = [
            way
            for way in ("public_reply", "direct_message")
            if then.can_ask(number, way) and not then.impossible(number, "ask-removal", way)
        ]
        if any(way not in asked for way in ways) or not (ways or asked):
            asking.no("R-N20")
        if asked:
            closes = asking.council.close_after(days.london_day(max(asked.values())), 1)
            if asking.at < closes:
                asking.no("R-N21")
                opens.append(closes)
        if then.content(number) in ("deleted", "gone", "honoured"):
            asking.no("R-N21")
    if opens:
        asking.allowed_from = days.written(max(opens))


def explicit(asking: Asking, listed: list[int]) -> None:
    if not any(asking.then.upheld(n) and asking.then.marked(n, "explicit") for n in listed):
        asking.no("R-N25")


def persistent(asking: Asking, listed: list[int]) -> None:
    today, counted = days.london_day(asking.at), 0
    for number in asking.then.strikes():
        found = asking.then.finding(number)
        counted += bool(found) and today < days.months_after(days.london_day(found.at), 12)
    if counted < 3:
        asking.no("R-N32")


GROUNDS = {
    "continues": continues,
    "extreme": extreme,
    "reserved_power": reserved_power,
    "non_compliance": non_compliance,
    "explicit": explicit,
    "persistent": persistent,
}


def must_stand(asking: Asking) -> None:
    if not asking.then.stands(asking.document["block"]):
        asking.no("STATE")


def notify_block(asking: Asking) -> None:
    must_stand(asking)
    if asking.ashfield:
        asking.no("R-A51")
        asking.instead.add("complain")
    elif asking.document["delivery"] == "failed" and "failure" not in asking.document:
        asking.no("R-N22")


def apply_block(asking: Asking) -> None:
    must_stand(asking)
    document, then = asking.document, asking.then
    number, channel = document["block"], document["channel"]
    covered = channel in then.block(number).data["channels"]
    if not covered or then.channel(number, channel) == "applied":
        asking.no("STATE")
    if not asking.ashfield and not then.all("BlockNoticeGiven", block=number):
        asking.no("R-N22")


def lift_block(asking: Asking) -> None:
    document, then = asking.document, asking.then
    if then.stands(document["block"]):
        asking.no("R-A28" if asking.ashfield else "SILENT")
    if then.channel(document["block"], document["channel"]) not in ("applied", "partly"):
        asking.no("STATE")


def tell_director(asking: Asking) -> None:
    held = asking.oracle.roles(asking.council, asking.document["told"], days.london_day(asking.at))
    if "service_director" not in held:
        asking.no("R-A31" if asking.ashfield else "SILENT")


GUARDS |= {
    "block": block,
    "notify-block": notify_block,
    "apply-block": apply_block,
    "lift-block": lift_block,
    "tell-director": tell_director,
    "review-block": must_stand,
}
