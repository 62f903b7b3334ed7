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
    """The belief after evidence.

    Args:
        prior: (cells,) or (draws, cells) probabilities of the prior.
        theta: (draws, cells) draws of the prior about them, for what is not known of it.
        evidence: (draws or 1, cells) log likelihoods, nats.

    A draw of the prior weighs as likely as it makes the evidence, so that the draws are spread
    about the mean, which is Bayes' rule from the prior itself.

    >>> half = np.array([[0.5, 0.5]])
    >>> weigh(half, half, np.log([[3.0, 1.0]])).mean.tolist()
    [0.75, 0.25]
    """
    odds = np.exp(evidence - evidence.max(axis=1, keepdims=True))
    fixed = np.atleast_2d(prior) * odds
    scale = np.maximum(fixed.sum(axis=1, keepdims=True), LEAST)
    moved = theta * odds
    total = moved.sum(axis=1, keepdims=True)
    return Weighed(
        mean=np.asarray((fixed / scale).mean(axis=0)),
        draws=np.asarray(moved / np.maximum(total, LEAST)),
        weight=np.asarray((total / scale)[:, 0]) * np.ones(len(moved)),
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
    """(draws, cells) shares about a mean, as uncertain as ``worth`` cases leave them."""
    gammas = np.maximum(
        rng.standard_gamma(np.maximum(mean * worth, 1e-9), (draws, len(mean))), LEAST
    )
    return np.asarray(gammas / gammas.sum(axis=1, keepdims=True))
