"""Two groups, learned from what they said."""

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from scipy.special import ndtr, ndtri

from forecast.histories.history import histories
from forecast.histories.targets import Target
from forecast.records import Forecast
from forecast.skill.groups import compare_groups, said_by
from questions.errors import BadInput
from questions.values import NO, YES, Probability

DAY0 = datetime(2025, 1, 1, tzinfo=UTC)
MU, BIAS, INFORMATION, NOISE = -0.8, (-0.5, 0.2), (0.1, 0.3), (0.1, 0.3)
COVARIANCE = [[1, 0.1, 0.3], [0.1, 0.05, 0.05], [0.3, 0.05, 0.2]]


def answered(count, people, rng):
    """Histories of simulated questions, at the parameters of the literature's example."""
    shared = rng.multivariate_normal([0, 0, 0], COVARIANCE, size=count)
    targets, rows = [], []
    for number in range(count):
        outcome = YES if MU + shared[number, 0] > 0 else NO
        targets.append(Target(f"Q{number}", "binary", DAY0, DAY0 + timedelta(days=9), outcome))
        for group in (0, 1):
            own = INFORMATION[group] + NOISE[group] - COVARIANCE[group + 1][group + 1]
            signals = MU + BIAS[group] + shared[number, group + 1]
            signals = signals + rng.normal(0, np.sqrt(own), size=people)
            probs = ndtr(signals / np.sqrt(1 - INFORMATION[group]))
            for who, prob in enumerate(probs.tolist()):
                name = f"{'ct'[group]}{who}"
                rows.append(Forecast("", f"Q{number}", name, Probability(prob), DAY0, DAY0))
    return histories(targets, rows)


NAMES = [[f"{letter}{who}" for who in range(15)] for letter in "ct"]


def test_a_group_is_its_number_its_mean_and_its_spread():
    rows = answered(12, 3, np.random.default_rng(1))
    said = said_by(rows, NAMES[0], NAMES[1][:2])
    probits = ndtri(np.clip(rows[0].values, 0.001, 0.999))
    assert said.n[0].tolist() == [3, 2]
    assert said.mean[0] == pytest.approx([probits[:3].mean(), probits[3:5].mean()])
    assert said.squares[0] == pytest.approx([probits[:3].var() * 3, probits[3:5].var() * 2])
    assert set(said.answers.tolist()) <= {0, 1}


def test_groups_that_cannot_be_compared_are_refused():
    rows = answered(12, 2, np.random.default_rng(1))
    with pytest.raises(BadInput, match="each forecaster to one group"):
        said_by(rows, ["c0", "t0"], ["t0"])
    with pytest.raises(BadInput, match="two groups with forecasts on 10 resolved"):
        said_by(rows, ["c0"], ["nobody"])
    with pytest.raises(BadInput, match="two groups with forecasts on 10 resolved"):
        said_by(rows[:9], ["c0"], ["t0"])


@pytest.mark.slow
def test_bias_information_and_noise_are_recovered():
    rows = answered(200, 15, np.random.default_rng(5))
    found = compare_groups(said_by(rows, *NAMES), seed=1, draws=600)
    truth = {"bias": BIAS, "information": INFORMATION, "noise": NOISE}
    for part, pair in truth.items():
        for group in (0, 1):
            one = found.parts[part][group]
            slack = 0.25 * (one.ci_high - one.ci_low)
            assert one.ci_low - slack <= pair[group] <= one.ci_high + slack
    assert found.brier[0].ci_low <= 0.174254 <= found.brier[0].ci_high
    assert found.brier[1].ci_low <= 0.179346 <= found.brier[1].ci_high
    parts = sum(one.mean for one in found.contributions.values())
    assert parts == pytest.approx(found.gain.mean, abs=1e-9)
    assert found.contributions["information"].ci_low > 0 > found.contributions["noise"].ci_high
    assert (found.divergences, found.r_hat_max < 1.03) == (0, True)
