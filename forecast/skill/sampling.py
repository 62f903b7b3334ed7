"""Drawing from the models of this package, with the figures that say whether to believe it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

CHAINS: Final = 4


@dataclass(frozen=True, slots=True, eq=False)
class Sampled:
    """(draws, ...) of each parameter, and what convergence shows."""

    draws: Mapping[str, Floats]
    r_hat_max: float
    ess_bulk_min: float
    divergences: int


def sampled(model: Any, *, seed: int, draws: int) -> Sampled:
    """Sample a model with ``draws`` a chain, after as many for tuning."""
    import arviz as az
    import pymc as pm

    tree = pm.sample(
        draws,
        tune=draws,
        chains=CHAINS,
        cores=2,
        model=model,
        random_seed=seed,
        target_accept=0.95,
        progressbar=False,
        quiet=True,
        compute_convergence_checks=False,
    )
    posterior = tree["posterior"].to_dataset()
    return Sampled(
        draws={str(name): _flat(values) for name, values in posterior.data_vars.items()},
        r_hat_max=max(float(one.max()) for one in az.rhat(posterior).data_vars.values()),
        ess_bulk_min=min(
            float(one.min()) for one in az.ess(posterior, method="bulk").data_vars.values()
        ),
        divergences=int(tree["sample_stats"]["diverging"].sum()),
    )


def _flat(values: Any) -> Floats:
    found = np.asarray(values)
    return found.reshape(-1, *found.shape[2:])
