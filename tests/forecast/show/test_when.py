"""Days as people say them."""

from datetime import UTC, datetime

import pytest

from forecast.show.when import said_by, said_day

NOW = datetime(2030, 4, 27, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("month", "day", "said"),
    [
        (4, 27, "today"),
        (4, 28, "tomorrow"),
        (4, 26, "yesterday"),
        (4, 29, "in 2 days"),
        (5, 3, "in 6 days"),
        (5, 4, "4 May"),
        (4, 21, "6 days ago"),
        (4, 20, "20 April"),
        (12, 31, "31 December"),
    ],
)
def test_a_day_nearby_is_counted_and_one_of_this_year_needs_no_year(month, day, said):
    assert said_day(datetime(2030, month, day, 23, 59, tzinfo=UTC), NOW) == said


def test_another_year_is_named():
    assert said_day(datetime(2031, 1, 2, tzinfo=UTC), NOW) == "2 Jan 2031"


def test_a_close_at_midnight_is_the_day_before():
    assert said_by(datetime(2030, 4, 28, tzinfo=UTC), NOW) == "today"
    assert said_by(datetime(2030, 4, 28, 12, tzinfo=UTC), NOW) == "tomorrow"
    assert said_by(None, NOW) == "-"
