"""What an officer may send about a case: fields of every command, sound and mistaken."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random
from typing import Any

from tests.year import days
from tests.year.cases import Case
from tests.year.completing import what_lacks
from tests.year.councils import ASHFIELD
from tests.year.effects import opening
from tests.year.facts import Then
from tests.year.findings import FINDINGS_A, FINDINGS_N, FINDINGS_WRONG

Fields = dict[str, Any]


class Moves:
    """Makes the fields of one command about one case, at a moment."""

    def __init__(self, rng: Random, case: Case, at: datetime) -> None:
        self.rng, self.case, self.at = rng, case, at
        self.then = Then(case, None)
        self.ashfield = case.council is ASHFIELD

    def sometimes(self, share: float) -> bool:
        return self.rng.random() < share

    def number(self, kind: str) -> int:
        """Mostly the last of its kind, sometimes another, rarely one that is not there."""
        last = self.case.count(kind)
        if not last or self.sometimes(0.02):
            return last + 1
        return last if self.sometimes(0.6) else self.rng.randint(1, last)

    def incidents(self) -> list[int]:
        last = self.case.count("incident")
        if self.sometimes(0.05):
            return []
        count = self.rng.randint(1, min(last, 3))
        return sorted(range(last, 0, -1)[:count])

    def uphold(self) -> Fields:
        good = FINDINGS_A if self.ashfield else FINDINGS_N
        findings = [dict(self.rng.choice(FINDINGS_WRONG if self.sometimes(0.12) else good))]
        if self.sometimes(0.1):
            findings.append(dict(self.rng.choice(good)))
        fields: Fields = {
            "incident": self.number("incident"),
            "findings": findings,
            "viewpoint_neutral": not self.sometimes(0.04),
        }
        if self.sometimes(0.15):
            fields["extreme"] = {"reason": "names where a child goes to school"}
        if self.sometimes(0.02 if self.ashfield else 0.25):
            fields["explicit"] = True
        return fields

    def capture(self) -> Fields:
        fields: Fields = {"incident": self.number("incident"), "held_at": "S:/evidence"}
        return fields | ({"lawful_to_hold": True} if self.sometimes(0.8) else {})

    def do_not_capture(self) -> Fields:
        grounds = ("suspected_illegal_image", "terrorist_content", "content_gone", "technical")
        ground = self.rng.choice(grounds)
        return {"incident": self.number("incident"), "ground": ground, "description": "as seen"}

    def dismiss(self) -> Fields:
        return {"incident": self.number("incident"), "reason": "no_breach"}

    def overturn(self) -> Fields:
        return {"incident": self.number("incident"), "because": "error", "reasons": "misread"}

    def hide(self) -> Fields:
        fields: Fields = {"incident": self.number("incident")}
        if self.sometimes(0.2):
            fields["ground"] = self.rng.choice(("protect_person", "pre_election", "reserved_power"))
            fields |= {"reason": "an address"} if self.sometimes(0.85) else {}
            fields |= {"viewpoint_neutral": True} if self.sometimes(0.85) else {}
        return fields

    delete = hide

    def restore(self) -> Fields:
        return {"incident": self.number("incident"), "reason": "shown again"}

    def content_gone(self) -> Fields:
        return {"incident": self.number("incident"), "by": "author"}

    def removal_honoured(self) -> Fields:
        return {"incident": self.number("incident")}

    def not_possible(self) -> Fields:
        fields: Fields = {"incident": self.number("incident"), "reason": "no such button"}
        fields["action"] = self.rng.choice(("hide", "delete", "ask-removal"))
        if fields["action"] == "ask-removal":
            fields["via"] = "direct_message"
        return fields

    def ask_removal(self) -> Fields:
        number = self.number("incident")
        ways = [w for w in ("public_reply", "direct_message") if w not in self.then.asked(number)]
        fields: Fields = {"incident": number, "delivery": "sent"}
        fields["via"] = self.rng.choice(ways or ["email", "public_reply"])
        return fields | self._failing()

    def _failing(self) -> Fields:
        if not self.sometimes(0.2):
            return {}
        return {"delivery": "failed"} | ({"failure": "bounced"} if self.sometimes(0.7) else {})

    def block(self) -> Fields:
        council = self.case.council
        grounds = list(council.grounds)
        if self.sometimes(0.04):
            grounds = ["continues", "persistent", "reserved_power"]
        ground = self.rng.choice(grounds)
        good = {"scope": council.scopes.get(ground, "interacting")}
        fields: Fields = {
            "ground": ground,
            "incidents": self.incidents(),
            "scope": good["scope"] if self.sometimes(0.96) else "viewing",
            "channels": self.rng.choice(("all", "all", ["facebook"], ["facebook", "x"])),
            "reason": "did it again",
            "proportionality": {"aim": "protect staff", "less_intrusive": "hiding did not help"},
        }
        if self.sometimes(0.6):
            fields["viewpoint_neutral"] = not self.sometimes(0.05)
        if self.sometimes(0.12):
            until = (self.at + timedelta(days=self.rng.randint(20, 90))).date().isoformat()
            fields["length"] = self.rng.choice(
                (
                    {"kind": "permanent"},
                    {"kind": "fixed", "until": until},
                    {"kind": "per_case"},
                    {"kind": "fixed", "until": until},
                )
            )
        if self.sometimes(0.2):
            fields["review_on"] = (self.at + timedelta(days=90)).date().isoformat()
        return fields

    def notify_block(self) -> Fields:
        fields: Fields = {"block": self.number("block"), "via": "direct_message"}
        return fields | {"delivery": "sent"} | self._failing()

    def apply_block(self) -> Fields:
        channel = self.rng.choice(self.case.council.channels if self.sometimes(0.97) else ("web",))
        result = self.rng.choice(("applied", "applied", "applied", "failed", "partly"))
        return {"block": self.number("block"), "channel": channel, "result": result}

    def lift_block(self) -> Fields:
        channel = self.rng.choice(self.case.council.channels)
        return {"block": self.number("block"), "channel": channel, "result": "lifted"}

    def tell_director(self) -> Fields:
        told = self.rng.choice(("sam", "sam", "sam", "mia"))
        delivery = self.rng.choice(("delivered", "delivered", "failed"))
        return {"block": self.number("block"), "told": told, "via": "email", "delivery": delivery}

    def review_block(self) -> Fields:
        return {"block": self.number("block"), "reasons": "looked at again"}

    def file_appeal(self) -> Fields:
        number = self.number("block")
        today = days.london_day(self.at)
        received = today - timedelta(days=self.rng.choice((0, 0, 1, 2, 7)))
        if number in Then(self.case, self.at).blocks():
            opens = opening(self.case, number, self.at)
            near = (opens - days.DAY, opens, opens + days.DAY)
            fit = [day for day in near if day <= today]
            received = self.rng.choice(fit) if fit and self.sometimes(0.6) else received
        fields: Fields = {
            "block": number,
            "received_on": received.isoformat(),
            "via": "web_form",
            "appellant": {"kind": "owner", "checked": "wrote from the account"},
        }
        if self.case.count("appeal") and self.sometimes(0.3):
            fields["stands_over"] = self.number("appeal")
        return fields

    def acknowledge_appeal(self) -> Fields:
        return {"appeal": self.number("appeal")}

    withdraw_appeal = acknowledge_appeal

    def dismiss_appeal(self) -> Fields:
        return {"appeal": self.number("appeal"), "reasons": "the block is still needed"}

    def agree_reversal(self) -> Fields:
        fields: Fields = {"block": self.number("block"), "reasons": "a year has passed"}
        fields["because"] = self.rng.choice(("appeal", "appeal", "error", "complaint"))
        if fields["because"] != "error" and not self.sometimes(0.03):
            fields[fields["because"]] = self.number(fields["because"])
        return fields

    decline_reversal = agree_reversal

    def reverse_block(self) -> Fields:
        """Mostly what was agreed last, and now and then by the very person who agreed."""
        agreed = self.then.one("ReversalAgreed")
        if agreed is None or self.sometimes(0.3):
            return self.agree_reversal()
        keys = ("block", "because", "appeal", "complaint", "reasons")
        fields = {key: agreed.data[key] for key in keys if key in agreed.data}
        return fields | ({"actor": min(agreed.who)} if self.sometimes(0.3) else {})

    def complain(self) -> Fields:
        fields: Fields = {"received_on": days.london_day(self.at).isoformat(), "via": "letter"}
        blocks = {"block": self.number("block")} if self.then.blocks() else {}
        return fields | blocks | {"about": "I was blocked without being told"}

    def acknowledge_complaint(self) -> Fields:
        return {"complaint": self.number("complaint")}

    def answer_complaint(self) -> Fields:
        result = self.rng.choice(("upheld", "partly_upheld", "not_upheld"))
        return self.acknowledge_complaint() | {"result": result, "reasons": "looked into"}

    def refer_police(self) -> Fields:
        return {
            "incidents": self.incidents() or [1],
            "ground": "suspected_offence",
            "force": "Nottinghamshire Police",
            "legal_basis": "public task",
        }

    def report_platform(self) -> Fields:
        return {"incident": self.number("incident")}

    def complete_record(self) -> Fields:
        number = self.number("incident")
        flag = self.then.one("CommentFlagged", incident=number)
        return {"incident": number, **what_lacks(flag, self.case)}

    def note(self) -> Fields:
        return {"text": "telephoned; no answer"}

    def change_handle(self) -> Fields:
        return {"handle": f"{self.case.handle or 'someone'}.again"[-40:]}
