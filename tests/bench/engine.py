"""What refitting costs: gradients as data grow, and sampling against latents spelled out."""

from collections.abc import Callable
from time import perf_counter
from typing import Any

import numpy as np

from forecast.belief.chains import Chain, run, side_by_side
from forecast.belief.dataset import Dataset, dataset
from forecast.belief.density import from_prior, layout, log_density
from forecast.belief.diagnosis import R_HAT_LIMIT
from forecast.belief.sampling import CHAINS, tree_of
from tests.bench.timing import seconds
from tests.forecast.belief.simulated import Shape, world

SIZE = Shape(resolved=200, waiting=100, members=112)
"""300 questions, 3,000 reports, 20,000 forecasts."""
TEN = Shape(resolved=2000, waiting=1000, members=112)
NAMES = ("c0", "c1", "delta_R", "tau_R", "tau_k", "sd_mu", "mu_grade", "delta", "omega")
NAMES += ("tau_F", "tau_F2", "g0", "s_g")


def made(shape: Shape = SIZE) -> Dataset:
    """The data of a simulated world."""
    return dataset(world(np.random.Generator(np.random.PCG64(1)), shape).cases)


def gradient() -> tuple[Callable[[], object], Callable[[], object]]:
    """A gradient at ten times the questions, reports and forecasts, against one."""
    return _gradient(made(TEN)), _gradient(made())


def _gradient(data: Dataset, repeats: int = 2) -> Callable[[], object]:
    where = layout(data)
    point = from_prior(where, np.random.Generator(np.random.PCG64(1)))
    at = log_density(data, where)

    def run() -> None:
        for _ in range(repeats):
            at(point)

    return run


def set_up() -> tuple[Callable[[], object], Callable[[], object]]:
    """All that is done with changed data before the first gradient, against sampling them."""
    data = made(Shape())
    chains = [Chain(data, seed, 200, 0.8, False, "nutpie") for seed in range(CHAINS)]

    def ours() -> None:
        for chain in chains:
            where = layout(chain.data)
            from_prior(where, np.random.Generator(np.random.PCG64(chain.seed)))
            log_density(chain.data, where)

    def theirs() -> None:
        side_by_side(chains)

    return ours, theirs


def set_up_of_pymc() -> float:
    """The same of PyMC's own sampler, compiled before: a chain of two draws against a fit's."""
    data = made(Shape())
    short, long = (Chain(data, 1, draws, 0.8, False, "pymc") for draws in (2, 1000))
    run(short)
    spent = [seconds(lambda one=one: run(one)) for one in (short, long)]
    return spent[0] / spent[1]


def sampling_ratio(draws: int = 300, cap: float = 900.0) -> tuple[float, float, bool]:
    """Effective sample a second of shared parameters: collapsed over spelled out, and its r-hat.

    The other's draws are doubled until it converges, or until the next run would take longer
    than ``cap`` seconds. The last value tells whether it has converged: if not, what it has of
    an effective sample is too much, and the ratio is a lower bound.
    """
    from tests.bench.spelled import spelled_out

    data = made()
    chains = [Chain(data, seed, draws, 0.8, False, "nutpie") for seed in range(2)]
    started = perf_counter()
    ours = tree_of(side_by_side(chains), data)["posterior"].to_dataset()
    our_rate = least(ours)[0] / (perf_counter() - started)
    sample, spent, r_hat, tried = spelled_out(data), 0.0, np.inf, draws
    while r_hat > R_HAT_LIMIT and 2 * spent < cap:
        started = perf_counter()
        theirs = sample(tried)
        spent = perf_counter() - started
        ess, r_hat = least(theirs["posterior"].to_dataset())
        tried *= 2
    return our_rate * spent / ess, r_hat, r_hat <= R_HAT_LIMIT


def least(posterior: Any) -> tuple[float, float]:
    """The smallest bulk ESS of the shared parameters, and the largest r-hat."""
    import arviz as az

    shared = posterior[list(NAMES)]
    ess = min(float(one.min()) for one in az.ess(shared, method="bulk").data_vars.values())
    return ess, max(float(one.max()) for one in az.rhat(shared).data_vars.values())
