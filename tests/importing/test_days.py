"""Dates as people write them, day first."""

from datetime import datetime

import pytest

from services.importing.days import read_when


@pytest.mark.parametrize(
    "text",
    [
        "05/06/2021",
        "5/6/21",
        "05.06.2021",
        "5-6-21",
        "2021-06-05",
        "2021/06/05",
        "5 June 2021",
        "5th June 2021",
        "05-Jun-21",
        "5 Jun 21",
        "June 5, 2021",
        "Sat 5 June 2021",
        "Saturday, 5th June 2021",
        " 05/06/2021\u00a0",
        "2021-06-05 00:00:00",
        "05/06/2021 00:00",
        "44352",
        datetime(2021, 6, 5),
    ],
)
def test_the_fifth_of_june_is_the_fifth_of_june(text) -> None:
    when = read_when(text)
    assert when is not None
    assert (when.day.isoformat(), when.precision) == ("2021-06-05", "day")


@pytest.mark.parametrize(
    "text",
    [
        "05/06/2021 14:30",
        "5 June 2021 at 2.30pm",
        "2021-06-05T14:30:00+01:00",
        "2021-06-05T13:30:00Z",
        "44352.6041666667",
        datetime(2021, 6, 5, 14, 30),
    ],
)
def test_a_time_beside_it_is_london_time(text) -> None:
    when = read_when(text)
    assert when is not None
    assert when.at.isoformat() == "2021-06-05T13:30:00+00:00"


@pytest.mark.parametrize(
    "text",
    [
        "31/02/2022",
        "04/13/2019",
        "29/02/2023",
        "yesterday",
        "2019",
        "June 2019",
        "12",
        "1/1",
        "03/04/0219",
        "99999",
    ],
)
def test_what_is_no_date_is_none(text: str) -> None:
    assert read_when(text) is None
