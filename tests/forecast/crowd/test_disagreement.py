"""How far forecasts lie apart."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecast.crowd.disagreement import chances_of, spread
from questions.values import Cdf, Number, Probability, Shares

PROBS = st.lists(st.floats(0, 1), min_size=2, max_size=6)


def test_a_spread_is_the_standard_deviation_of_log_odds():
    found = spread([[0.2], [0.8]])
    assert found.amount == pytest.approx(math.log(4))
    assert (found.low, found.high) == (0, 1)


def test_people_who_agree_lie_nowhere_apart():
    assert spread([[0.3], [0.3], [0.3]]).amount == 0


@given(PROBS)
def test_a_spread_knows_neither_yes_from_no_nor_an_order(probs):
    found = spread([[p] for p in probs]).amount
    assert spread([[1 - p] for p in probs]).amount == pytest.approx(found, abs=1e-9)
    assert spread([[p] for p in reversed(probs)]).amount == pytest.approx(found, abs=1e-9)


def test_it_is_measured_where_they_differ_most():
    red_and_blue = [(0.2, 0.7, 0.1), (0.2, 0.3, 0.5)]
    found = spread(red_and_blue)
    assert (found.place, found.low, found.high) == (2, 0, 1)


def test_certainty_is_no_infinite_disagreement():
    assert spread([[0.0], [1.0]]).amount == pytest.approx(math.log(99))


def test_one_alone_does_not_disagree():
    with pytest.raises(ValueError, match="1 forecasts cannot lie apart"):
        spread([[0.3]])


def test_every_kind_of_forecast_states_chances():
    assert chances_of(Probability(0.3)).tolist() == [0.3]
    assert chances_of(Shares((("a", 0.3), ("b", 0.7)))).tolist() == [0.3, 0.7]
    assert chances_of(Cdf((0.1, 0.6, 1.0))).tolist() == [0.1, 0.6, 1.0]
    with pytest.raises(ValueError, match="is no distribution"):
        chances_of(Number(3.0))
