"""Times as people write them, and as the store keeps them."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questions.errors import BadInput
from questions.instants import (
    add_months,
    end_of,
    from_micros,
    iso,
    last_day,
    last_of,
    micros,
    parse_instant,
)

NOW = datetime(2023, 3, 31, 15, 30, tzinfo=UTC)
moments = st.integers(min_value=-(10**16), max_value=10**16).map(from_micros)


@pytest.mark.parametrize(
    ("text", "edge", "day"),
    [
        ("2023-04-30", "start", "2023-04-30"),
        ("2023-04-30", "end", "2023-05-01"),
        (" 2023-12-31 ", "end", "2024-01-01"),
        ("20230430", "start", "2023-04-30"),
    ],
)
def test_a_bare_date_is_a_midnight_utc_and_as_a_close_the_next(text, edge, day):
    assert parse_instant(text, edge=edge) == datetime.fromisoformat(day).replace(tzinfo=UTC)


@pytest.mark.parametrize("edge", ["start", "end"])
@pytest.mark.parametrize(
    "text",
    ["2023-04-30T18:00Z", "2023-04-30T20:00+02:00", "2023-04-30 13:30-04:30", "20230430T18Z"],
)
def test_a_time_with_an_offset_is_that_instant_at_either_edge(text, edge):
    assert parse_instant(text, edge=edge) == datetime(2023, 4, 30, 18, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "edge", "expected"),
    [
        ("today", "start", "2023-03-31T00:00Z"),
        ("today", "end", "2023-04-01T00:00Z"),
        ("+3h", "start", "2023-03-31T18:30Z"),
        ("+2d", "start", "2023-04-02T00:00Z"),
        ("+1w", "end", "2023-04-08T00:00Z"),
        ("+1m", "start", "2023-04-30T00:00Z"),
        ("+1y", "start", "2024-03-31T00:00Z"),
        ("EOY", "end", "2024-01-01T00:00Z"),
    ],
)
def test_steps_count_from_now(text, edge, expected):
    assert parse_instant(text, edge=edge, now=NOW) == parse_instant(expected)


@pytest.mark.parametrize("text", ["today", "+3w", "eoy", "+1h"])
def test_steps_are_refused_where_there_is_no_now(text):
    with pytest.raises(BadInput, match="give a date such as 2023-04-30"):
        parse_instant(text)


@pytest.mark.parametrize("text", ["2023-04-30T18:00", "2023-04-30 18:00:30", "20230430T1800"])
def test_a_time_of_day_without_an_offset_is_refused(text):
    with pytest.raises(BadInput, match=f"an offset with the time of day, such as {text}Z"):
        parse_instant(text, what="closing time")


@pytest.mark.parametrize(
    "text",
    [
        *("", "soon", "10", "01/02/2023", "Q1 2027", "2023-04", "2023-2-3", "-3d", "+3", "+3x"),
        *("2023-02-30", "2023-13-01", "2023-04-31T10:00Z", "2023-04-30T25:00Z", "0000-01-01"),
        *("2023-04-30T18:00+99:00", "1e9", "nan", "２０２３-04-30"),
    ],
)
def test_what_is_no_time_is_refused(text):
    with pytest.raises(BadInput, match="today, "):
        parse_instant(text, now=NOW)


@pytest.mark.parametrize(
    "text", ["+99999999d", "+9999y", "+999999999999h", "0001-01-01T00:00+05:00"]
)
def test_a_time_beyond_the_calendar_is_refused(text):
    with pytest.raises(BadInput, match="cannot be used"):
        parse_instant(text, now=NOW)


def test_the_last_day_of_the_calendar_has_no_end():
    assert parse_instant("9999-12-31").year == 9999
    with pytest.raises(BadInput, match="closing time '9999-12-31'"):
        parse_instant("9999-12-31", edge="end", what="closing time")


@given(moments)
def test_an_instant_survives_its_text_and_its_number(moment):
    assert parse_instant(iso(moment)) == moment
    assert from_micros(micros(moment)) == moment


@given(moments, st.integers(min_value=-12, max_value=14))
def test_an_instant_has_one_text_whatever_its_zone(moment, hours):
    there = moment.astimezone(timezone(timedelta(hours=hours)))
    assert iso(there) == iso(moment)
    assert iso(there).endswith("Z")


@given(moments, moments)
def test_numbers_are_ordered_as_instants(one, other):
    assert (micros(one) < micros(other)) == (one < other)


@given(st.dates(date(1900, 1, 1), date(2200, 1, 1)))
def test_the_end_of_a_day_lies_after_it_and_reads_back_as_it(day):
    assert last_day(end_of(day)) == day
    assert last_day(end_of(day) + timedelta(microseconds=1)) == day + timedelta(days=1)


@given(st.dates(date(1900, 1, 1), date(2200, 1, 1)), st.integers(min_value=-600, max_value=600))
def test_months_later_is_the_same_day_or_the_last_of_its_month(day, count):
    later = add_months(day, count)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == count
    assert later.day == min(day.day, last_of(later.year, later.month).day)
