"""Bias, information and noise in closed form."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import ndtr
from scipy.stats import multivariate_normal

from forecast.skill.makeup import Makeup, both_below, contributions, expected_brier

CONTROL, TREATMENT = Makeup(-0.5, 0.1, 0.1), Makeup(0.2, 0.3, 0.3)


def test_the_published_parameters_give_the_published_scores():
    assert expected_brier(-0.8, CONTROL) == pytest.approx(0.174254, abs=5e-7)
    assert expected_brier(-0.8, TREATMENT) == pytest.approx(0.179346, abs=5e-7)


def test_the_closed_form_is_what_simulated_forecasters_score():
    rng = np.random.default_rng(1)
    mu, bias, information, noise = 0.3, -0.2, 0.4, 0.2
    happens = rng.normal(size=400_000)
    signal = information * happens + rng.normal(
        0, np.sqrt(information + noise - information**2), size=400_000
    )
    probs = ndtr((mu + bias + signal) / np.sqrt(1 - information))
    simulated = np.square(probs - (mu + happens > 0)).mean()
    found = expected_brier(mu, Makeup(bias, information, noise))
    assert found == pytest.approx(simulated, abs=1.5e-3)


def test_without_bias_and_noise_more_information_is_always_better():
    scores = [float(expected_brier(-0.4, Makeup(0, share, 0))) for share in np.linspace(0, 0.95, 9)]
    assert scores[0] == pytest.approx(float(ndtr(-0.4) * ndtr(0.4)))
    assert scores == sorted(scores, reverse=True)


def test_the_parts_sum_to_the_whole_and_what_is_alike_contributes_nothing():
    parts = contributions(-0.8, CONTROL, TREATMENT)
    assert sum(parts.values()) == pytest.approx(0.174254 - 0.179346, abs=1e-6)
    assert parts["information"] > 0 > parts["noise"]
    only = contributions(-0.8, CONTROL, Makeup(-0.5, 0.3, 0.1))
    assert only["information"] > 0
    assert (only["bias"], only["noise"]) == (
        pytest.approx(0, abs=1e-12),
        pytest.approx(0, abs=1e-12),
    )


@given(st.floats(-3, 3), st.floats(-3, 3), st.floats(-0.95, 0.95))
def test_the_bivariate_normal_is_that_of_scipy(first, second, correlation):
    cov = [[1, correlation], [correlation, 1]]
    expected = multivariate_normal([0, 0], cov).cdf([first, second])
    assert float(both_below(first, second, correlation)) == pytest.approx(expected, abs=2e-5)


def test_draws_are_scored_at_once():
    many = Makeup(np.array([-0.5, 0.2]), np.array([0.1, 0.3]), np.array([0.1, 0.3]))
    assert expected_brier(-0.8, many) == pytest.approx([0.174254, 0.179346], abs=5e-7)


@pytest.mark.parametrize("makeup", [Makeup(0, 1.0, 0), Makeup(0, -0.1, 0), Makeup(0, 0.2, -0.1)])
def test_a_makeup_that_nobody_can_have_is_refused(makeup):
    with pytest.raises(ValueError, match="information must lie"):
        expected_brier(0, makeup)
