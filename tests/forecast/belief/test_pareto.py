"""The shape of the largest weights says whether the weights may be used."""

import numpy as np
import pytest

from forecast.belief.pareto import shape


def rng(seed=1):
    return np.random.Generator(np.random.PCG64(seed))


@pytest.mark.parametrize("spread", [0.3, 1.0, 2.0, 4.0])
def test_it_is_the_k_hat_of_arviz(spread):
    from arviz_stats.base import array_stats

    log_weights = spread * rng().standard_normal(2000)
    _, theirs = array_stats.psislw(-log_weights)
    assert shape(log_weights) == pytest.approx(float(theirs), abs=0.02)


@pytest.mark.parametrize("k", [0.3, 0.6, 0.9])
def test_it_recovers_the_shape_of_a_pareto_law(k):
    """Weights u^-k have a Pareto tail of shape k."""
    found = [shape(-k * np.log(rng(seed).random(20_000))) for seed in range(5)]
    assert np.mean(found) == pytest.approx(k, abs=0.06)


def test_weights_that_are_alike_have_no_tail():
    assert shape(np.zeros(1000)) == -np.inf


def test_a_constant_changes_nothing():
    log_weights = rng().standard_normal(2000)
    assert shape(log_weights + 700) == pytest.approx(shape(log_weights))
