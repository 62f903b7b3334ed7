"""Movement against learning, and following of reports: worked numbers and known agents."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecast.probability import expit, logit
from forecast.scoring.habits import Reaction, following, movement, reactions_of, updating
from forecast.scoring.intervals import ratio_of

PROBS = st.lists(st.floats(0, 1), min_size=2, max_size=8)


def rng(seed=1):
    return np.random.Generator(np.random.PCG64(seed))


def agent(chance, n, *, factor=1.0, to_outcome=False):
    """Streams of somebody who sees 1 to 8 normal signals a question; ``factor`` misreads them."""
    found = []
    for _ in range(n):
        start = chance.normal(0, 1)
        yes = chance.random() < expit(start)
        signals = chance.normal(0.6 if yes else -0.6, 1, chance.integers(1, 9))
        log_odds = start + np.concatenate([[0.0], np.cumsum(factor * 1.2 * signals)])
        beliefs = expit(log_odds)
        found.append(np.append(beliefs, float(yes)) if to_outcome else beliefs)
    return found


def test_movement_and_reduction_by_hand():
    moved, fell = movement([0.5, 0.8, 0.6])
    assert moved == pytest.approx(0.3**2 + 0.2**2)
    assert fell == pytest.approx(0.25 - 0.24)


def test_who_goes_straight_to_the_truth_moves_as_much_as_is_learned():
    found = updating("Ana", [[0.5, 1.0], [0.5, 0.0]], rng=rng())
    assert (found.movement, found.reduction, found.ratio) == (0.5, 0.5, 1.0)
    assert (found.ci_low, found.ci_high) == (1.0, 1.0)


def test_who_swings_moves_without_learning():
    found = updating("Ana", [[0.4, 0.6, 0.4], [0.3, 0.7, 0.3]], rng=rng())
    assert found.reduction == pytest.approx(0)
    assert math.isnan(found.ratio)
    assert (found.ci_low, found.ci_high) == (-math.inf, math.inf)
    assert found.excess == pytest.approx((0.08 + 0.32) / 2)


@given(PROBS)
def test_a_belief_and_its_complement_move_alike(probs):
    other = [1 - p for p in probs]
    assert movement(other) == pytest.approx(movement(probs), abs=1e-12)
    both = np.column_stack([probs, other])
    assert movement(both) == pytest.approx(movement(probs), abs=1e-12)


@given(PROBS)
def test_looking_again_without_a_change_is_no_movement(probs):
    twice = [p for p in probs for _ in range(2)]
    assert movement(twice) == pytest.approx(movement(probs), abs=1e-12)


def test_silence_and_single_beliefs_say_nothing():
    found = updating("Ana", [[0.4]], rng=rng())
    assert (found.n_questions, found.n_changes, found.movement) == (0, 0, 0.0)
    assert math.isnan(found.ratio)


@pytest.mark.parametrize("to_outcome", [False, True])
def test_a_bayesian_moves_as_much_as_is_learned(to_outcome):
    found = updating("Bayes", agent(rng(7), 1500, to_outcome=to_outcome), rng=rng())
    assert found.ratio == pytest.approx(1, abs=0.08)
    assert found.ci_low < 1 < found.ci_high
    assert found.p_value > 0.05


@pytest.mark.parametrize("to_outcome", [False, True])
def test_who_reads_too_much_into_signals_is_above_one_and_who_reads_too_little_below(to_outcome):
    over = updating("over", agent(rng(7), 1000, factor=2, to_outcome=to_outcome), rng=rng())
    under = updating("under", agent(rng(7), 1000, factor=0.4, to_outcome=to_outcome), rng=rng())
    assert over.ci_low > 1.3
    assert under.ci_high < 0.8
    assert max(over.p_value, under.p_value) < 0.01


def test_the_interval_holds_the_bayesians_one_about_as_often_as_it_says():
    chance, held = rng(3), 0
    for _ in range(200):
        found = updating("Bayes", agent(chance, 40), rng=chance, draws=400)
        held += found.ci_low <= 1 <= found.ci_high
    assert 0.89 <= held / 200 <= 0.99


def test_a_ratio_of_sums_is_not_a_mean_of_ratios():
    found = ratio_of([1.0, 3.0], [1.0, 1.0], rng=rng())
    assert found.ratio == 2.0
    assert ratio_of([1.0, 9.0], [1.0, 3.0], rng=rng()).ratio == 2.5


@pytest.mark.parametrize("below", [[], [1.0], [1.0, -1.0]])
def test_a_ratio_of_one_question_or_over_nothing_is_open(below):
    found = ratio_of([1.0] * len(below), below, rng=rng())
    assert (found.ci_low, found.ci_high) == (-math.inf, math.inf)


def test_a_follower_of_what_was_judged_has_the_slope_one():
    rows = [Reaction(f"Q{n}", w, w) for n, w in enumerate((0.5, -1.0, 2.0))]
    found = following("Ana", rows, rng=rng())
    assert (found.slope, found.ci_low, found.ci_high) == (1.0, 1.0, 1.0)
    assert (found.n, found.n_questions, found.n_changed) == (3, 3, 3)


@pytest.mark.parametrize("true", [0.4, 1.0, 1.8])
def test_a_known_slope_is_recovered(true):
    chance = rng(11)
    rows = []
    for question in range(300):
        for _ in range(3):
            weight = chance.normal(0, 1)
            change = true * weight + chance.normal(0, 0.5)
            rows.append(Reaction(f"Q{question}", weight, change))
    found = following("Ana", rows, rng=rng())
    assert found.ci_low < true < found.ci_high
    assert found.ci_high - found.ci_low < 0.2


def reacted(arrivals, said, *, window=10, end=100):
    return reactions_of("Q1", arrivals, said, window=window, end=end)


def test_a_change_counts_from_just_before_a_report_to_the_end_of_the_window():
    said = [(0, 50, 0.5), (50, 55, 0.9), (55, 100, 0.8)]
    (one,) = reacted([(50, 1.0)], said)
    assert (one.weight, one.change) == (1.0, pytest.approx(logit(0.8)))


def test_not_moving_is_a_reaction():
    (one,) = reacted([(50, 1.0)], [(0, 100, 0.3)])
    assert one.change == 0


def test_reports_within_a_window_count_together_and_no_change_twice():
    said = [(0, 53, 0.5), (53, 100, 0.8)]
    found = reacted([(50, 1.0), (55, 0.5), (60, -0.2), (90, 0.3)], said)
    assert [(one.weight, one.change > 0) for one in found] == [
        (1.5, True),
        (-0.2, False),
        (0.3, False),
    ]


@pytest.mark.parametrize("said", [[], [(50, 100, 0.3)], [(0, 55, 0.3)]])
def test_who_held_no_forecast_before_or_after_is_left_out(said):
    assert reacted([(50, 1.0)], said) == []


def test_a_window_ends_with_the_question():
    (one,) = reacted([(95, 1.0)], [(0, 97, 0.5), (97, 100, 0.6)])
    assert one.change == pytest.approx(logit(0.6))
    assert reacted([(100, 1.0)], [(0, 100, 0.5)]) == []


def test_certainty_counts_as_one_percent():
    (one,) = reacted([(50, 1.0)], [(0, 50, 0.5), (50, 100, 1.0)])
    assert one.change == pytest.approx(math.log(99))
