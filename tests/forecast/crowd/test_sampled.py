"""The mode of the crowd's recalibration beside its whole posterior."""

import numpy as np
import pytest

from forecast.belief.recalibrated import model_of, sampled
from forecast.crowd import recalibration
from forecast.crowd.past import answered, crowds_of, joined
from forecast.crowd.recalibration import SHARED, log_odds_of, recalibrated
from forecast.histories.history import histories
from forecast.probability import expit
from forecast.scoring.points import peer
from tests.forecast.crowd.crowds import asked, world

NAMES = tuple(f"m{number}" for number in range(6))


def events(questions):
    past = answered(histories(*world(questions, power=2.5)), peer)
    return joined(past, {name: at for at, name in enumerate(NAMES)})


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
def test_mode_and_posterior_pool_alike():
    crowds = events(60)
    mode = recalibrated(crowds, NAMES)
    whole = sampled(crowds, NAMES, seed=1, draws=300, tune=300)
    rng = np.random.Generator(np.random.PCG64(4))
    for probs in rng.uniform(0.05, 0.95, (20, 6)):
        crowd = crowds_of(asked("Q", 0, 1), probs, np.arange(6))
        fast, full = (expit(log_odds_of(known, crowd, NAMES)[0]) for known in (mode, whole))
        assert fast == pytest.approx(full, abs=0.04)


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
def test_both_have_one_likelihood():
    """Differences of the log density between vectors whose spreads are one and the same."""
    crowds = events(10)
    rng = np.random.Generator(np.random.PCG64(5))
    square = np.full(3, 0.04)
    scale = np.concatenate([recalibration.PRIOR, np.full(18, 0.2)])
    model = model_of(crowds, 6)
    density = model.compile_logp()
    ours, theirs = [], []
    for vector in 0.2 * rng.standard_normal((3, SHARED + 18)):
        own = vector[SHARED:].reshape(3, 6) / 0.2
        point = {"shared": vector[:SHARED], "square_log__": np.log(square), "apart": own}
        theirs.append(float(density(point)))
        ours.append(-recalibration._loss(vector, crowds, scale)[0])
    assert np.diff(ours) == pytest.approx(np.diff(theirs), abs=1e-8)
