"""Scores of quantiles, beside scoringrules."""

import numpy as np
import pytest
import scoringrules
from hypothesis import given
from hypothesis import strategies as st

from forecast.scoring.crps import crps
from forecast.scoring.quantiles import LEVELS, interval_score, pinball, quantiles_of

VALUES = st.lists(st.floats(-50, 50), min_size=23, max_size=23).map(sorted)


@given(st.floats(-50, 50), st.floats(0.01, 0.99), st.floats(-60, 60))
def test_the_pinball_loss_is_that_of_scoringrules(said, level, outcome):
    expected = scoringrules.quantile_score(outcome, said, level)
    assert pinball(said, level, outcome) == pytest.approx(float(expected), abs=1e-9)


@given(VALUES, st.floats(-60, 60))
def test_the_interval_score_is_that_of_scoringrules(said, outcome):
    values = np.array(said)
    below, above = values[:11], values[:11:-1]
    alphas = 2 * LEVELS[:11]
    expected = scoringrules.weighted_interval_score(outcome, values[11], below, above, alphas)
    assert interval_score(values, LEVELS, outcome) == pytest.approx(float(expected), abs=1e-9)


def test_three_quantiles_by_hand():
    # interval of 80 %: width 4, covered; the median misses by 1: (0.5 * 1 + 0.1 * 4) / 1.5
    assert interval_score([3, 5, 7], [0.1, 0.5, 0.9], 4) == pytest.approx(0.9 / 1.5)
    # below it by 2: the miss costs 2 / 0.2 * 2 = 20 in an interval score of 24
    assert interval_score([3, 5, 7], [0.1, 0.5, 0.9], 1) == pytest.approx(
        (0.5 * 4 + 0.1 * 24) / 1.5
    )


def test_many_quantiles_approach_the_continuous_score():
    nodes, cdf = np.array([0.0, 4.0, 10.0]), np.array([[0.0, 0.7, 1.0]])
    levels = np.arange(0.0005, 1, 0.001)
    values = quantiles_of(cdf, nodes, levels)
    assert interval_score(values, levels, 2.5) == pytest.approx(crps(cdf, nodes, 2.5), rel=1e-4)


@given(st.lists(st.floats(0, 1), min_size=4, max_size=4).map(sorted), st.floats(0.01, 0.99))
def test_a_quantile_lies_where_the_distribution_reaches_its_level(heights, level):
    nodes = np.array([0.0, 1.0, 5.0, 6.0])
    found = quantiles_of([heights], nodes, [level])[0, 0]
    if heights[0] < level <= heights[-1]:
        assert np.interp(found, nodes, heights) == pytest.approx(level, abs=1e-6)
    else:
        assert found == (nodes[0] if level <= heights[0] else nodes[-1])


def test_the_exact_distribution_is_scored_as_scoringrules_scores_a_uniform_one():
    nodes = np.linspace(2.0, 6.0, 9)
    for outcome in (2.0, 3.3, 5.9):
        expected = scoringrules.crps_uniform(outcome, 2.0, 6.0)
        assert crps((nodes - 2) / 4, nodes, outcome) == pytest.approx(float(expected))


def test_a_large_ensemble_is_scored_as_scoringrules_scores_its_members():
    rng = np.random.default_rng(2)
    members = np.sort(rng.random(4000) * 10)
    nodes = np.concatenate([[0.0], members, [10.0]])
    cdf = np.linspace(0, 1, len(nodes))
    expected = scoringrules.crps_ensemble(4.2, members)
    assert crps(cdf, nodes, 4.2) == pytest.approx(float(expected), abs=2e-3)


@pytest.mark.parametrize("level", [0.0, 1.0, -0.2])
def test_a_level_that_is_none_is_refused(level):
    with pytest.raises(ValueError, match="between 0 and 1"):
        pinball(1.0, level, 2.0)


def test_levels_out_of_order_are_refused():
    with pytest.raises(ValueError, match="levels must rise"):
        interval_score([1.0, 2.0], [0.5, 0.4], 1.0)
