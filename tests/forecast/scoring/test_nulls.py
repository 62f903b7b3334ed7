"""Where nothing is to be found, one time in twenty something is: two thousand histories each.

Forecasters update ten times a question, and no two updates are independent.
"""

import numpy as np
import pytest

from forecast.scoring.corp import decompose
from forecast.scoring.intervals import always, mean_of
from forecast.scoring.nulls import null_band, spiegelhalter
from forecast.scoring.pairs import Paired
from tests.forecast.scoring.equals import differences, walks

HISTORIES = 2000

pytestmark = pytest.mark.soak


def rejected(looks):
    """The share of histories in which something was found."""
    return float(np.mean([looks() for _ in range(HISTORIES)]))


@pytest.mark.parametrize("questions", [30, 100])
def test_two_equals_are_told_apart_in_three_to_seven_per_cent(questions):
    rng, chance = np.random.default_rng(1), np.random.default_rng(2)
    found = rejected(
        lambda: mean_of(differences(questions, rng), rng=chance, draws=1000).p_value < 0.05
    )
    assert 0.03 <= found <= 0.07


@pytest.mark.parametrize("questions", [30, 100])
def test_a_calibrated_forecaster_who_updates_is_rejected_in_three_to_seven_per_cent(questions):
    rng = np.random.default_rng(3)

    def looks():
        probs, answers = walks(questions, rng)
        updates = probs.shape[1]
        rows = Paired(
            np.repeat(np.arange(questions), updates),
            probs.ravel(),
            np.repeat(answers.astype(np.int64), updates),
            np.full(questions * updates, 1 / updates),
        )
        return spiegelhalter(rows)[1] < 0.05

    assert 0.03 <= rejected(looks) <= 0.07


def test_the_null_band_leaves_out_a_calibrated_forecaster_in_three_to_seven_per_cent():
    rng = np.random.default_rng(5)

    def looks():
        probs, answers = walks(40, rng)
        rows = Paired(np.arange(40), probs[:, -1], answers.astype(np.int64), np.ones(40))
        low, high = null_band(rows, rng=rng, draws=400)
        return not low <= decompose(rows.probs, rows.outcomes).miscalibration <= high

    assert 0.03 <= rejected(looks) <= 0.07


def test_watching_equals_for_four_hundred_questions_misleads_in_seven_per_cent_at_most():
    rng = np.random.default_rng(7)

    def looks():
        gaps = differences(400, rng)
        ends = [always(gaps[:seen]) for seen in range(10, 401, 10)]
        return any(not low <= 0 <= high for low, high in ends)

    assert rejected(looks) <= 0.07
