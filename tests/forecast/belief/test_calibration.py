"""Simulation-based calibration: parameters from the prior, data from them, ranks uniform.

Talts, Betancourt, Simpson, Vehtari and Gelman (2018). Questions are looked at in mid-stream:
some are scheduled, some have resolved yes early, some are still open; in the thirty, some have an
uncertain rate as their prior.
"""

import sys
from dataclasses import replace

import numpy as np
import pytest

from forecast.belief.dataset import dataset
from forecast.belief.sampling import sample
from tests.forecast.belief.simulated import Shape, from_prior, world

pytestmark = pytest.mark.slow

SHAPE = Shape(
    resolved=25, waiting=15, sources=4, members=4, stories=2.0, scheduled=0.4, prior=(-0.5, 0.8)
)
SHARED = ("c0", "c1", "kappa", "delta_R", "tau_R", "tau_k", "sd_mu", "sd_b", "delta", "omega")
SHARED += ("tau_F", "tau_F2", "g0", "s_g")
VECTORS = ("mu_grade", "z_source", "z_b", "log_sigma_source", "b_judge", "bias", "z_gamma")
VECTORS += ("log_sigma_member",)
RANKED = 99
"""So many draws are kept of each posterior: a rank is one of a hundred."""


def ranks(simulations, seed=0, draws=400, shape=SHAPE):
    """The rank of each true parameter among its posterior's draws, a row a simulation."""
    found, names = [], [*SHARED, *VECTORS]
    for number in range(simulations):
        rng = np.random.Generator(np.random.PCG64([seed, number]))
        phi = from_prior(rng, shape)
        data = dataset(world(rng, shape, phi).cases)
        found_of = sample(data, seed=1 + number, draws=draws, runs=1)
        posterior = found_of.tree["posterior"].to_dataset()
        row = []
        for name in names:
            values = posterior[name].stack(of=("chain", "draw")).transpose("of", ...).values
            kept = values[np.linspace(0, len(values) - 1, RANKED).astype(int)]
            truth = _present(np.atleast_1d(phi[name]), name, data)
            row.append((kept.reshape(RANKED, -1) < truth).sum(axis=0))
        found.append(np.concatenate(row))
    return found


def _present(truth, name, data):
    """The true values of those whom the data show."""
    if name in ("z_source", "z_b", "log_sigma_source"):
        return truth[[int(one.split()[1]) for one in data.sources]]
    if name == "b_judge":
        return truth[[int(one.split()[1]) for one in data.judges]]
    if name in ("bias", "z_gamma", "log_sigma_member"):
        return truth[[int(one.split()[1]) for one in data.members]]
    return truth


def cover(pooled, prob):
    """How often the central interval of that probability holds the truth."""
    place = (pooled + 0.5) / (RANKED + 1)
    return float(np.mean(abs(place - 0.5) <= prob / 2))


def least_p(found, bins=10):
    """The smallest p of chi-square tests of uniform ranks, times the number of tests."""
    from scipy.stats import chisquare

    table = np.array([row[: len(SHARED)] for row in found])
    counts = [np.bincount(column * bins // (RANKED + 1), minlength=bins) for column in table.T]
    return len(SHARED) * min(float(chisquare(count).pvalue) for count in counts)


@pytest.mark.filterwarnings("ignore")
def test_thirty_posteriors_hold_what_their_data_were_made_of():
    found = ranks(30, draws=200, shape=replace(SHAPE, rates=0.4))
    pooled = np.concatenate(found)
    assert 0.85 <= cover(pooled, 0.9) <= 0.95
    assert 0.42 <= cover(pooled, 0.5) <= 0.58
    assert least_p(found, bins=5) > 0.01


@pytest.mark.soak
@pytest.mark.filterwarnings("ignore")
def test_two_hundred_posteriors_hold_what_their_data_were_made_of():
    found = ranks(200, seed=1)
    pooled = np.concatenate(found)
    figures = cover(pooled, 0.9), cover(pooled, 0.5), least_p(found)
    sys.stderr.write(f"\n200 simulations: 90 % {figures[0]:.3f}, 50 % {figures[1]:.3f}, ")
    sys.stderr.write(f"least p x {len(SHARED)} = {figures[2]:.3f}\n")
    assert 0.88 <= figures[0] <= 0.92
    assert 0.46 <= figures[1] <= 0.54
    assert figures[2] > 0.01
