"""Guards that stand in code or in a value: what a reader would change to switch each off."""

import tomllib
from collections.abc import Iterator
from pathlib import Path

from services.policies import faults
from tests.mutation.breaking import Broken

LISTED = Path(__file__).with_name("guards.toml")


def broken_guards(root: Path, rule: str) -> Iterator[Broken]:
    """Each listed way to switch off the rule's guard.

    Raises ValueError where the text to replace is not in its file exactly once: the list has
    to follow the code.
    """
    for guard in tomllib.loads(LISTED.read_text(encoding="utf-8"))["guards"]:
        if guard["rule"] == rule:
            text = (root / guard["file"]).read_text(encoding="utf-8")
            if text.count(guard["old"]) != 1:
                times = text.count(guard["old"])
                raise ValueError(f"{rule}: {guard['old']!r} is {times} times in {guard['file']}")
            broken = text.replace(guard["old"], guard["new"])
            if guard["file"].startswith("domain/policies/") and faults(broken.encode()):
                raise ValueError(
                    f"{rule}: {guard['file']} would not load: {faults(broken.encode())}"
                )
            yield Broken(guard["why"], guard["file"], broken)
