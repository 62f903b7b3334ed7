"""The whole posterior of the crowd's recalibration, sampled in PyMC.

The model of :mod:`forecast.crowd.recalibration`, whose mode is found there in a moment; here
the spreads of bias, slope and precision are sampled with everything else, each square an
inverse gamma worth ten forecasters about .2^2.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np

from forecast.crowd.recalibration import OWN, PRIOR, SPREAD, WORTH, Crowds, Recalibration


def sampled(
    crowds: Crowds,
    names: Sequence[str],
    *,
    seed: int,
    draws: int = 1000,
    tune: int = 1000,
    chains: int = 2,
    progress: bool = False,
) -> Recalibration:
    """Draws of what is known of a crowd and its members, given resolved events.

    ``names`` are the forecasters of ``crowds``. The draws take the place of the mode wherever
    it is used: a pooled value is the median of the log-odds over them.
    """
    import pymc as pm

    with model_of(crowds, len(names)):
        found = pm.sample(
            draws=draws,
            tune=tune,
            chains=chains,
            cores=1,
            random_seed=seed,
            target_accept=0.9,
            progressbar=progress,
            compute_convergence_checks=False,
        )
    posterior = found["posterior"]
    parts = [posterior[name].to_numpy() for name in ("shared", "own")]
    flat = [part.reshape(chains * draws, -1) for part in parts]
    return Recalibration(tuple(names), np.concatenate(flat, axis=1))


def model_of(crowds: Crowds, forecasters: int) -> Any:
    """The model, with the events as data; its own parameters are not centred."""
    import pymc as pm

    event, who = crowds.event, crowds.who
    with pm.Model() as model:
        shared = pm.Normal("shared", 0.0, np.array(PRIOR), shape=len(PRIOR))
        alpha, beta = WORTH / 2, WORTH * SPREAD**2 / 2
        square = pm.InverseGamma("square", alpha, beta, shape=OWN)
        apart = pm.Normal("apart", 0.0, 1.0, shape=(OWN, forecasters))
        own = pm.Deterministic("own", apart * pm.math.sqrt(square)[:, None])
        precision = pm.math.exp(own[2][who] + shared[3] * crowds.freshness)
        said = crowds.biased[event] * (shared[2] + own[0][who])
        said += (1 + own[1][who]) * crowds.log_odds
        rows = np.equal.outer(np.arange(len(crowds.size)), event).astype(np.float64)
        mean = pm.math.dot(rows, precision * said) / pm.math.dot(rows, precision)
        total = pm.math.exp(shared[0] + shared[1] * np.log(crowds.size)) * mean
        chance = crowds.outcome * total - pm.math.log1pexp(total)
        pm.Potential("answers", pm.math.sum(crowds.weight * chance))
    return model
