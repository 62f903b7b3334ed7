"""What people write for options, numbers and dates."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecast.writing.values import (
    format_value,
    option_named,
    parse_quantiles,
    parse_value,
    quantiles_of,
)
from questions.errors import BadInput
from questions.records import Binary, Date, Discrete, MultipleChoice, Numeric
from questions.values import Cdf, Moment, Probability, Shares

PARTIES = MultipleChoice(("Red", "Blue", "Other"))
RAIN = Numeric(0, 100, "mm", open_upper_bound=True)
SEATS = Discrete(-0.5, 10.5, 11, "seats")
DAY = Date(datetime(2030, 1, 1, tzinfo=UTC), datetime(2031, 1, 1, tzinfo=UTC))


def test_each_kind_of_question_takes_its_own_kind_of_value():
    assert parse_value(Binary(), "35%") == Probability(0.35)
    assert parse_value(PARTIES, "red=.2, Blue=1/2, other=30%") == Shares(
        (("Red", 0.2), ("Blue", 0.5), ("Other", 0.3))
    )
    rain = parse_value(RAIN, "p90=9,p10=3,p50=5")
    assert isinstance(rain, Cdf)
    assert rain.at_level == ((0.1, 3.0), (0.5, 5.0), (0.9, 9.0))
    assert len(rain.points) == 201
    seats = parse_value(SEATS, "p10=3,p90=3")
    assert isinstance(seats, Cdf)
    assert len(seats.points) == 12


def test_an_option_that_is_left_out_has_the_rest():
    assert dict(parse_value(PARTIES, "Red=.2,Blue=.5").by_option)["Other"] == pytest.approx(0.3)


def test_thirds_need_not_sum_to_the_last_digit():
    shares = dict(parse_value(PARTIES, "Red=33.3%,Blue=33.3%,Other=33.3%").by_option)
    assert sum(shares.values()) == pytest.approx(1, abs=1e-9)


def test_the_beginning_of_an_option_names_it_unless_another_begins_so():
    assert option_named(("Labour", "Liberal"), "LAB") == "Labour"
    assert option_named(("Lab", "Labour"), "lab") == "Lab"
    with pytest.raises(BadInput, match="option 'L' cannot be used: give one of Labour, Liberal"):
        option_named(("Labour", "Liberal"), "L")


def test_dates_may_count_from_now():
    now = datetime(2030, 3, 1, tzinfo=UTC)
    pairs = parse_quantiles(DAY, "p10=+1m,p90=2030-12-31", now=now)
    assert [datetime.fromtimestamp(at, UTC).date().isoformat() for _, at in pairs] == [
        "2030-04-01",
        "2030-12-31",
    ]


def test_a_value_beyond_an_open_end_is_taken():
    assert parse_quantiles(RAIN, "p50=50,p99=400")[-1] == (0.99, 400.0)


@pytest.mark.parametrize(
    ("kind", "text", "why"),
    [
        (Binary(), "1", "could mean a percentage"),
        (PARTIES, "35%", "a share for each of Red, Blue, Other, such as Red=34%,Blue=33%"),
        (PARTIES, "Red=.2,Blue=.9,Other=.2", "shares that sum to 100%; these sum to 130%"),
        (PARTIES, "Red=.9,Blue=.9", "these sum to 180%"),
        (PARTIES, "Red=.2", "a share for Blue, Other too"),
        (PARTIES, "Red=.2,red=.3,Blue=.5", "Red stands there twice"),
        (PARTIES, "Green=.2,Blue=.8", "option 'Green' cannot be used: give one of Red, Blue"),
        (PARTIES, "Red=1,Blue=0%,Other=0%", "share of Red '1' cannot be used"),
        (PARTIES, "Red=-.1,Blue=.6,Other=.5", "share of Red '-.1' cannot be used"),
        (RAIN, "5", "quantiles such as p10=3,p50=5,p90=9"),
        (RAIN, "p50=5", "two or more quantiles"),
        (RAIN, "p10=3,p50=3", "p50 does not lie above p10"),
        (RAIN, "p10=5,p50=3", "values that rise with their levels"),
        (RAIN, "p10=3,p10=4", "p10 stands there twice"),
        (RAIN, "p0=3,p50=4", "levels lie between p0 and p100"),
        (RAIN, "p10=-3,p50=4", "p10 '-3' cannot be used: give at least 0, where the range ends"),
        (RAIN, "p10=x,p50=4", "p10 'x' cannot be used: give a number"),
        (RAIN, "p10=nan,p50=4", "give a number"),
        (SEATS, "p10=1,p90=12", "at most 10, where the range ends"),
        (DAY, "p10=3,p90=9", "a date such as"),
        (DAY, "p10=2029-01-01,p90=2030-09-01", "at least 2030-01-01"),
        (DAY, "p10=2030-05-01T10:00,p90=2030-09-01", "an offset with the time of day"),
    ],
)
def test_what_cannot_be_used_is_refused_in_one_line(kind, text, why):
    with pytest.raises(BadInput) as refused:
        parse_value(kind, text)
    assert why in str(refused.value)
    assert "\n" not in str(refused.value)


@given(st.lists(st.integers(0, 100), min_size=3, max_size=3).filter(lambda some: sum(some) > 0))
def test_shares_are_written_as_they_are_read(parts):
    whole = sum(parts)
    text = ",".join(
        f"{name}={part}/{whole}" for name, part in zip(PARTIES.options, parts, strict=True)
    )
    found = parse_value(PARTIES, text)
    assert found.by_option == tuple(
        (name, pytest.approx(part / whole))
        for name, part in zip(PARTIES.options, parts, strict=True)
    )
    assert sum(share for _, share in found.by_option) == pytest.approx(1)


def test_distributions_are_told_by_their_quantiles_with_the_unit():
    said = parse_value(RAIN, "p10=3,p50=5,p90=9")
    assert format_value(RAIN, said) == "p10 3, p50 5, p90 9 mm"
    crowd = Cdf(said.points)
    assert format_value(RAIN, crowd).startswith("p10 3.006, p25 ")
    assert [level for level, _ in quantiles_of(RAIN, crowd)] == [0.1, 0.25, 0.5, 0.75, 0.9]
    late = Cdf(tuple(0.5 * k / 200 for k in range(201)))
    assert format_value(DAY, late).endswith("p75 >2031-01-01, p90 >2031-01-01")
    assert format_value(DAY, Moment(datetime(2030, 5, 1, tzinfo=UTC))) == "2030-05-01"
