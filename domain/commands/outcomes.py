"""The answers that end an inquiry early: the document is wrong, or names what isn't there."""

from __future__ import annotations


class InvalidCommand(Exception):
    """The document says what cannot be, whatever the policy."""

    def __init__(self, path: str, problem: str, wanted: str) -> None:
        super().__init__(f"{path}: {problem}")
        self.path, self.problem, self.wanted = path, problem, wanted


class NothingThere(Exception):
    """The document names an incident, block, appeal or duty that the case does not have."""


class NotAllowed(Exception):
    """The actor holds no role that may; `rules` where a policy says who may."""

    def __init__(self, why: str, rules: tuple[object, ...] = ()) -> None:
        super().__init__(why)
        self.rules = rules
