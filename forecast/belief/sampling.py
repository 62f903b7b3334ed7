"""Sampling the model until its draws pass the gate, by chains that may run anywhere."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from time import perf_counter
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from forecast.belief.chains import (
    Chain,
    Drawn,
    best_sampler,
    key_of,
    run,
    side_by_side,
    versions,
)
from forecast.belief.dataset import Dataset
from forecast.belief.diagnosis import diagnose
from forecast.belief.grades import LETTERS
from forecast.belief.phi import BY_NAME
from forecast.belief.tasks import Crew, spread
from forecast.records import Diagnostics

Vector = NDArray[np.float64]

KEPT_DRAWS: Final = 2000
CHAINS: Final = 4
ACCEPT: Final = (0.8, 0.9, 0.95, 0.99)
"""The sampler's target acceptance, tightened after each run that diverged."""
RUNS: Final = 5

Watch = Callable[[int, float], None]
"""Told how often was sampled on, and the share of that which is done."""


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
    robust: bool = False,
    runs: int = RUNS,
    crew: Crew | None = None,
    watch: Watch = lambda *_: None,
) -> Sampled:
    """Sample the shared parameters given everything resolved and open.

    ``draws`` is per chain, after as many for tuning. What does not pass the gate is sampled
    on, up to ``runs`` times: more chains where there are too few draws, smaller steps and
    afresh where a chain diverged. The same seed, data and versions give the same draws,
    whoever samples the chains: this process, or a ``crew``.
    """
    started, kept, accept = perf_counter(), list[Drawn](), 0
    for turn in range(runs):
        chains = [
            Chain(data, one, draws, ACCEPT[accept], robust, best_sampler())
            for one in _seeds(seed, turn)
        ]
        if _diverged(kept):
            kept = []
        kept += _sampled(chains, crew, partial(watch, turn))
        tree = tree_of(kept, data)
        diagnostics = diagnose(tree, data, perf_counter() - started)
        if diagnostics.ok:
            break
        accept = min(accept + (diagnostics.divergences > 0), len(ACCEPT) - 1)
    return Sampled(named_draws(tree), diagnostics, versions(), tree, data)


def _seeds(seed: int, turn: int) -> list[int]:
    """A seed for each chain of a turn."""
    return [int(one) for one in np.random.SeedSequence([seed, turn]).generate_state(CHAINS)]


def _sampled(
    chains: Sequence[Chain], crew: Crew | None, watch: Callable[[float], None]
) -> list[Drawn]:
    if crew is None:
        return side_by_side(chains, watch)
    done: list[str] = []

    def heard(key: str) -> None:
        done.append(key)
        watch(len(done) / len(chains))

    return list(spread(run, {key_of(one): one for one in chains}, crew, heard).values())


def _diverged(kept: Sequence[Drawn]) -> bool:
    return any(bool(one.statistics["diverging"].any()) for one in kept)


def tree_of(drawn: Sequence[Drawn], data: Dataset) -> Any:
    """Chains as an xarray ``DataTree``, with the names of sources, judges and members."""
    import xarray

    names = {"source": data.sources, "judge": data.judges, "member": data.members}
    labels = {"letter": tuple(LETTERS), **names}
    posterior = {}
    for name in drawn[0].phi:
        values, dim = np.stack([one.phi[name] for one in drawn]), BY_NAME[name].dim
        if values.shape[-1]:
            dims = ("chain", "draw", dim) if dim else ("chain", "draw")
            posterior[name] = (dims, values if dim else values[..., 0])
    statistics = {
        name: (("chain", "draw"), np.stack([one.statistics[name] for one in drawn]))
        for name in drawn[0].statistics
    }
    coords = {dim: list(those) for dim, those in labels.items() if those}
    return xarray.DataTree.from_dict(
        {
            "posterior": _numbered(xarray.Dataset(posterior, coords)),
            "sample_stats": _numbered(xarray.Dataset(statistics)),
        }
    )


def _numbered(found: Any) -> Any:
    """With chains and draws counted from 0."""
    return found.assign_coords({dim: range(found.sizes[dim]) for dim in ("chain", "draw")})


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
