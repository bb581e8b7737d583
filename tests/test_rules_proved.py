"""Every listed rule has a test that carries its number."""

from pathlib import Path

import pytest

from tests.rules_proved import listed_rules, proofs


def test_every_listed_rule_is_proved_by_a_test() -> None:
    proved = {proof.rule for proof in proofs()}
    missing = [
        f"{rule.number} {rule.words}" for rule in listed_rules() if rule.number not in proved
    ]
    assert not missing, "rules that no test proves:\n" + "\n".join(missing)


def test_a_rule_is_listed_once() -> None:
    numbers = [rule.number for rule in listed_rules()]
    assert len(numbers) == len(set(numbers))


def test_marks_are_read_from_tests_classes_parameters_and_files(tmp_path: Path) -> None:
    (tmp_path / "test_sample.py").write_text(
        "import pytest\n"
        "pytestmark = pytest.mark.rule('R-A1')\n"
        "@pytest.mark.rule('R-A2', 'D-3')\n"
        "def test_one(): ...\n"
        "@pytest.mark.parametrize('x', [pytest.param(1, marks=pytest.mark.rule('R-N4'))])\n"
        "def test_two(x): ...\n"
        "@pytest.mark.rule('R-N5')\n"
        "class TestThree:\n"
        "    @pytest.mark.rule('R-N6')\n"
        "    def test_four(self): ...\n"
        "@pytest.mark.rule('R-N7')\n"
        "def not_a_test(): ...\n"
    )
    found = {proof.rule: proof.test for proof in proofs(tmp_path)}
    assert found == {
        "R-A1": "every test of the file or class",
        "R-A2": "test_one",
        "D-3": "test_one",
        "R-N4": "test_two",
        "R-N5": "TestThree",
        "R-N6": "test_four",
    }


@pytest.mark.parametrize("argument", ["'R-27'", "'R-A0'", "RULE"])
def test_a_mark_that_names_no_rule_is_refused(tmp_path: Path, argument: str) -> None:
    (tmp_path / "test_sample.py").write_text(
        f"@pytest.mark.rule({argument})\ndef test_one(): ...\n"
    )
    with pytest.raises(ValueError, match="is not the number of a rule"):
        proofs(tmp_path)
