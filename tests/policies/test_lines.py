"""Where in a file each place stands."""

import pytest

from services.policies.lines import locate

TEXT = b'''top = 1

[a.b]  # a comment
"two words" = """
[not.a.table]
"""
deep = { x = 1, y = [{ z = 1 },
  # between
  { z = 2 }] }
dotted.key = 1

[[list]]
on = "x"

[[list]]
[list.inner]
on = "y"
[[list.more]]
[[list.more]]
on = "z"
'''


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("top", 1),
        ("a.b", 3),
        ("a.b.two words", 4),
        ("a.b.deep.x", 7),
        ("a.b.deep.y.0.z", 7),
        ("a.b.deep.y.1.z", 9),
        ("a.b.dotted.key", 10),
        ("list.0", 12),
        ("list.0.on", 13),
        ("list.1", 15),
        ("list.1.inner.on", 17),
        ("list.1.more.1.on", 20),
        ("list.1.more.1.absent.deeper", 19),
        ("not.a.table", 1),
        ("", 1),
    ],
)
def test_a_place_has_its_line_and_an_absent_one_that_of_the_table_around_it(path, line):
    assert locate(TEXT).of(path) == line


def test_line_ends_of_windows_count_once():
    assert locate(b"a = 1\r\n\r\n[b]\r\nc = 2\r\n").of("b.c") == 4
