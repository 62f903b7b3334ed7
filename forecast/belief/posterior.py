"""From what each draw makes of a question to one probability and its interval."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float64]

CI_PROB: Final = 0.9
LARGEST_RATIO: Final = 600.0


@dataclass(frozen=True, slots=True)
class Start:
    """Where a question stands before its observations, one entry a draw."""

    mean: Vector
    """P(yes) from the prior's mean, recalibrated and decayed."""
    theta: Vector
    """P(yes) from a draw of the prior about that mean."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """Where a question stands and what was seen of it, one entry a draw."""

    start: Start
    ratio: Vector
    """ln P(seen | yes) / P(seen | no)."""
    failing: Vector
    """ln P(seen since the fit | no), up to a constant."""


def posterior(
    start: Start, ratio: Vector, failing: Vector, ci_prob: float = CI_PROB
) -> tuple[float, float, float]:
    """The probability, and the low and high end of its equal-tailed interval.

    For each draw of phi, ``ratio`` is ln P(new | yes) / P(new | no) and ``failing``
    ln P(new | no), up to a constant. A draw weighs as likely as it makes what is new:
    proportional to mean e^ratio + 1 - mean. The probability is the weighted mean of the
    posterior from the prior's mean; in the interval theta takes the mean's place, so that
    it is spread about that same probability.

    >>> tenth, ones = np.full(4, 0.1), np.ones(4)
    >>> round(posterior(Start(tenth, tenth), np.log(10) * ones, 0 * ones)[0], 3)
    0.526
    """
    odds = np.exp(np.clip(ratio, -LARGEST_RATIO, LARGEST_RATIO))
    weight = np.exp(failing - np.max(failing))
    yes = start.mean * odds
    total = yes + (1.0 - start.mean)
    theta_yes = start.theta * odds
    theta_total = theta_yes + (1.0 - start.theta)
    tail = (1.0 - ci_prob) / 2.0
    low, high = _quantiles(theta_yes / theta_total, weight * theta_total, tail)
    return float(np.dot(weight, yes) / np.dot(weight, total)), low, high


def _quantiles(values: Vector, weight: Vector, tail: float) -> tuple[float, float]:
    """The weighted quantiles that leave ``tail`` of the weight below and above."""
    order = np.argsort(values)
    gone = np.cumsum(weight[order])
    low, high = np.searchsorted(gone, (tail * gone[-1], (1.0 - tail) * gone[-1]))
    return float(values[order[low]]), float(values[order[min(int(high), len(order) - 1)]])


def draw_weights(found: Weighed) -> Vector:
    """How much each draw counts, given what came since the fit; they sum to one."""
    odds = np.exp(np.clip(found.ratio, -LARGEST_RATIO, LARGEST_RATIO))
    weight = np.exp(found.failing - np.max(found.failing))
    weight *= found.start.mean * odds + (1.0 - found.start.mean)
    return np.asarray(weight / weight.sum())


def stacked(model: Weighed, cold: Weighed, trust: float) -> Weighed:
    """The draws of both, ``trust`` of the whole weight being the model's: a linear pool."""
    failing = []
    for found, share in ((model, trust), (cold, 1.0 - trust)):
        odds = np.exp(np.clip(found.ratio, -LARGEST_RATIO, LARGEST_RATIO))
        total = found.start.mean * odds + (1.0 - found.start.mean)
        failing.append(np.log(np.maximum(share * draw_weights(found) / total, 1e-300)))
    return Weighed(
        Start(
            np.concatenate([model.start.mean, cold.start.mean]),
            np.concatenate([model.start.theta, cold.start.theta]),
        ),
        np.concatenate([model.ratio, cold.ratio]),
        np.concatenate(failing),
    )
