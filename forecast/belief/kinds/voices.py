"""What people's forecasts say of several possible outcomes, and how much of it counts.

A forecast is a vector over the cells, its log probabilities against those of somebody who knows
nothing. As for yes or no it is read as bias, information and noise about the prior that its
author knew: x = delta l + gamma d + noise, with the narrative that reports share and the talk
that only forecasts share. The leanings of members are left out: they lean toward a yes.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from forecast.belief.dataset import CLIP
from forecast.belief.dossier import Dossier, active
from forecast.belief.draws import Fit, heavy_tailed
from forecast.belief.kinds.covariance import Covariance, log_det, solved, stretched
from forecast.belief.kinds.signals import Signal, covariance_of, learned_shares, toward
from forecast.belief.phi import STRETCH
from questions.values import Value

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Voice:
    """One member's active forecast."""

    member: str
    weights: Floats
    """(cells,) ln of the forecast over an even one, nats."""


def voices(
    dossier: Dossier, at: datetime, probs_of: Callable[[Value], Floats | None], even: Floats
) -> list[Voice]:
    """The forecasts that hold at an instant; ``probs_of`` gives (cells,) or None for one."""
    said = [(one.member, probs_of(one.value)) for one in active(dossier.forecasts, at)]
    return [Voice(member, log_share(probs, even)) for member, probs in said if probs is not None]


def log_share(probs: Floats, even: Floats) -> Floats:
    """Log of probabilities over even ones, kept from infinity as those of a yes are.

    What nobody could give anything to counts for nothing.

    >>> log_share(np.array([0.0, 1.0]), np.array([0.5, 0.5])).round(3).tolist()
    [-3.912, 0.683]
    """
    possible = even > 0
    kept = CLIP * np.minimum(2.0 * even, 1.0)
    ratio = np.clip(probs, kept, 1.0 - kept) / np.where(possible, even, 1.0)
    return np.where(possible, np.log(np.where(possible, ratio, 1.0)), 0.0)


def evidence_of_all(
    found: Sequence[Signal], said: Sequence[Voice], prior: Floats, fit: Fit
) -> Floats:
    """(draws, cells) the log likelihood of reports and forecasts together, nats.

    ``prior`` is (cells,) or (draws, cells) ln of the prior over an even one.
    """
    if not found and not said:
        return np.zeros((fit.size, prior.shape[-1]))
    shares = learned_shares(found, fit, [one.member for one in said])
    weights = np.stack([*(one.weights for one in found), *(one.weights for one in said)])
    known = shares[:, len(found) :].sum(axis=1) * fit.draws["delta"]
    return np.asarray(shares @ weights - known[:, None] * prior)


def likelihood_of_all(
    found: Sequence[Signal], said: Sequence[Voice], prior: Floats, fit: Fit
) -> Floats:
    """(draws, cells) ln P(reports and forecasts | cell, draw), nats, up to one constant.

    Each moves by mu toward the cell that is true, and to every cell by chance, V / 2 each, so
    that two cells are yes and no. :func:`evidence_of_all` is the part that depends on the cell.
    """
    cells, members = len(prior), [one.member for one in said]
    if not found and not said:
        return np.zeros((fit.size, cells))
    known = np.repeat([0.0, 1.0], [len(found), len(said)])[:, None] * fit.draws["delta"]
    weights = np.stack([*(one.weights for one in found), *(one.weights for one in said)])
    rest = _centred(weights)[:, :, None] - _centred(prior)[:, None] * known[:, None, :]
    mean, shared = toward(found, fit, members), covariance_of(found, fit, members)
    plain = _gaussian(rest, mean, shared)
    if STRETCH not in fit.draws:
        return plain
    heavy = _gaussian(rest, mean, stretched(shared, fit.draws[STRETCH]))
    return heavy_tailed(plain, heavy)


def _centred(weights: Floats) -> Floats:
    """Weights about their mean over the cells, the last axis: what all cells share says nothing."""
    return np.asarray(weights - weights.mean(axis=-1, keepdims=True))


def _gaussian(rest: Floats, mean: Floats, shared: Covariance) -> Floats:
    """(draws, cells) the log density of (n, cells, draws) centred weights, given each cell."""
    cells, by_mean = rest.shape[1], solved(shared, mean)
    squares = sum((rest[:, at] * solved(shared, rest[:, at])).sum(axis=0) for at in range(cells))
    moved = (1 - 1 / cells) * (mean * by_mean).sum(axis=0)
    common = -squares - moved - (cells - 1) / 2 * log_det(shared)
    return np.asarray(common[:, None] + 2 * (by_mean[:, None] * rest).sum(axis=0).T)
