"""The continuous ranked probability score."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecast.scoring.crps import crps

CDFS = st.lists(st.floats(0, 1), min_size=5, max_size=5).map(sorted)
NODES = np.array([0.0, 1.0, 3.0, 4.0, 10.0])


def by_quadrature(cdf, nodes, outcome):
    x = np.linspace(nodes[0], nodes[-1], 400_001)
    middles = (x[1:] + x[:-1]) / 2
    heights = np.interp(middles, nodes, cdf) - (middles >= outcome)
    return float(np.square(heights).mean() * (nodes[-1] - nodes[0]))


@pytest.mark.parametrize("outcome", [-2.0, 0.0, 0.4, 3.0, 9.0, 10.0, 12.0])
def test_it_is_the_integral_of_the_squared_distance(outcome):
    cdf = [0.05, 0.1, 0.6, 0.9, 0.97]
    assert crps(cdf, NODES, outcome) == pytest.approx(by_quadrature(cdf, NODES, outcome), abs=1e-4)


def test_a_uniform_forecast_by_hand():
    # over [0, 10], outcome x: (x^3 + (10 - x)^3) / 300
    assert crps([0, 1], [0, 10], 2.0) == pytest.approx((8 + 512) / 300)


def test_many_forecasts_are_scored_at_once():
    cdfs = np.array([[0, 0.5, 1], [0, 0.1, 1], [0.2, 0.3, 0.4]])
    together = crps(cdfs, [0, 1, 2], 0.5)
    assert together == pytest.approx([float(crps(cdf, [0, 1, 2], 0.5)) for cdf in cdfs])


def test_an_outcome_beyond_the_range_counts_as_its_end():
    assert crps([0, 0.5, 1], [0, 1, 2], np.inf) == crps([0, 0.5, 1], [0, 1, 2], 2.0)


@given(CDFS, CDFS)
def test_no_forecast_beats_the_distribution_that_outcomes_come_from(steps, said):
    masses = np.diff([0.0, *steps[:-1], 1.0])
    reached = np.cumsum(masses)[:-1]
    of_truth = float((np.diff(NODES) * reached * (1 - reached)).sum())
    of_forecast = sum(
        mass * float(crps(said, NODES, at)) for mass, at in zip(masses, NODES, strict=True)
    )
    assert of_truth <= of_forecast + 1e-9
