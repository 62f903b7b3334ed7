"""Who did best."""

import math

import numpy as np
import pytest

from forecast.records import Score
from forecast.scoring.leaderboard import leaderboard


def peers(forecaster, amounts, coverage=1.0):
    return [
        Score(f"Q{number}", forecaster, "peer", amount, coverage)
        for number, amount in enumerate(amounts)
    ]


def board(scores, **changes):
    return leaderboard(scores, rng=np.random.default_rng(1), **changes)


def test_points_are_the_sum_over_thirty_or_the_coverage_if_that_is_more():
    few, many = board([*peers("few", [60.0]), *peers("many", [1.5] * 60)])
    assert (few.forecaster, few.points) == ("few", pytest.approx(2.0))
    assert (many.forecaster, many.points) == ("many", pytest.approx(1.5))
    assert (few.n_questions, many.n_questions) == (1, 60)


def test_late_entry_lifts_nobody():
    whole, late = board([*peers("whole", [10.0] * 40), *peers("late", [1.0] * 40, coverage=0.1)])
    assert (whole.forecaster, late.forecaster) == ("whole", "late")
    assert late.points == pytest.approx(40 / 30)


def test_equal_points_share_a_rank():
    places = board([*peers("b", [3.0]), *peers("a", [3.0]), *peers("c", [1.0])])
    assert [(place.forecaster, place.rank) for place in places] == [("a", 1), ("b", 1), ("c", 3)]


def test_the_interval_says_how_much_rests_on_few_questions():
    steady, lucky = board([*peers("steady", [10.0] * 20), *peers("lucky", [199.0] + [0.0] * 19)])
    assert steady.ci_low == pytest.approx(steady.ci_high)
    assert lucky.ci_low == 0
    assert lucky.ci_high > steady.points


def test_an_interval_of_less_probability_is_narrower():
    amounts = list(np.linspace(-50, 60, 40))
    wide = board(peers("a", amounts))[0]
    narrow = board(peers("a", amounts), ci_prob=0.5)[0]
    assert wide.ci_low < narrow.ci_low < narrow.ci_high < wide.ci_high


def test_infinite_points_stay_infinite():
    winner, loser = board([*peers("up", [math.inf, -1.0]), *peers("down", [-math.inf, 1.0])])
    assert (winner.forecaster, winner.points, winner.ci_high) == ("up", math.inf, math.inf)
    assert (loser.points, loser.ci_low) == (-math.inf, -math.inf)


def test_brier_scores_are_shown_beside_the_points():
    rows = [*peers("a", [3.0, 5.0]), *peers("b", [1.0])]
    rows += [Score("Q0", "a", "brier", 0.1, 1.0), Score("Q1", "a", "brier", 0.3, 1.0)]
    first, second = board(rows)
    assert (first.mean_brier, second.mean_brier) == (pytest.approx(0.2), None)
    assert (first.mean_points, first.coverage) == (4.0, 2.0)


def test_without_peer_points_there_is_no_board():
    assert board([Score("Q0", "a", "brier", 0.1, 1.0)]) == []
