"""Sampling the model until its draws pass the gate: the only runner of PyMC.

nutpie samples where it is installed, else PyMC's own NUTS. A model is compiled once for its
capacity and kept for as long as the process lives; other data are put into it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from time import perf_counter
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from forecast.belief.dataset import Capacity, Dataset, capacity, columns, room_of
from forecast.belief.diagnosis import diagnose
from forecast.belief.model import LEANING, Built, build
from forecast.records import Diagnostics

Vector = NDArray[np.float64]

KEPT_DRAWS: Final = 2000
CHAINS: Final = 4
ACCEPT: Final = (0.8, 0.9, 0.95, 0.99)
"""The sampler's target acceptance, tightened after each run that diverged."""
RUNS: Final = 5

Run = Callable[[Dataset, int, int, float, bool], Any]
"""``(data, seed, draws, accept, progress)`` to a DataTree."""


@dataclass(frozen=True, slots=True)
class Sampled:
    """A posterior: its draws by name, whether they pass, and the whole tree for the archive."""

    draws: Mapping[str, Vector]
    diagnostics: Diagnostics
    versions: Mapping[str, str]
    tree: Any
    """An xarray ``DataTree``; ``tree.to_netcdf(path)`` archives it."""
    data: Dataset


def sample(
    data: Dataset,
    *,
    seed: int,
    draws: int = 1000,
    progress: bool = False,
    robust: bool = False,
    runs: int = RUNS,
) -> Sampled:
    """Sample the shared parameters given everything resolved and open.

    ``draws`` is per chain, after as many for tuning. What does not pass the gate is sampled
    on, up to ``runs`` times: more chains where there are too few draws, smaller steps and
    afresh where a chain diverged. The same seed, data and versions give the same draws.
    """
    started = perf_counter()
    run, kept, accept = runner(capacity(data), robust), list[Any](), 0
    for turn in range(runs):
        tree = run(data, _seed(seed, turn), draws, ACCEPT[accept], progress)
        if _diverged(kept):
            kept = []
        kept.append(_tree(tree, data))
        whole = _joined(kept)
        diagnostics = diagnose(whole, data, perf_counter() - started)
        if diagnostics.ok:
            break
        accept = min(accept + (diagnostics.divergences > 0), len(ACCEPT) - 1)
    return Sampled(named_draws(whole), diagnostics, _versions(), whole, data)


def _seed(seed: int, turn: int) -> int:
    return int(np.random.SeedSequence([seed, turn]).generate_state(1)[0])


def _diverged(trees: Sequence[Any]) -> bool:
    return any(int(tree["sample_stats"]["diverging"].sum()) for tree in trees)


def runner(room: Capacity, robust: bool) -> Run:
    """What samples any data that fit a capacity; the first call for a capacity compiles."""
    from importlib.util import find_spec

    return _nutpie(room, robust) if find_spec("nutpie") else _pymc(room, robust)


@lru_cache(maxsize=4)
def _nutpie(room: Capacity, robust: bool) -> Run:
    import warnings

    import nutpie

    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Cannot cache compiled function")
        compiled = nutpie.compile_pymc_model(_built(room, robust).model)

    def run(data: Dataset, seed: int, draws: int, accept: float, progress: bool) -> Any:
        return nutpie.sample(
            compiled.with_data(**columns(data)),
            draws=draws,
            tune=draws,
            chains=CHAINS,
            cores=2,
            seed=seed,
            target_accept=accept,
            save_warmup=False,
            progress_bar=progress,
        )

    return run


@lru_cache(maxsize=4)
def _pymc(room: Capacity, robust: bool) -> Run:
    import pymc as pm

    model = _built(room, robust).model

    def run(data: Dataset, seed: int, draws: int, accept: float, progress: bool) -> Any:
        with model:
            pm.set_data(columns(data))
        return pm.sample(
            draws,
            tune=draws,
            chains=CHAINS,
            cores=2,
            model=model,
            random_seed=seed,
            nuts_sampler="pymc",
            target_accept=accept,
            progressbar=progress,
            quiet=not progress,
            compute_convergence_checks=False,
        )

    return run


def _built(room: Capacity, robust: bool) -> Built:
    return build(room_of(room), robust=robust)


def labelled(posterior: Any, data: Dataset) -> Any:
    """The draws of those who are in the data, by their names; of what has room, no more."""
    named = {"source": data.sources, "judge": data.judges, "member": data.members}
    present = posterior.isel({dim: slice(len(names)) for dim, names in named.items()})
    nobody = [name for name, values in present.data_vars.items() if not values.size]
    return present.drop_vars([LEANING, *nobody], errors="ignore").assign_coords(
        {dim: list(names) for dim, names in named.items()}
    )


def _tree(found: Any, data: Dataset) -> Any:
    import xarray

    posterior = labelled(found["posterior"].to_dataset(), data)
    return xarray.DataTree.from_dict(
        {"posterior": posterior, "sample_stats": found["sample_stats"].to_dataset()}
    )


def _joined(trees: Sequence[Any]) -> Any:
    """One tree with the chains of all."""
    import xarray

    if len(trees) == 1:
        return trees[0]
    groups = {}
    for group in ("posterior", "sample_stats"):
        parts = [tree[group].to_dataset() for tree in trees]
        whole = xarray.concat(parts, "chain", join="outer", coords="minimal", compat="override")
        groups[group] = whole.assign_coords(chain=range(whole.sizes["chain"]))
    return xarray.DataTree.from_dict(groups)


def named_draws(tree: Any, size: int = KEPT_DRAWS) -> dict[str, Vector]:
    """Evenly thinned draws, one vector a scalar parameter, such as ``mu_grade[B]``."""
    found: dict[str, Vector] = {}
    for name, values in tree["posterior"].data_vars.items():
        flat = values.stack(draw_of=("chain", "draw")).transpose("draw_of", ...)
        keep = np.linspace(0, len(flat) - 1, min(size, len(flat))).astype(int)
        kept = np.asarray(flat)[keep]
        dims = [dim for dim in flat.dims if dim != "draw_of"]
        if not dims:
            found[str(name)] = kept
            continue
        for place, label in enumerate(flat[dims[0]].values):
            found[f"{name}[{label}]"] = np.ascontiguousarray(kept[:, place])
    return found


def _versions() -> dict[str, str]:
    from importlib.metadata import PackageNotFoundError, version

    found = {name: version(name) for name in ("pymc", "arviz", "numpy", "pytensor", "numba")}
    try:
        return {**found, "nutpie": version("nutpie")}
    except PackageNotFoundError:
        return found
