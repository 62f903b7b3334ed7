from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questions.english.windows import windows

MONDAY = date(2023, 3, 13)
PHRASES = {
    "next week": ("2023-03-20", "2023-03-26"),
    "this week": ("2023-03-13", "2023-03-19"),
    "later this week": ("2023-03-13", "2023-03-19"),
    "this weekend": ("2023-03-18", "2023-03-19"),
    "next weekend": ("2023-03-25", "2023-03-26"),
    "last week": ("2023-03-06", "2023-03-12"),
    "this month": ("2023-03-13", "2023-03-31"),
    "next month": ("2023-04-01", "2023-04-30"),
    "last month": ("2023-02-01", "2023-02-28"),
    "by the end of the month": ("2023-03-13", "2023-03-31"),
    "by the end of next month": ("2023-04-01", "2023-04-30"),
    "by the end of the quarter": ("2023-03-13", "2023-03-31"),
    "next quarter": ("2023-04-01", "2023-06-30"),
    "in the second quarter": ("2023-04-01", "2023-06-30"),
    "in the first quarter of 2024": ("2024-01-01", "2024-03-31"),
    "Q3 2024": ("2024-07-01", "2024-09-30"),
    "in the second half of the year": ("2023-07-01", "2023-12-31"),
    "by the end of the year": ("2023-03-13", "2023-12-31"),
    "by year-end": ("2023-03-13", "2023-12-31"),
    "by the end of 2025": ("2023-03-13", "2025-12-31"),
    "this year": ("2023-03-13", "2023-12-31"),
    "next year": ("2024-01-01", "2024-12-31"),
    "by 2026": ("2026-01-01", "2026-12-31"),
    "in 2019": ("2019-01-01", "2019-12-31"),
    "before the summer": ("2023-03-13", "2023-05-31"),
    "this spring": ("2023-03-01", "2023-05-31"),
    "next summer": ("2023-06-01", "2023-08-31"),
    "on Jan. 17": ("2023-01-17", "2023-01-17"),
    "on January 17, 2024": ("2024-01-17", "2024-01-17"),
    "on 17 May": ("2023-05-17", "2023-05-17"),
    "on the 17th of May": ("2023-05-17", "2023-05-17"),
    "from 12-14 April": ("2023-04-12", "2023-04-14"),
    "April 12-14, 2024": ("2024-04-12", "2024-04-14"),
    "on 2023-06-01": ("2023-06-01", "2023-06-01"),
    "in April": ("2023-04-01", "2023-04-30"),
    "in April 2024": ("2024-04-01", "2024-04-30"),
    "between May 31 and June 11": ("2023-05-31", "2023-06-11"),
    "before May": ("2023-03-13", "2023-04-30"),
    "back in June": ("2022-06-01", "2022-06-30"),
    "next March": ("2024-03-01", "2024-03-31"),
    "last September": ("2022-09-01", "2022-09-30"),
    "in late April": ("2023-04-21", "2023-04-30"),
    "in early June": ("2023-06-01", "2023-06-10"),
    "in mid-May": ("2023-05-11", "2023-05-20"),
    "by the end of May": ("2023-05-21", "2023-05-31"),
    "within 48 hours": ("2023-03-13", "2023-03-15"),
    "within 30 days": ("2023-03-13", "2023-04-12"),
    "in two weeks": ("2023-03-13", "2023-03-27"),
    "over the next three months": ("2023-03-13", "2023-06-13"),
    "three weeks from now": ("2023-03-13", "2023-04-03"),
    "two weeks ago": ("2023-02-27", "2023-02-27"),
    "a year ago": ("2022-03-13", "2022-03-13"),
    "in the coming days": ("2023-03-13", "2023-03-23"),
    "in the coming weeks": ("2023-03-13", "2023-04-27"),
    "in the coming months": ("2023-03-13", "2023-06-26"),
    "within weeks": ("2023-03-13", "2023-04-27"),
    "in the “short term”": ("2023-03-13", "2023-04-27"),
    "soon": ("2023-03-13", "2023-04-27"),
    "on Friday": ("2023-03-17", "2023-03-17"),
    "next Friday": ("2023-03-24", "2023-03-24"),
    "last Friday": ("2023-03-10", "2023-03-10"),
    "tomorrow": ("2023-03-14", "2023-03-14"),
    "the day after tomorrow": ("2023-03-15", "2023-03-15"),
    "today": ("2023-03-13", "2023-03-13"),
    "yesterday": ("2023-03-12", "2023-03-12"),
    "between now and May": ("2023-03-13", "2023-05-31"),
    "between now and the end of March 2024": ("2023-03-13", "2024-03-31"),
    "in mid-2025": ("2025-05-01", "2025-08-31"),
    "early next year": ("2024-01-01", "2024-04-30"),
    "in late 2025": ("2025-09-01", "2025-12-31"),
    "in fiscal 2025": ("2024-07-01", "2025-12-31"),
    "in the fiscal year 2025-26": ("2025-04-01", "2026-06-30"),
    "this fiscal year": ("2023-03-13", "2023-12-31"),
    "in H1 2024": ("2024-01-01", "2024-06-30"),
    "by the end of the decade": ("2023-03-13", "2029-12-31"),
    "by Christmas": ("2023-03-13", "2023-12-25"),
    "at Easter": ("2023-04-09", "2023-04-09"),
    "on New Year’s Day": ("2024-01-01", "2024-01-01"),
    "over the weekend": ("2023-03-18", "2023-03-19"),
    "in a fortnight": ("2023-03-27", "2023-03-27"),
    "in the weeks ahead": ("2023-03-13", "2023-04-27"),
    "in the coming year": ("2023-03-13", "2024-03-12"),
    "later in the year": ("2023-03-13", "2023-12-31"),
    "later in May": ("2023-05-01", "2023-05-31"),
    "throughout the month": ("2023-03-13", "2023-03-31"),
    "ahead of the summer": ("2023-03-13", "2023-05-31"),
    "by end-June": ("2023-06-21", "2023-06-30"),
    "in a matter of days": ("2023-03-13", "2023-03-23"),
}
NO_TIME = [
    "It may rain and they march on.",
    "They told 17 reporters.",
    "A secondary matter of 1200 tonnes.",
    "on February 30",
    "weekday trains",
    "the 19th hole",
]


