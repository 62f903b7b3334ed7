"""What one forecast is worth."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecast.scoring import rules

PROBS = st.floats(0.01, 0.99)
BINARY = [rules.brier, rules.brier_two_sided, rules.log, rules.spherical, rules.rps, rules.ordinal]
HAND_P = [0.1, 0.2, 0.3, 0.6, 0.7, 0.9, 0.9, 0.4]
HAND_Y = [0, 0, 1, 1, 0, 1, 1, 0]


@st.composite
def shares(draw, size=4):
    weights = np.array(draw(st.lists(PROBS, min_size=size, max_size=size)))
    return weights / weights.sum()


def test_eight_forecasts_scored_by_hand():
    assert rules.brier(HAND_P, HAND_Y).mean() == pytest.approx(0.17125)
    assert rules.log(HAND_P, HAND_Y).mean() == pytest.approx(0.4961027, abs=1e-7)


@pytest.mark.parametrize(
    ("rule", "probs", "place", "score"),
    [  # Good Judgment's published examples of ordered questions, and two of the ranked score
        (rules.brier_two_sided, [0.15, 0.45, 0.25, 0.15], 2, 0.81),
        (rules.ordinal, [0.15, 0.45, 0.25, 0.15], 2, 0.27),
        (rules.ordinal, [0.25, 0.25, 0.30, 0.20], 1, 0.235),
        (rules.rps, [0.01, 0.32, 0.44, 0.23], 2, 0.1619),
        (rules.rps, [0.8, 0.1, 0.1], 0, 0.05),
    ],
)
def test_published_scores_of_options(rule, probs, place, score):
    assert rule(probs, place) == pytest.approx(score, abs=1e-12)


def test_nothing_is_clipped():
    assert rules.log([0.0, 1.0], [1, 1]).tolist() == [np.inf, 0.0]


@pytest.mark.parametrize("rule", [rules.brier, rules.log, rules.spherical])
@given(prob=PROBS)
def test_two_options_score_as_yes_and_no(rule, prob):
    options = [[1 - prob, prob]]
    assert rule([prob], [1]) == pytest.approx(rule(options, [1]), abs=1e-12)
    assert rule([prob], [0]) == pytest.approx(rule(options, [0]), abs=1e-12)


@pytest.mark.parametrize("rule", BINARY)
@given(truth=PROBS, said=PROBS)
def test_honesty_is_the_best_forecast_of_yes_and_no(rule, truth, said):
    def expected(prob):
        return truth * rule(prob, 1) + (1 - truth) * rule(prob, 0)

    assert expected(truth) <= expected(said) + 1e-12
    if abs(truth - said) > 0.01:
        assert expected(truth) < expected(said)


@pytest.mark.parametrize("rule", BINARY)
@given(truth=shares(), said=shares())
def test_honesty_is_the_best_forecast_of_options(rule, truth, said):
    def expected(probs):
        return float(truth @ rule(np.tile(probs, (4, 1)), np.arange(4)))

    assert expected(truth) <= expected(said) + 1e-12


def test_the_ranked_score_prefers_a_near_miss():
    assert rules.rps([0, 1, 0, 0], 2) < rules.rps([1, 0, 0, 0], 2)
    assert rules.brier([0, 1, 0, 0], 2) == rules.brier([1, 0, 0, 0], 2)


@pytest.mark.parametrize("rule", BINARY)
def test_an_option_that_was_not_on_offer_changes_nothing(rule):
    with_gap = rule([0.2, 0.5, np.nan, 0.3], 1)
    assert with_gap == pytest.approx(float(rule([0.2, 0.5, 0.3], 1)), abs=1e-12)


@pytest.mark.parametrize(
    ("probs", "outcomes", "why"),
    [
        ([1.2], [1], "from 0 to 1"),
        ([-0.1], [1], "from 0 to 1"),
        ([np.nan], [1], "not NaN"),
        ([0.5], [2], "from 0 to 1: "),
        ([0.5], [0.5], "0 or 1, or the place"),
        ([[0.5, 0.5]], [2], "from 0 to 1: "),
        ([[0.5, 0.5]], [-1], "from 0 to 1: "),
    ],
)
def test_what_cannot_be_scored_is_refused(probs, outcomes, why):
    with pytest.raises(ValueError, match=why):
        rules.brier(probs, outcomes)
