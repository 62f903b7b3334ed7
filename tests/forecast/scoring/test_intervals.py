"""Intervals that resample questions, and intervals that may be watched."""

import math

import numpy as np
import pytest

from forecast.scoring.intervals import always, mean_of
from tests.forecast.scoring.equals import differences


def rng(seed=1):
    return np.random.Generator(np.random.PCG64(seed))


def test_the_interval_is_about_that_of_the_textbook_where_values_are_normal():
    values = rng(4).normal(1.0, 2.0, size=200)
    found = mean_of(values, rng=rng())
    half = 1.96 * values.std(ddof=1) / math.sqrt(200)
    assert found.ci_high - found.ci_low == pytest.approx(2 * half, rel=0.08)
    assert found.mean == pytest.approx(values.mean())
    assert found.p_value < 0.01


def test_a_skewed_sample_has_a_longer_end_on_its_long_side():
    values = rng(2).exponential(size=30)
    found = mean_of(values, rng=rng())
    assert found.ci_high - found.mean > found.mean - found.ci_low


def test_the_interval_of_four_values_by_hand():
    """Of four draws from 0, 0, 0 and 4 three are 4 in 5 % and all four in .4 % of all sets.

    Three fours lie (3 - 1) / 1 of their own errors above the mean, whose error is 1 too. In a
    third of all sets every draw is 0, without an error.
    """
    found = mean_of([0.0, 0.0, 0.0, 4.0], rng=rng())
    assert found.ci_low == pytest.approx(1 - 2 * 1)
    assert found.ci_high == math.inf


@pytest.mark.parametrize("values", [[0.3], [0.1, math.inf]])
def test_one_question_or_an_infinite_value_leaves_everything_open(values):
    found = mean_of(values, rng=rng())
    assert (found.ci_low, found.ci_high, found.p_value) == (-math.inf, math.inf, 1.0)


def test_no_values_have_no_mean():
    assert math.isnan(mean_of([], rng=rng()).mean)


def test_values_that_do_not_differ_leave_nothing_open():
    assert mean_of([0.5] * 4, rng=rng()).p_value == 0
    assert mean_of([0.0] * 4, rng=rng()).p_value == 1


def test_equals_are_told_apart_one_time_in_twenty():
    source, chance = rng(7), rng(8)
    rejected = [
        mean_of(differences(50, source), rng=chance, draws=500).p_value < 0.05 for _ in range(400)
    ]
    assert 0.02 <= np.mean(rejected) <= 0.08


def test_whoever_watches_equals_every_day_is_seldom_misled():
    source, misled = rng(9), 0
    for _ in range(150):
        gaps = differences(200, source)
        ends = [always(gaps[:seen]) for seen in range(10, 201, 5)]
        misled += any(not low <= 0 <= high for low, high in ends)
    assert misled / 150 <= 0.08


def test_an_interval_that_may_be_watched_is_wider_and_shrinks():
    values = rng(3).normal(size=2000)
    (low, high), (first, last) = always(values), always(values[:100])
    found = mean_of(values, rng=rng())
    assert low < found.ci_low < found.ci_high < high
    assert high - low < 0.4 * (last - first)


def test_before_ten_questions_and_with_infinite_values_it_says_nothing():
    assert always([1.0] * 9) == (-math.inf, math.inf)
    assert always([1.0] * 10 + [math.inf]) == (-math.inf, math.inf)
