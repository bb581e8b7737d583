"""Lines come in as they are ready; one that is too long is told, not held."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from services.cli.lines import LONGEST_LINE, Lines, TooLong


@pytest.fixture
def pipe() -> Iterator[tuple[int, int]]:
    reading, writing = os.pipe()
    yield reading, writing
    os.close(reading)


def batches(pipe, *texts):
    """What comes of texts written one after the other, each before the next is asked for."""
    reading, writing = pipe
    lines = Lines(reading)
    iterator = iter(lines)
    found = []
    for text in texts:
        os.write(writing, text)
        found.append(next(iterator))
    os.close(writing)
    return found + list(iterator)


def test_what_is_ready_is_given_at_once(pipe):
    assert batches(pipe, b"one\ntwo\n", b"three\n") == [[b"one", b"two"], [b"three"]]


def test_the_last_line_needs_no_end_and_blank_lines_are_none(pipe):
    assert batches(pipe, b"one\n\n  \r\ntwo") == [[b"one"], [b"two"]]


def test_half_a_line_waits_for_its_other_half(tmp_path):
    (tmp_path / "lines").write_bytes(b"a" * 3_000_000 + b"\nshort\n")
    source = os.open(tmp_path / "lines", os.O_RDONLY)
    try:
        found = [line for batch in Lines(source) for line in batch]
    finally:
        os.close(source)
    assert found == [TooLong(3_000_000), b"short"]


@pytest.mark.parametrize(("length", "whole"), [(LONGEST_LINE, True), (LONGEST_LINE + 1, False)])
def test_the_longest_line_is_the_last_that_is_read(tmp_path, length, whole):
    (tmp_path / "lines").write_bytes(b"a" * length + b"\nb")
    source = os.open(tmp_path / "lines", os.O_RDONLY)
    try:
        first, second = (line for batch in Lines(source) for line in batch)
    finally:
        os.close(source)
    assert (first == b"a" * length) is whole
    assert second == b"b"
