"""What a policy file says of warning and muting: told in plain words, or told what is wrong."""

import pytest

from services.policies import explain, faults
from services.policies.reading import read
from tests.policies.written import written
from tests.rules.sanctions.policies import MUTES, WARNS, need, on_a_block

from .shipped_files import COUNCILS, FILES

NEVER = '[warnings]\nrules = ["R-NEVER1"]\nforce = "never"\n'
LEVELS = 'levels = ["informal", "final"]\n'


def duty(on, code):
    return f'[[duties]]\non = "{on}"\ncode = "{code}"\nrules = ["R-WILL1"]\n'


@pytest.mark.parametrize(
    ("lines", "path", "problem"),
    [
        (on_a_block(need("warned")), "blocks.grounds.breach.needs.1.what", "warns nobody"),
        (NEVER + on_a_block(need("warned")), "blocks.grounds.breach.needs.1.what", "warns nobody"),
        (duty("upheld", "warn"), "duties.4.code", "owes a warning"),
        (NEVER + duty("upheld", "warn"), "duties.4.code", "owes a warning"),
        (duty("warned", "tell"), "duties.4.on", "nobody is warned"),
        (duty("muted", "tell"), "duties.4.on", "nobody is muted"),
        (duty("upheld", "lift_mute"), "duties.4.on", "nothing to undo"),
        (NEVER.replace("R-NEVER1", "R-MAY1"), "warnings.rules.0", "R-MAY1 says 'may'"),
        (NEVER + 'ways = ["email"]\n', "warnings.ways", "never warns"),
        (WARNS.partition("[[duties]]")[0], "warnings.force", "nothing owes it"),
        (WARNS.replace('what = "finding"', 'what = "evidence"'), "warnings", "without a breach"),
        (MUTES.replace('what = "finding"', 'what = "evidence"'), "mutes", "without a breach"),
        (on_a_block(need("muted")), "blocks.grounds.breach.needs.1.what", "mutes nobody"),
        (
            WARNS + on_a_block(need("warned", level="final")),
            "blocks.grounds.breach.needs.1.level",
            "names final",
        ),
        (
            WARNS.replace("window", "#").replace("#_rules", "#")
            + on_a_block(need("warning_window_passed")),
            "blocks.grounds.breach.needs.1.what",
            "none is set",
        ),
        (
            WARNS.replace("[{ what", f"[{{ {need('warned')} }}, {{ what"),
            "warnings.needs.0.what",
            "nobody could begin",
        ),
        (MUTES + 'decided_by = ["auditor"]\n', "mutes.decided_by", "may not mute"),
        (
            WARNS
            + '[silences]\nSILENT-WARNING = { about = "warning", text = "x", follows = "refused" }',
            "silences.SILENT-WARNING.about",
            "[warnings] speaks of it",
        ),
        (
            '[silences]\nSILENT-MUTING = { about = "muting", text = "x", follows = "allowed" }',
            "silences.SILENT-MUTING.follows",
            "burden",
        ),
    ],
)
def test_each_fault_is_told_at_its_place(lines, path, problem):
    found = faults(written(lines).encode())
    assert [path] == [fault.path for fault in found if problem in fault.problem], found


def test_a_file_that_warns_and_mutes_is_sound_and_told_in_its_words():
    grave = on_a_block(need("warned", level="final", within_months=12), need("muted"))
    window = need("warning_window_passed")
    lines = (
        WARNS.replace("[[duties]]", LEVELS + "[[duties]]")
        + MUTES.replace("needs = [", f"needs = [{{ {window} }}, ")
        + 'instead_of_block = true\nproportionality = true\ndecided_by = ["officer"]\n'
        + grave
    )
    assert faults(written(lines).encode()) == []
    page = explain(read(written(lines).encode()))
    for told in (
        "The council will warn the person, by public reply.",
        "levels: informal and final, in this order",
        "a warning states: reason",
        "The person then has 2 working days to mend it:",
        "warn the person, for all but off topic: officer [R-WILL1]",
        "may mute an account on a page, in place of a block: a page has one or the other.",
        "- the time that a warning gives to mend it has passed [R-MAY1]",
        "- the person was warned, by a final warning within 12 months [R-MAY1]",
        "- the account is or was muted [R-MAY1]",
    ):
        assert told in page, page


@pytest.mark.parametrize("council", COUNCILS)
def test_a_shipped_page_says_that_the_policy_says_nothing_of_either(council):
    page = explain(FILES[council])
    assert "The policy says nothing of warning: nobody is warned. [SILENT-WARNING]" in page
    assert "The policy says nothing of muting: nobody is muted. [SILENT-MUTING]" in page