@pytest.mark.parametrize("phrase", PHRASES)
def test_a_phrase_means_these_days(phrase: str) -> None:
    found = windows(f"The talks resume {phrase}, she said.", MONDAY)
    assert [(w.first.isoformat(), w.last.isoformat()) for w in found] == [PHRASES[phrase]]


@pytest.mark.parametrize("text", NO_TIME)
def test_what_is_no_time_gives_no_window(text: str) -> None:
    assert windows(text, MONDAY) == []


def test_a_month_without_a_year_is_the_nearest_one() -> None:
    december = date(2023, 12, 20)
    assert windows("in January", december)[0].first == date(2024, 1, 1)
    assert windows("in January", date(2024, 1, 31))[0].first == date(2024, 1, 1)
    assert windows("in December", date(2024, 1, 5))[0].last == date(2023, 12, 31)


def test_a_quarter_that_has_just_ended_is_the_last_one() -> None:
    assert windows("in the first quarter", date(2023, 4, 20))[0].last == date(2023, 3, 31)
    assert windows("in the first quarter", date(2023, 9, 20))[0].last == date(2024, 3, 31)


@pytest.mark.parametrize(
    ("year", "day"), [(2000, "2000-04-23"), (2019, "2019-04-21"), (2024, "2024-03-31")]
)
def test_easter_falls_on_its_day(year: int, day: str) -> None:
    assert windows("at Easter", date(year, 1, 1))[0].last.isoformat() == day


def test_only_named_days_are_exact() -> None:
    assert windows("on 17 May", MONDAY)[0].exact
    assert not windows("in the coming weeks", MONDAY)[0].exact


def test_windows_come_in_the_order_of_the_text() -> None:
    found = windows("Soon, perhaps next week, and no later than 30 April 2023.", MONDAY)
    assert [window.phrase for window in found] == ["Soon", "next week", "30 April 2023"]


@given(st.text(max_size=200), st.dates(date(1900, 1, 1), date(2999, 12, 31)))
def test_every_phrase_stands_where_it_says_and_its_days_are_in_order(text: str, day: date) -> None:
    for window in windows(text, day):
        assert text[window.start : window.end] == window.phrase
        assert window.first <= window.last


@given(st.sampled_from(sorted(PHRASES)), st.dates(date(1970, 1, 1), date(2100, 12, 31)))
def test_a_phrase_means_something_on_any_day(phrase: str, day: date) -> None:
    if "17" not in phrase:
        assert len(windows(phrase, day)) == 1


@given(
    st.sampled_from(["next week", "next month", "within 30 days", "in the coming weeks", "soon"]),
    st.dates(date(1970, 1, 1), date(2100, 12, 31)),
)
def test_what_is_ahead_never_ends_before_publication(phrase: str, day: date) -> None:
    assert windows(phrase, day)[0].last >= day
