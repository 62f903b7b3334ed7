"""Sampling the model, and the gate that its draws must pass: the only runner of PyMC."""

from collections.abc import Mapping
from dataclasses import dataclass
from time import perf_counter
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from forecast.belief.dataset import Dataset
from forecast.belief.model import build
from forecast.records import Diagnostics

Vector = NDArray[np.float64]

KEPT_DRAWS: Final = 2000
CHAINS: Final = 4
R_HAT_LIMIT: Final = 1.01
ESS_LIMIT: Final = 400


@dataclass(frozen=True, slots=True)
class Sampled:
    """A posterior: its draws by name, whether they pass, and the whole tree for the archive."""

    draws: Mapping[str, Vector]
    diagnostics: Diagnostics
    versions: Mapping[str, str]
    tree: Any
    """An xarray ``DataTree``; ``tree.to_netcdf(path)`` archives it."""


def sample(data: Dataset, *, seed: int, draws: int = 1000, progress: bool = False) -> Sampled:
    """Sample the shared parameters given everything resolved and open.

    ``draws`` is per chain, after as many for tuning. The same seed, data and versions give
    the same draws.
    """
    import pymc as pm

    started = perf_counter()
    built = build(data)
    tree = pm.sample(
        draws,
        tune=draws,
        chains=CHAINS,
        cores=2,
        model=built.model,
        random_seed=seed,
        nuts_sampler=_sampler(),
        target_accept=0.95,
        progressbar=progress,
        quiet=not progress,
        compute_convergence_checks=False,
    )
    diagnostics = diagnose(tree, data, perf_counter() - started)
    return Sampled(named_draws(tree), diagnostics, _versions(), tree)


def _sampler() -> str:
    from importlib.util import find_spec

    return "nutpie" if find_spec("nutpie") else "pymc"


def diagnose(tree: Any, data: Dataset, seconds: float) -> Diagnostics:
    """The gate: no divergences, r-hat at most 1.01, bulk ESS at least 400."""
    import arviz as az

    posterior = tree["posterior"].to_dataset()
    r_hat = max(float(values.max()) for values in az.rhat(posterior).data_vars.values())
    ess = min(float(values.min()) for values in az.ess(posterior, method="bulk").data_vars.values())
    divergences = int(tree["sample_stats"]["diverging"].sum())
    problems = _problems(r_hat, ess, divergences)
    return Diagnostics(
        n_questions=len(data.questions),
        n_reports=len(data.report_weight),
        n_forecasts=len(data.forecast_logit),
        r_hat_max=r_hat,
        ess_bulk_min=ess,
        divergences=divergences,
        seconds=seconds,
        ok=not problems,
        problems=problems,
    )


def _problems(r_hat: float, ess: float, divergences: int) -> tuple[str, ...]:
    failed = (
        (divergences > 0, f"{divergences} divergences"),
        (not r_hat <= R_HAT_LIMIT, f"r-hat {r_hat:.3f} is above {R_HAT_LIMIT}"),
        (not ess >= ESS_LIMIT, f"effective sample {ess:.0f} is below {ESS_LIMIT}"),
    )
    return tuple(words for problem, words in failed if problem)


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
    from importlib.metadata import version

    return {name: version(name) for name in ("pymc", "arviz", "numpy", "pytensor")}
