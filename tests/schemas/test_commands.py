"""Each command's schema asks for what the language asks for, and shows how."""

import re

import pytest

import schemas

ALWAYS = {"command", "council", "actor"}
ASKED = {
    "flag": "item source",
    "complete-record": "incident",
    "capture": "incident",
    "do-not-capture": "incident ground description",
    "uphold": "incident findings viewpoint_neutral",
    "dismiss": "incident reason",
    "overturn": "incident because reasons",
    "hide": "incident",
    "delete": "incident",
    "restore": "incident reason",
    "content-gone": "incident by",
    "content-changed": "incident by",
    "refer-authority": "incidents authority legal_basis",
    "disclose": "incidents to purpose legal_basis what",
    "approve": "incident",
    "withhold": "incident",
    "platform-acted": "incident action because",
    "not-possible": "action reason",
    "ask-removal": "incident via delivery",
    "removal-honoured": "incident",
    "warn": "incidents via delivery",
    "mute": "incidents channels reason",
    "unmute": "channels reason",
    "block": "ground incidents scope channels reason proportionality",
    "propose-block": "ground incidents scope channels reason proportionality",
    "approve-block": "block reasons",
    "decline-block": "block reasons",
    "notify-block": "block via delivery",
    "apply-block": "block channel result",
    "lift-block": "block channel result",
    "notify-intention": "block via delivery reply_by",
    "receive-response": "block received_on",
    "consider-response": "block reasons",
    "vary-block": "block reasons",
    "review-block": "block reasons",
    "tell-director": "block told via delivery",
    "director-acknowledges": "block",
    "refer-police": "incidents ground force legal_basis",
    "not-referred": "incidents reason",
    "report-platform": "incident",
    "consider-legal": "incidents outcome reason",
    "close-incident": "incident",
    "waive": "duty reason",
    "discharge": "duty how",
    "file-appeal": "block received_on via appellant",
    "acknowledge-appeal": "appeal",
    "withdraw-appeal": "appeal",
    "dismiss-appeal": "appeal reasons",
    "agree-reversal": "block because reasons",
    "decline-reversal": "block because reasons",
    "reverse-block": "block because reasons",
    "complain": "received_on via about",
    "acknowledge-complaint": "complaint",
    "extend-complaint": "complaint reason until",
    "answer-complaint": "complaint result reasons",
    "escalate-complaint": "complaint",
    "change-handle": "handle",
    "link-accounts": "other kind reason",
    "unlink-accounts": "other kind reason",
    "note": "text",
    "correct": "sequence field value reason",
    "appoint": "staff role from",
    "end-appointment": "staff role until",
    "adopt-policy": "file from decision",
    "declare-period": "kind name from until reason",
    "end-period": "kind name until reason",
}
NOT_ABOUT_AN_ACCOUNT = {
    *("appoint", "end-appointment", "adopt-policy", "declare-period", "end-period"),
}
DONE_ALREADY = {
    *("hide", "delete", "restore", "block", "apply-block", "lift-block", "notify-block"),
    *("reverse-block", "ask-removal", "refer-police", "report-platform"),
}


def test_every_command_of_the_language_has_a_schema() -> None:
    assert set(schemas.command_names()) == set(ASKED)


@pytest.mark.parametrize("name", ASKED)
def test_a_command_asks_always_for_what_a_person_must_always_say(name: str) -> None:
    schema = schemas.command_schema(name)
    assert set(schema["required"]) == ALWAYS | set(ASKED[name].split())
    assert schema["properties"]["command"]["enum"] == [name]


@pytest.mark.parametrize("name", ASKED)
def test_a_command_about_an_account_is_addressed_by_account_or_case(name: str) -> None:
    schema = schemas.command_schema(name)
    addressed = {"account", "case"} & set(schema["properties"])
    assert addressed == (set() if name in NOT_ABOUT_AN_ACCOUNT else {"account", "case"})
    assert ("anyOf" in schema) == bool(addressed)


def test_what_can_be_done_all_the_same_can_be_recorded_as_done() -> None:
    able = {n for n in ASKED if "already_done" in schemas.command_schema(n)["properties"]}
    assert able == DONE_ALREADY


@pytest.mark.parametrize("name", ASKED)
def test_the_examples_of_a_command_are_sound(name: str) -> None:
    examples = schemas.command_schema(name)["examples"]
    assert examples
    for example in examples:
        schemas.check_command(example)


def test_nested_fields_are_asked_for_as_the_language_says() -> None:
    def asked(command: str, field: str) -> set[str]:
        found = schemas.command_schema(command)["properties"][field]
        return set(found.get("items", found).get("required", ()))

    assert asked("flag", "item") == {"kind"}
    assert asked("flag", "source") == {"kind"}
    assert asked("uphold", "findings") == {"category"}
    assert asked("uphold", "extreme") == {"reason"}
    assert asked("block", "proportionality") == {"aim", "less_intrusive"}
    assert asked("file-appeal", "appellant") == {"kind", "checked"}
    assert asked("hide", "already_done") == {"reason"}
    assert asked("complete-record", "item") == set()


def test_dates_and_moments_are_asked_for_in_one_form() -> None:
    forms: dict[str, set[str]] = {}
    for name in ASKED:
        for field, asked in schemas.command_schema(name)["properties"].items():
            if field in {"received_on", "until", "from", "review_on"} or field.endswith("_at"):
                forms.setdefault("at" if field.endswith("_at") else "on", set()).add(
                    asked.get("pattern", "")
                )
    forms["at"].discard("")  # held_at is a place
    assert {kind: len(found) for kind, found in forms.items()} == {"on": 1, "at": 1}
    assert re.search(*forms["on"], "2025-03-03")
    assert re.search(*forms["at"], "2025-03-03T10:15:00+00:00")
    assert not re.search(*forms["at"], "2025-03-03T10:15:00")


def test_a_name_that_leads_out_of_the_folder_is_no_command() -> None:
    for name in ("../events/Blocked.v1", "", "flag.json", "FLAG/"):
        with pytest.raises(KeyError):
            schemas.command_schema(name)
