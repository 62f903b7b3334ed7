"""A fit carried on to what is new, without sampling: its draws weighed anew and drawn again.

A belief by itself weighs the draws by its own question's news. What one question teaches of a
source moves all others too, and that takes the news of every question together: each draw
counts as likely as it makes all of it. The weights' largest are smoothed by Pareto's law, and
above a shape of one half they are not used at all: then only sampling will do (Vehtari,
Simpson, Gelman, Yao and Gabry 2024).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from forecast.belief.dossier import Dossier
from forecast.belief.draws import Fit
from forecast.belief.meter import joint_weight, moved_since
from forecast.belief.pareto import shape, smoothed

Vector = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Carried:
    """What became of a fit's draws."""

    draws: dict[str, Vector]
    k_hat: float
    """The Pareto shape of the weights, at least 0; 0 where nothing was new."""
    share: float
    """How many even draws the weights are worth, as a share of all; 1 where nothing was new."""


def carried(dossiers: Iterable[Dossier], fit: Fit, at: datetime) -> Carried:
    """A fit's draws, given also everything that is new since it was made."""
    moved = moved_since(dossiers, fit, at)
    if not moved:
        return Carried(dict(fit.draws), 0.0, 1.0)
    log_weight = joint_weight(moved, fit)
    rng = np.random.Generator(np.random.PCG64([fit.seed, len(moved)]))
    return Carried(
        draws=drawn_again(fit, smoothed(log_weight), rng),
        k_hat=max(shape(log_weight), 0.0),
        share=worth(smoothed(log_weight)),
    )


def drawn_again(fit: Fit, log_weight: Vector, rng: np.random.Generator) -> dict[str, Vector]:
    """As many draws as before, each as often as it weighs, to within one (systematically)."""
    gone = np.cumsum(np.exp(log_weight - log_weight.max()))
    wanted = (rng.random() + np.arange(fit.size)) / fit.size * gone[-1]
    places = np.minimum(np.searchsorted(gone, wanted), fit.size - 1)
    return {name: values[places] for name, values in fit.draws.items()}


def worth(log_weight: Vector) -> float:
    """How many even draws weighted ones are worth, as a share of all (Kish 1965).

    >>> worth(np.zeros(10)), round(worth(np.log(np.array([1.0, 1.0, 1e-9, 1e-9]))), 6)
    (1.0, 0.5)
    """
    weight = np.exp(log_weight - log_weight.max())
    return float(weight.sum() ** 2 / np.square(weight).sum() / len(weight))
