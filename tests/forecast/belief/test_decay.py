"""Time that passes without the event lowers a deadline question, and only that."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecast.belief.decay import decayed, hazard_gone, hazard_speed, share_elapsed
from forecast.belief.prior import prior_mean, span_of
from forecast.probability import expit, logit
from forecast.records import Rate

PROBS = st.floats(0.001, 0.999)


def at(prob, elapsed, kappa=1.0):
    return float(expit(decayed(logit(np.array([prob])), elapsed, kappa))[0])


def test_half_of_the_time_takes_thirty_percent_to_sixteen():
    """Exponential survival: 1 - sqrt(.7) = .1633."""
    assert at(0.30, 0.5) == pytest.approx(1 - 0.7**0.5)


@given(PROBS)
def test_nothing_has_changed_at_the_opening(prob):
    assert at(prob, 0.0) == pytest.approx(prob)


@given(PROBS, st.floats(0, 0.99), st.floats(0, 0.99), st.floats(0.4, 2.5))
def test_more_time_never_raises_it(prob, first, second, kappa):
    early, late = sorted((first, second))
    assert at(prob, late, kappa) <= at(prob, early, kappa) + 1e-12


@given(PROBS, st.floats(0.01, 0.9), st.floats(0.01, 0.9))
def test_with_kappa_one_it_forgets_when_the_time_passed(prob, first, second):
    """Memoryless: decaying by a share, then by a share of the rest, is decaying by both."""
    both = first + second * (1 - first)
    assert at(at(prob, first), second) == pytest.approx(at(prob, both), rel=1e-6, abs=1e-9)


@given(PROBS, st.floats(0.05, 0.95), st.floats(0.5, 2.0))
def test_it_is_the_conditional_probability_of_weibull_survival(prob, share, kappa):
    """(F(D) - F(s)) / (1 - F(s)) with F(t) = 1 - exp(-hazard t^kappa)."""
    hazard = -np.log1p(-prob)
    gone = -np.expm1(-hazard * share**kappa)
    assert at(prob, share, kappa) == pytest.approx((prob - gone) / (1 - gone), rel=1e-6, abs=1e-9)


@given(st.floats(0, 5), st.floats(10, 1000), st.floats(1, 30), st.floats(0.01, 0.99))
def test_of_a_counted_rate_it_is_what_the_longer_exposure_says(events, exposure, life, share):
    """Gamma(1/2 + k, E) of the rate is Gamma(1/2 + k, E + s) once s has passed without one."""
    basis, passed = Rate(events, exposure), share * life
    opening = logit(np.array([prior_mean(basis, life)]))
    later = prior_mean(Rate(events, exposure + passed), life - passed)
    found = expit(decayed(opening, share, span=span_of(basis, life)))
    assert float(found[0]) == pytest.approx(later, rel=1e-5, abs=2e-6)


@given(st.floats(0.01, 0.99), st.just(0.0) | st.floats(1e-6, 50))
def test_the_speed_is_the_derivative_by_the_logarithm(share, span):
    step = 1e-5
    up, down = (hazard_gone(share * np.exp(one), span) for one in (step, -step))
    speed = hazard_speed(np.array([share]), span)[0]
    assert speed == pytest.approx((up - down) / (2 * step), rel=1e-6)


def test_the_last_moment_is_finite():
    assert np.isfinite(decayed(np.array([0.0]), 1.0)).all()


def test_the_share_of_a_life_stays_within_it():
    assert [share_elapsed(0, day, 20) for day in (-5, 0, 5, 25)] == [0, 0, 0.25, 1]
    assert share_elapsed(3, 3, 3) == 0
