"""A pytest plugin: notes which tests failed by what they assert, and which could not even run."""

import json
from collections.abc import Generator
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]
NOTED: dict[str, list[str]] = {"ran": [], "failed": [], "broke": []}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--note-in", help="the file to write what happened to, as JSON")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A failure counts if a test's own line found something wrong; a crash underneath does not."""
    report = yield
    if call.when == "call":
        NOTED["ran"].append(item.nodeid)
    if call.excinfo is not None:
        raised_in = Path(call.excinfo.traceback[-1].path)
        by_the_test = call.when == "call" and raised_in.is_relative_to(TESTS)
        NOTED["failed" if by_the_test else "broke"].append(item.nodeid)
    return report


def pytest_sessionfinish(session: pytest.Session) -> None:
    Path(session.config.getoption("--note-in")).write_text(json.dumps(NOTED), encoding="utf-8")
