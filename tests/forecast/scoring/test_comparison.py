"""Two forecasters, and many on different questions."""

import math

import numpy as np
import pytest

from forecast.records import Score
from forecast.scoring.comparison import adjusted, cells_of, compare, high_is_good, two_way
from questions.errors import BadInput, NotFound


def rng(seed=1):
    return np.random.Generator(np.random.PCG64(seed))


def scored(forecaster, amounts, rule="brier", start=0):
    return [
        Score(f"Q{start + number}", forecaster, rule, float(amount), 1.0)
        for number, amount in enumerate(amounts)
    ]


def test_the_better_one_has_the_lower_score_or_the_higher_points():
    steps = np.linspace(0, 0.1, 40)
    rows = scored("a", 0.1 + steps) + scored("b", 0.2 + 2 * steps)
    assert compare(rows, "a", "b", rule="brier", rng=rng()).better == "a"
    rows = scored("a", 10 * steps, "peer") + scored("b", 20 * steps + 1, "peer")
    found = compare(rows, "a", "b", rule="peer", rng=rng())
    assert (found.better, found.noise) == ("b", False)
    assert found.ci_low < found.difference < found.ci_high < 0


def test_a_difference_that_is_noise_makes_nobody_better():
    gaps = rng(3).normal(size=30)
    found = compare(
        scored("a", gaps) + scored("b", np.zeros(30)), "a", "b", rule="brier", rng=rng()
    )
    assert (found.better, found.noise) == ("", True)
    assert found.ci_low < 0 < found.ci_high


def test_only_common_questions_count():
    rows = scored("a", [0.1] * 5) + scored("b", [0.3] * 5, start=3)
    found = compare(rows, "a", "b", rule="brier", rng=rng())
    assert (found.n_questions, found.difference) == (2, pytest.approx(-0.2))


def test_two_that_are_infinitely_wrong_together_do_not_differ():
    rows = scored("a", [math.inf, 0.1, 0.2], "log") + scored("b", [math.inf, 0.3, 0.1], "log")
    assert compare(rows, "a", "b", rule="log", rng=rng()).difference == pytest.approx(-0.1 / 3)


def test_infinitely_worse_on_one_question_says_nothing_of_the_next():
    rows = scored("a", [math.inf] + [0.1] * 9, "log") + scored("b", [0.2] * 10, "log")
    found = compare(rows, "a", "b", rule="log", rng=rng())
    assert (found.difference, found.better) == (math.inf, "")


def test_who_has_no_score_is_not_found_and_no_common_question_is_said():
    rows = scored("Ana", [0.1]) + scored("Bo", [0.2], start=7)
    with pytest.raises(NotFound, match="did you mean 'Ana'"):
        compare(rows, "An", "Bo", rule="brier", rng=rng())
    with pytest.raises(BadInput, match="a resolved question in common"):
        compare(rows, "Ana", "Bo", rule="brier", rng=rng())


def test_which_way_is_good():
    assert [high_is_good(one) for one in ("brier", "last_log", "crps", "peer", "edge_brier")] == [
        *(False, False, False),
        *(True, True),
    ]


def test_effects_are_recovered_where_scores_are_their_sum():
    skill, hard = np.array([0.0, 0.1, -0.05]), rng(5).random(12)
    rows = [
        Score(f"Q{asked}", f"m{who}", "brier", skill[who] + hard[asked], 1.0)
        for who in range(3)
        for asked in range(12)
        if (who + asked) % 3  # everybody skips a third of the questions, each another
    ]
    found = adjusted(rows, rule="brier", rng=rng())
    assert [one.forecaster for one in found] == ["m2", "m0", "m1"]
    answers = np.array([one.adjusted for one in found])
    assert answers - answers[1] == pytest.approx([-0.05, 0.0, 0.1], abs=1e-9)


def test_who_took_the_hard_questions_is_not_worse_for_it():
    rows = scored("brave", [0.4, 0.42, 0.2]) + scored("choosy", [0.1, 0.12], start=3)
    rows += scored("all", [0.5, 0.5, 0.3, 0.1, 0.12])
    found = {one.forecaster: one for one in adjusted(rows, rule="brier", rng=rng())}
    assert found["brave"].mean > found["choosy"].mean
    assert found["brave"].adjusted < found["choosy"].adjusted
    assert found["brave"].ci_low <= found["brave"].adjusted <= found["brave"].ci_high


def test_without_a_chain_of_common_questions_the_overall_mean_compares():
    cells = cells_of(scored("a", [0.2, 0.4]) + scored("b", [0.1], start=5), "brier")
    assert two_way(cells, np.ones(3)) == pytest.approx([7 / 30, 7 / 30])


def test_a_question_that_is_not_drawn_counts_for_nobody():
    cells = cells_of(scored("a", [0.2]) + scored("b", [0.1], start=5), "brier")
    found = two_way(cells, np.array([1, 0]))
    assert found[0] == pytest.approx(0.2)
    assert math.isnan(found[1])


def test_nobody_scored_is_nobody_adjusted():
    assert adjusted([], rule="brier", rng=rng()) == []
    assert adjusted(scored("a", [math.inf], "log"), rule="log", rng=rng()) == []
