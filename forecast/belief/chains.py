"""One chain of the sampler: a pure function of what is on its task.

nutpie samples where it is installed, else PyMC's own NUTS, whose model and step are compiled
once for a capacity and kept for as long as the process lives.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from typing import Any, Final, Literal

import numpy as np
from numpy.typing import NDArray

from forecast.belief.dataset import Capacity, Dataset, capacity, columns, data_hash, room_of
from forecast.belief.phi import BY_NAME, PARAMETERS, STRETCH

Vector = NDArray[np.float64]
Sampler = Literal["nutpie", "pymc"]
Watch = Callable[[float], None]
"""Told the share that is done, from 0 to 1."""

STATISTICS: Final = ("diverging", "energy", "n_steps", "step_size")
THEIR_NAME: Final = {"n_steps": "tree_size"}
"""What PyMC's step calls one of these, if something else."""


@dataclass(frozen=True, slots=True)
class Chain:
    """A chain to be sampled."""

    data: Dataset
    seed: int
    draws: int
    """After as many for tuning."""
    accept: float
    """The acceptance that the step size is tuned to."""
    robust: bool
    sampler: Sampler


@dataclass(frozen=True, slots=True)
class Drawn:
    """A chain that was sampled."""

    phi: Mapping[str, Vector]
    """(draws, how many) of each parameter."""
    statistics: Mapping[str, Vector]
    """(draws,) of each of :data:`STATISTICS`."""


def key_of(chain: Chain) -> str:
    """What names a chain anywhere: all that its draws depend on (hex)."""
    rest = (chain.seed, chain.draws, chain.accept, chain.robust, chain.sampler)
    content = repr((rest, PARAMETERS, sorted(versions().items()))) + data_hash(chain.data)
    return sha256(content.encode()).hexdigest()


def versions() -> dict[str, str]:
    """The versions of what the draws depend on, as far as it is installed."""
    found = {}
    for name in ("tidings", "pymc", "nutpie", "arviz", "numpy", "pytensor", "numba"):
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found


def best_sampler() -> Sampler:
    """The better one of those that are installed."""
    from importlib.util import find_spec

    return "nutpie" if find_spec("nutpie") else "pymc"


def run(chain: Chain) -> Drawn:
    """Sample one chain."""
    return side_by_side([chain])[0]


def side_by_side(chains: Sequence[Chain], watch: Watch = lambda _: None) -> list[Drawn]:
    """Sample chains in this process: all at once by nutpie, one after the other by PyMC."""
    if all(chain.sampler == "nutpie" for chain in chains):
        return _by_nutpie(chains, watch)
    found = []
    for place, chain in enumerate(chains, start=1):
        found.append(_by_pymc(chain))
        watch(place / len(chains))
    return found


def _by_nutpie(chains: Sequence[Chain], watch: Watch) -> list[Drawn]:
    from forecast.belief.density import layout

    done = [0.0] * len(chains)

    def heard(place: int) -> Callable[[Any], None]:
        def told(progress: Sequence[Any]) -> None:
            done[place] = max(one.finished_draws / max(one.total_draws, 1) for one in progress)
            watch(sum(done) / len(done))

        return told

    running = [_started(chain, heard(place)) for place, chain in enumerate(chains)]
    try:
        trees = [one.wait() for one in running]
    except BaseException:
        for one in running:
            one.cancel()
        raise
    return [
        _drawn_by_nutpie(tree, layout(chain.data, robust=chain.robust))
        for tree, chain in zip(trees, chains, strict=True)
    ]


def _started(chain: Chain, heard: Callable[[Any], None]) -> Any:
    """A chain that nutpie is at work on, in a thread of its own."""
    import nutpie

    from forecast.belief.density import from_prior, layout, log_density

    where = layout(chain.data, robust=chain.robust)
    at = log_density(chain.data, where)
    model = nutpie.compiled_pyfunc.from_pyfunc(
        where.size,
        lambda: at,
        lambda *_: lambda x: {"x": x},
        [np.dtype("float64")],
        [(where.size,)],
        ["x"],
        make_initial_point_fn=lambda seed: from_prior(
            where, np.random.Generator(np.random.PCG64(seed))
        ),
    )
    return nutpie.sample(
        model,
        draws=chain.draws,
        tune=chain.draws,
        chains=1,
        cores=1,
        seed=chain.seed,
        target_accept=chain.accept,
        save_warmup=False,
        progress_bar=False,
        progress_callback=heard,
        blocking=False,
    )


def _drawn_by_nutpie(tree: Any, where: Any) -> Drawn:
    from forecast.belief.density import parameters_at

    phi = parameters_at(np.asarray(tree["posterior"]["x"])[0], where)
    robust = where.size == phi.shape[1]
    values = {
        name: np.ascontiguousarray(phi[:, places])
        for name, places in where.slices.items()
        if robust or name != STRETCH
    }
    return Drawn(values, {name: np.asarray(tree["sample_stats"][name])[0] for name in STATISTICS})


def _by_pymc(chain: Chain) -> Drawn:
    """Sample by PyMC's own step, which stands ready: ``pm.sample`` derives the model again."""
    import pymc as pm

    ready = _compiled(capacity(chain.data), chain.robust, chain.accept)
    with ready.model:
        pm.set_data(columns(chain.data))
    step, point, rows, statistics = ready.step, ready.start, [], []
    step.setup_chain(np.random.Generator(np.random.PCG64(chain.seed)), chain.draws, chain.draws)
    step.reset_tuning()
    for turn in range(2 * chain.draws):
        if turn == chain.draws:
            step.stop_tuning()
        point, (found,) = step.step(point)
        if turn >= chain.draws:
            rows.append(ready.parameters(point))
            statistics.append([found[THEIR_NAME.get(name, name)] for name in STATISTICS])
    by_name = dict(zip(STATISTICS, np.array(statistics, dtype=np.float64).T, strict=True))
    return Drawn(_present(ready.names, rows, chain.data), by_name)


@dataclass(frozen=True, slots=True, eq=False)
class Ready:
    """PyMC's model for all data that fit a capacity, and what was compiled of it."""

    model: Any
    step: Any
    start: Mapping[str, Vector]
    names: tuple[str, ...]
    parameters: Callable[[Mapping[str, Vector]], Sequence[Vector]]
    """The parameters of those names at a point of the sampler."""


@lru_cache(maxsize=4)
def _compiled(room: Capacity, robust: bool, accept: float) -> Ready:
    import pymc as pm

    from forecast.belief.model import build

    model = build(room_of(room), robust=robust).model
    names = tuple(one.name for one in PARAMETERS if robust or one.name != STRETCH)
    with model:
        step = pm.NUTS(target_accept=accept)
    wanted = model.replace_rvs_by_values([model[name] for name in names])
    return Ready(model, step, model.initial_point(), names, model.compile_fn(wanted))


def _present(
    names: Sequence[str], rows: Sequence[Sequence[Vector]], data: Dataset
) -> dict[str, Vector]:
    """(draws, how many) of those who are in the data; of what else there was room for, none."""
    many = {"source": len(data.sources), "judge": len(data.judges), "member": len(data.members)}
    values = {}
    for name, drawn in zip(names, zip(*rows, strict=True), strict=True):
        flat = np.stack(drawn).reshape(len(rows), -1)
        values[name] = flat[:, : many.get(BY_NAME[name].dim, flat.shape[1])]
    return values
