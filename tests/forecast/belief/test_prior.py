"""Where beliefs start: worked numbers and the spread of a reference class."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecast.belief.prior import prior_draws, prior_mean
from forecast.records import Cases, Rate, Stated

COUNTS = st.integers(0, 50)


def rng(seed=1):
    return np.random.Generator(np.random.PCG64(seed))


def test_cases_start_at_the_jeffreys_predictive():
    """(1/2 + 12) / (1 + 20)."""
    assert prior_mean(Cases(12, 20), 30) == pytest.approx(12.5 / 21)


def test_a_rate_starts_at_the_lomax_predictive():
    """1 - (E / (E + h))^(1/2 + k), here with k = 2, E = 365, h = 30."""
    assert prior_mean(Rate(2, 365), 30) == pytest.approx(1 - (365 / 395) ** 2.5)


def test_a_stated_probability_is_taken_as_it_is():
    assert prior_mean(Stated(0.3, 4), 30) == 0.3


@given(events=COUNTS, exposure=st.floats(1, 1e4), horizon=st.floats(0.1, 1e3))
def test_a_longer_horizon_never_lowers_a_rate(events, exposure, horizon):
    basis = Rate(events, exposure)
    assert prior_mean(basis, horizon) <= prior_mean(basis, 2 * horizon)


@pytest.mark.parametrize("basis", [Cases(3, 10), Rate(2, 365), Stated(0.3, 4)])
def test_draws_keep_the_mean_that_they_are_given(basis):
    mean = np.full(200_000, 0.3)
    assert prior_draws(basis, mean, rng()).mean() == pytest.approx(0.3, abs=0.003)


def test_more_cases_leave_less_doubt():
    mean = np.full(20_000, 0.3)
    few = prior_draws(Cases(3, 10), mean, rng()).std()
    many = prior_draws(Cases(300, 1000), mean, rng()).std()
    assert many < few / 5


def test_the_beta_spread_has_the_variance_of_its_reference_class():
    """Beta(a, b) with a + b = n + 1: variance p (1 - p) / (n + 2)."""
    mean = np.full(400_000, 0.3)
    found = prior_draws(Cases(3, 10), mean, rng()).var()
    assert found == pytest.approx(0.3 * 0.7 / 12, rel=0.02)
