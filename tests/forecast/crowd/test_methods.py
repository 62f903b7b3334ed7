"""Methods that make one value of many."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecast.crowd import methods
from forecast.crowd.methods import METHODS, method_named, pool_options
from questions.errors import BadInput

PROBS = st.lists(st.floats(0.02, 0.98), min_size=1, max_size=12).map(np.array)
INNER = sorted(set(METHODS) - {"extremized", "beta_pool"})
"""Methods that stay within their members; the other two sharpen on purpose."""


@pytest.mark.parametrize(
    ("probs", "pooled"), [([0.8, 0.7, 0.6], 0.67649786), ([0.8, 0.7, 0.5, 0.6], 0.61961262)]
)
def test_published_means_with_recency_weights(probs, pooled):
    assert methods.recency_mean(np.array(probs)) == pytest.approx(pooled, abs=5e-9)


@pytest.mark.parametrize(
    ("probs", "pooled"),
    [([0.8, 0.7, 0.6], 0.7), ([0.8, 0.7, 0.5, 0.6], 0.6), ([0.2, 0.9], 0.55), ([0.3], 0.3)],
)
def test_published_medians_with_recency_weights(probs, pooled):
    assert methods.recency_median(np.array(probs)) == pytest.approx(pooled)


def test_recency_weights():
    assert methods.recency_weights(3) == pytest.approx([0.4809217, 0.7277212, 1], abs=5e-8)
    assert methods.recency_weights(2).tolist() == [1, 1]


def test_a_tenth_is_trimmed_from_each_side_rounded_down():
    probs = np.array([0.9, *[0.5] * 8, 0.0])
    assert methods.trimmed_mean(probs) == pytest.approx(0.5)
    assert methods.trimmed_mean(probs[:9]) == pytest.approx(probs[:9].mean())


def test_the_log_odds_mean_is_the_geometric_mean_of_the_odds():
    odds = (0.2 / 0.8 * 0.6 / 0.4) ** 0.5
    assert methods.log_odds_mean(np.array([0.2, 0.6])) == pytest.approx(odds / (1 + odds))


def test_extremizing_raises_the_pooled_odds_to_a_power():
    odds = (0.8 / 0.2) ** 1.5
    assert methods.extremized(np.array([0.8, 0.8])) == pytest.approx(odds / (1 + odds))


def test_certainty_is_held_back_before_log_odds_are_taken():
    assert methods.log_odds_mean(np.array([1.0, 1.0])) == pytest.approx(0.99)
    assert methods.log_odds_mean(np.array([0.0, 1.0])) == pytest.approx(0.5)


def test_the_beta_pool_is_a_beta_cdf_of_the_mean():
    # F of Beta(6, 6) is P(at least 6 of 11 at p)
    from math import comb

    p = 0.7
    tail = sum(comb(11, k) * p**k * (1 - p) ** (11 - k) for k in range(6, 12))
    assert methods.beta_pool(np.array([0.6, 0.8])) == pytest.approx(tail)


@pytest.mark.parametrize("name", INNER)
@given(probs=PROBS)
def test_a_pool_stays_within_its_members(name, probs):
    assert probs.min() - 1e-12 <= METHODS[name](probs) <= probs.max() + 1e-12


@pytest.mark.parametrize("name", sorted(METHODS))
@given(prob=st.floats(0.02, 0.98), count=st.integers(1, 9))
def test_who_agree_pool_alike_however_many_they_are(name, prob, count):
    alone = METHODS[name](np.array([prob]))
    assert METHODS[name](np.full(count, prob)) == pytest.approx(float(alone))


@pytest.mark.parametrize("name", sorted(METHODS))
@given(probs=PROBS)
def test_yes_and_no_are_pooled_alike(name, probs):
    assert METHODS[name](1 - probs) == pytest.approx(1 - float(METHODS[name](probs)))


@pytest.mark.parametrize("name", sorted(set(METHODS) - {"recency_mean", "recency_median"}))
@given(probs=PROBS, seed=st.integers(0, 99))
def test_the_order_of_members_does_not_matter(name, probs, seed):
    shuffled = np.random.default_rng(seed).permutation(probs)
    assert METHODS[name](shuffled) == pytest.approx(float(METHODS[name](probs)))


@pytest.mark.parametrize("name", ["extremized", "beta_pool"])
@given(probs=PROBS)
def test_sharpening_moves_away_from_one_half(name, probs):
    plain = methods.log_odds_mean(probs) if name == "extremized" else methods.mean(probs)
    assert abs(METHODS[name](probs) - 0.5) >= abs(plain - 0.5) - 1e-12


NAN = np.nan


def test_published_pool_of_options():
    shares = np.array([[0.6, 0.15, NAN, 0.25], [0.6, 0.25, NAN, 0.15], [0.4, 0.35, NAN, 0.25]])
    found = pool_options("recency_median", shares)
    expected = [0.54539654, 0.22730173, NAN, 0.22730173]
    assert found == pytest.approx(expected, abs=5e-9, nan_ok=True)


@pytest.mark.parametrize("name", sorted(METHODS))
@given(rows=st.lists(st.tuples(*[st.floats(0.01, 1)] * 3), min_size=1, max_size=6))
def test_pooled_options_sum_to_one(name, rows):
    shares = np.array(rows)
    shares /= shares.sum(axis=1, keepdims=True)
    found = pool_options(name, shares)
    assert found.sum() == pytest.approx(1)
    assert (found > 0).all()


def test_options_that_pool_to_nothing_share_alike():
    assert pool_options("median", np.eye(3)) == pytest.approx([1 / 3] * 3)


@pytest.mark.parametrize("name", ["mean", "median", "trimmed_mean", "beta_pool", "recency_median"])
def test_a_pooled_cdf_still_rises(name):
    rng = np.random.default_rng(2)
    cdfs = np.sort(rng.random((7, 20)), axis=1)
    assert (np.diff(METHODS[name](cdfs)) >= 0).all()


@pytest.mark.parametrize(
    ("name", "right"), [("medan", "median"), ("bayes", "mean, median, trimmed_mean")]
)
def test_an_unknown_method_is_refused_with_those_there_are(name, right):
    with pytest.raises(BadInput, match=f"method '{name}' cannot be used: give .*{right}"):
        method_named(name)
