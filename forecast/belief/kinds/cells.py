"""A belief over cells: a prior over what can happen, moved by evidence."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

LEAST: Final = 1e-12


@dataclass(frozen=True, slots=True, eq=False)
class Weighed:
    """What is believed of each cell."""

    mean: Floats
    """(cells,) probabilities that sum to 1."""
    draws: Floats
    """(draws, cells) about that mean."""
    weight: Floats
    """(draws,) how much each of them counts."""


def weigh(prior: Floats, theta: Floats, evidence: Floats) -> Weighed:
    """The belief after evidence: Bayes' rule over cells and draws of the parameters together.

    Args:
        prior: (cells,) or (draws, cells) probabilities of the prior.
        theta: (draws, cells) draws of the prior about them, for what is not known of it.
        evidence: (draws or 1, cells) ln P(evidence | cell, parameters), nats, up to one constant.

    A draw of the parameters counts as likely as it makes the evidence, and so does a draw of the
    prior; the draws are then spread about the mean.

    >>> half = np.array([[0.5, 0.5]])
    >>> weigh(half, half, np.log([[3.0, 1.0]])).mean.tolist()
    [0.75, 0.25]
    """
    moved = theta * np.exp(evidence - _top(prior, evidence))
    total = moved.sum(axis=1, keepdims=True)
    return Weighed(
        mean=mean_after(prior, evidence),
        draws=np.asarray(moved / np.maximum(total, LEAST)),
        weight=np.asarray(total[:, 0]),
    )


def mean_after(prior: Floats, evidence: Floats) -> Floats:
    """(cells,) what is believed of the cells after evidence; shapes as of :func:`weigh`."""
    fixed = np.atleast_2d(prior) * np.exp(evidence - _top(prior, evidence))
    return np.asarray(fixed.sum(axis=0) / fixed.sum())


def _top(prior: Floats, evidence: Floats) -> float:
    """The largest evidence of what is possible."""
    return float(np.max(np.where(prior > 0, evidence, -np.inf)))


def pooled(model: Weighed, cold: Weighed, trust: float) -> Weighed:
    """The belief by the model and by the cold-start rule, ``trust`` of it the model's.

    >>> one, other = (Weighed(at, at[None], np.ones(1)) for at in np.eye(2))
    >>> pooled(one, other, 0.75).mean.tolist()
    [0.75, 0.25]
    """
    parts = ((model, trust), (cold, 1.0 - trust))
    return Weighed(
        mean=trust * model.mean + (1.0 - trust) * cold.mean,
        draws=np.concatenate([one.draws for one, _ in parts]),
        weight=np.concatenate([share * one.weight / one.weight.sum() for one, share in parts]),
    )


def interval(found: Weighed, inside: NDArray[np.bool_], ci_prob: float) -> tuple[float, float]:
    """The equal-tailed interval of the probability that the outcome lies in some cells."""
    values = found.draws[:, inside].sum(axis=1)
    order = np.argsort(values)
    gone = np.cumsum(found.weight[order])
    tail = (1 - ci_prob) / 2
    low, high = np.searchsorted(gone, (tail * gone[-1], (1 - tail) * gone[-1]))
    last = len(order) - 1
    return float(values[order[min(int(low), last)]]), float(values[order[min(int(high), last)]])


def dirichlet(mean: Floats, worth: float, rng: np.random.Generator, draws: int) -> Floats:
    """(draws, cells) shares about (cells,) or (draws, cells) means, worth so many cases."""
    shape = np.maximum(mean * worth, 1e-9)
    gammas = np.maximum(rng.standard_gamma(shape, (draws, mean.shape[-1])), LEAST)
    return np.asarray(gammas / gammas.sum(axis=1, keepdims=True))
