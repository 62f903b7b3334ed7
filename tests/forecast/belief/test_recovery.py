"""Over many simulated worlds, 90 % intervals hold what they were made of nine times in ten."""

import numpy as np
import pytest

from forecast.belief.dataset import dataset
from forecast.belief.draws import Fit, member_information
from forecast.belief.sampling import sample
from tests.forecast.belief.test_sampling import AT, C0, IDLE, INFORMED, world

pytestmark = pytest.mark.soak

WORLDS = 10


def test_intervals_cover_the_truth_as_often_as_they_say():
    """Thirty intervals at 90 %: fewer than 22 hits has a probability under one in two hundred."""
    hits = []
    for seed in range(WORLDS):
        sampled = sample(dataset(world(seed=100 + seed)), seed=seed)
        assert sampled.diagnostics.ok
        fit = Fit("M1", AT, seed, "", sampled.diagnostics, sampled.draws)
        hits.append(holds(sampled.draws["c0"], C0))
        hits.append(holds(member_information(fit, "informed"), INFORMED))
        hits.append(holds(member_information(fit, "idle"), IDLE))
    assert sum(hits) >= 22


def holds(draws, truth):
    low, high = np.quantile(draws, [0.05, 0.95])
    return low <= truth <= high
