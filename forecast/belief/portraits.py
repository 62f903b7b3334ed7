"""Pictures of a posterior, by ArviZ: has it been sampled well, what was learned, does it fit."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Final

import numpy as np

from forecast.belief.dataset import Dataset, columns
from forecast.belief.phi import BY_NAME

SHARED: Final = ("c0", "c1", "delta_R", "tau_R", "tau_k", "sd_mu", "delta", "omega", "g0", "s_g")
PREDICTED: Final = 200
PRIOR_DRAWS: Final = 2000


def portraits(sampled: Any, rng: np.random.Generator) -> Iterator[tuple[str, Any]]:
    """``(name, picture)``: trace, rank, energy, prior and posterior, predictive calibration.

    ``sampled`` is a :class:`forecast.belief.sampling.Sampled`; a picture has ``savefig(path)``.
    The last is of questions with an answer alone.
    """
    import arviz as az

    tree = _with_prior(sampled, rng)
    named: dict[str, Any] = {
        "var_names": list(SHARED),
        "backend": "matplotlib",
        "figure_kwargs": {"figsize": (12, 8), "layout": "constrained"},
    }
    yield "trace", az.plot_trace(tree, **named)
    yield "rank", az.plot_rank(tree, **named)
    yield "energy", az.plot_energy(tree, backend="matplotlib")
    yield "prior_posterior", az.plot_prior_posterior(tree, **named)
    if (sampled.data.answer != 0).any():
        predicted = _with_predictions(tree, sampled.data, rng)
        yield "posterior_predictive", az.plot_ppc_pava(predicted, backend="matplotlib")


def _with_prior(sampled: Any, rng: np.random.Generator) -> Any:
    import xarray

    from forecast.belief.density import from_prior, layout, parameters_at

    where = layout(sampled.data)
    drawn = parameters_at(np.stack([from_prior(where, rng) for _ in range(PRIOR_DRAWS)]), where)
    prior = {name: (("chain", "draw"), drawn[:, where.slices[name]].T) for name in SHARED}
    tree = sampled.tree.copy()
    tree["prior"] = xarray.Dataset(prior)
    return tree


def _with_predictions(tree: Any, data: Dataset, rng: np.random.Generator) -> Any:
    """Answers drawn from what each draw gives, seen from the opening with all reports."""
    import xarray

    over = data.answer != 0
    probs = np.array([one[over] for one in _probabilities(tree, data)])
    drawn = (rng.random(probs.shape) < probs).astype(int)
    found = tree.copy()
    found["posterior_predictive"] = xarray.Dataset(
        {"answer": (("chain", "draw", "question"), drawn[None])}
    )
    observed = (data.answer[over] > 0).astype(int)
    found["observed_data"] = xarray.Dataset({"answer": (("question",), observed)})
    return found


def _probabilities(tree: Any, data: Dataset) -> Iterator[Any]:
    from forecast.belief.kernel import Data, Phi, log_likelihood
    from forecast.probability import expit

    posterior = tree["posterior"].to_dataset().stack(of=("chain", "draw"))
    room = np.array([len(data.sources), len(data.judges), len(data.members)])
    held = columns(replace(data, elapsed=np.zeros_like(data.elapsed)))
    arrays = tuple(held[name] for name in Data._fields)
    for place in np.linspace(0, posterior.sizes["of"] - 1, PREDICTED).astype(int):
        draw = posterior.isel(of=place)
        values = [
            draw[name].values if name in draw else np.ones(0 if BY_NAME[name].dim else 1)
            for name in Phi._fields
        ]
        flat = np.concatenate([np.atleast_1d(one) for one in values])
        _, yes, no, _ = log_likelihood(flat, room, arrays)
        yield expit(yes - no)
