"""Skill and difficulty at once."""

import math

import numpy as np
import pytest

from forecast.records import Score
from forecast.scoring.comparison import adjusted
from forecast.skill.difficulty import skills
from questions.errors import BadInput


def world(rng, people=8, count=60):
    """Scores of people who each answered the questions that they liked; the last one only few."""
    skill, hard = rng.normal(0, 0.05, people), rng.normal(0.3, 0.12, count)
    rows = []
    for who in range(people):
        for asked in range(count):
            likes = (hard[asked] < 0.35) if who % 2 else (hard[asked] > 0.25)
            if likes and (who < people - 1 or asked < 6):
                amount = skill[who] + hard[asked] + rng.normal(0, 0.08)
                rows.append(Score(f"Q{asked}", f"m{who}", "brier", float(amount), 1.0))
    return skill, rows


@pytest.mark.slow
def test_skill_is_recovered_and_few_questions_are_held_near_the_mean():
    skill, rows = world(np.random.default_rng(3))
    found = skills(rows, rule="brier", seed=1, draws=500)
    by_name = {one.forecaster: one for one in found.forecasters}
    learned = np.array([by_name[f"m{who}"].score.mean for who in range(8)])
    assert np.corrcoef(learned[:7], skill[:7])[0, 1] > 0.9
    least = {
        one.forecaster: one.adjusted
        for one in adjusted(rows, rule="brier", rng=np.random.default_rng(1))
    }
    middle = np.mean(learned)
    assert abs(by_name["m7"].score.mean - middle) < abs(least["m7"] - middle)
    widths = {name: one.score.ci_high - one.score.ci_low for name, one in by_name.items()}
    assert widths["m7"] > widths["m0"]
    assert sum(one.best for one in found.forecasters) == pytest.approx(1)
    for one, truth in (
        (found.spread_of_difficulty, 0.12),
        (found.spread_of_noise, 0.08),
    ):
        assert one.ci_low * 0.9 <= truth <= one.ci_high * 1.1
    assert (found.divergences, found.r_hat_max < 1.03) == (0, True)


def test_skill_needs_two_forecasters_and_two_questions_with_finite_scores():
    rows = [Score(f"Q{number}", "a", "log", 0.3, 1.0) for number in range(3)]
    rows += [Score("Q0", "b", "log", math.inf, 1.0)]
    with pytest.raises(BadInput, match="two forecasters or more on two questions or more"):
        skills(rows, rule="log", seed=1)
