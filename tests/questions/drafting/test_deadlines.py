from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questions.drafting.deadlines import deadline_of, month_end_near
from questions.english.windows import windows

MONDAY = date(2023, 3, 13)


@pytest.mark.parametrize(
    ("phrase", "day"),
    [
        ("next week", date(2023, 3, 31)),  # to 26 March; a month's end five days later
        ("on 14 May", date(2023, 5, 21)),  # no month's end near: seven days
        ("by 31 May", date(2023, 6, 7)),
        ("in April", date(2023, 4, 30)),  # a whole month is its own margin
        ("by the end of the year", date(2023, 12, 31)),
        ("in the coming months", date(2023, 6, 30)),
        ("in the short term", date(2023, 4, 30)),
    ],
)
def test_a_window_gives_a_sensible_deadline(phrase: str, day: date) -> None:
    assert deadline_of(windows(phrase, MONDAY)[0], 45, MONDAY).day == day


def test_the_reason_quotes_the_article_or_names_the_default() -> None:
    named = deadline_of(windows("next week", MONDAY)[0], 45, MONDAY)
    assert "“next week” (20 March 2023 to 26 March 2023)" in named.reason
    assert "margin" in named.reason
    assert "names no date; about 45 days" in deadline_of(None, 45, MONDAY).reason


def test_quotation_marks_do_not_nest_in_the_reason() -> None:
    window = windows("in the “short term”", MONDAY)[0]
    assert deadline_of(window, 45, MONDAY).reason.count("“") == 1


@given(st.dates(date(1990, 1, 1), date(2090, 12, 31)))
def test_the_nearest_month_end_is_at_most_sixteen_days_off(day: date) -> None:
    end = month_end_near(day)
    assert (end + timedelta(days=1)).day == 1
    assert abs((end - day).days) <= 16


@given(
    st.dates(date(1990, 1, 1), date(2090, 12, 31)),
    st.sampled_from(["next week", "tomorrow", "within 30 days", "next month", "this weekend"]),
)
def test_a_named_date_is_at_most_ten_days_before_the_deadline(day: date, phrase: str) -> None:
    window = windows(phrase, day)[0]
    margin = deadline_of(window, 45, day).day - window.last
    assert timedelta() <= margin <= timedelta(days=10)
