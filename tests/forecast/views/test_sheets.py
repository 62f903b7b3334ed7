"""Values and beliefs as dictionaries."""

import math
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecast.views.sheets import density_sheet, distance, short, value_sheet
from forecast.writing.values import drawn
from questions.records import Binary, Date, Discrete, Numeric
from questions.values import Cdf, Moment, Number, Probability, Shares

RAIN = Numeric(0, 100, "mm", open_upper_bound=True)
DAY = Date(datetime(2030, 1, 1, tzinfo=UTC), datetime(2031, 1, 1, tzinfo=UTC))
DRY = drawn(RAIN, ((0.1, 3.0), (0.5, 5.0), (0.9, 9.0)))
WET = drawn(RAIN, ((0.1, 60.0), (0.9, 300.0)))


def test_each_value_has_its_own_key():
    assert value_sheet(Binary(), Probability(0.3)) == {"prob": 0.3}
    assert value_sheet(RAIN, DRY) == {"quantiles": {"p10": 3.0, "p50": 5.0, "p90": 9.0}}
    assert value_sheet(RAIN, Number(3.0)) == {"value": 3.0}
    assert value_sheet(DAY, Moment(DAY.range_min)) == {"value": DAY.range_min}
    assert value_sheet(RAIN, None) == {"prob": None}


def test_dates_are_instants_and_what_lies_beyond_is_infinite():
    half = Cdf(tuple(0.5 * k / 200 for k in range(201)))
    found = value_sheet(DAY, half)["quantiles"]
    assert found["p25"] == datetime(2030, 7, 2, 12, tzinfo=UTC)
    assert found["p75"] == math.inf


def test_a_distribution_in_a_word_is_its_median():
    assert short(RAIN, DRY) == "5 mm"
    assert short(RAIN, None) == "-"


def test_the_parts_and_what_lies_beyond_make_one():
    found = density_sheet(RAIN, WET)
    assert found["below"] + sum(found["inside"]) + found["above"] == pytest.approx(1)
    assert (found["low"], found["high"], len(found["edges"])) == (0, 100, 21)
    seats = Discrete(-0.5, 10.5, 11)
    told = density_sheet(seats, drawn(seats, ((0.1, 2.0), (0.9, 7.0))))
    assert (told["low"], told["high"]) == (0, 10)


@given(st.floats(0, 1), st.floats(0, 1))
def test_a_distance_is_from_zero_to_one_and_the_same_both_ways(one, other):
    first, second = (Shares((("A", p), ("B", 1 - p))) for p in (one, other))
    assert distance(first, second) == pytest.approx(abs(one - other))
    assert distance(first, second) == distance(second, first)
    assert distance(Probability(one), Probability(other)) == abs(one - other)


def test_distributions_that_share_nothing_lie_far_apart():
    assert distance(DRY, DRY) == 0
    assert 0.9 < distance(DRY, WET) <= 1
    with pytest.raises(ValueError, match="of two kinds"):
        distance(DRY, Probability(0.5))
