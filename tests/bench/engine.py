"""What refitting costs: gradients as data grow, and sampling against latents spelled out."""

from collections.abc import Callable
from time import perf_counter
from typing import Any

import numpy as np

from forecast.belief.dataset import Capacity, Dataset, capacity, columns, dataset
from forecast.belief.kernel import SHARED, Data, log_likelihood
from forecast.belief.sampling import labelled, runner
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
    room = capacity(made())
    return _gradient(made(TEN), room, 2), _gradient(made(), room, 2)


def _gradient(data: Dataset, room: Capacity, repeats: int) -> Callable[[], object]:
    size = SHARED + 6 + 3 * room.sources + room.judges + 3 * room.members
    point = np.full(size, 0.5)
    point[SHARED - 1] = 1.0
    held = columns(data)
    arrays = tuple(held[name] for name in Data._fields)
    rooms = np.array(room)

    def run() -> None:
        for _ in range(repeats):
            log_likelihood(point, rooms, arrays)

    return run


def set_up() -> tuple[Callable[[], object], Callable[[], object]]:
    """Putting changed data into a compiled model, against sampling it."""
    import nutpie

    from forecast.belief.model import build

    data = made(Shape())
    compiled = nutpie.compile_pymc_model(build(data).model)
    options = {"draws": 200, "tune": 200, "chains": 2, "cores": 2, "seed": 1}

    def ours() -> None:
        compiled.with_data(**columns(data))

    def theirs() -> None:
        nutpie.sample(compiled.with_data(**columns(data)), **options, progress_bar=False)

    return ours, theirs


def sampling_ratio(draws: int = 300, spelled_draws: int = 300) -> tuple[float, float]:
    """Effective sample a second of shared parameters: collapsed over spelled out, and its r-hat.

    An r-hat far above 1.01 says that the other has not converged: then its effective sample is
    not to be believed, and the ratio is a lower bound.
    """
    from tests.bench.spelled import spelled_out

    data = made()
    run = runner(capacity(data), False)
    run(data, 1, 10, 0.8, False)
    started = perf_counter()
    ours = labelled(run(data, 2, draws, 0.8, False)["posterior"].to_dataset(), data)
    our_rate = least(ours)[0] / (perf_counter() - started)
    sample = spelled_out(data)
    started = perf_counter()
    theirs = sample(spelled_draws)["posterior"].to_dataset()
    seconds = perf_counter() - started
    ess, r_hat = least(theirs)
    return our_rate * seconds / ess, r_hat


def least(posterior: Any) -> tuple[float, float]:
    """The smallest bulk ESS of the shared parameters, and the largest r-hat."""
    import arviz as az

    shared = posterior[list(NAMES)]
    ess = min(float(one.min()) for one in az.ess(shared, method="bulk").data_vars.values())
    return ess, max(float(one.max()) for one in az.rhat(shared).data_vars.values())
