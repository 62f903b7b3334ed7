"""How far forecasts of one question lie apart, in log odds, and who is outermost."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from forecast.crowd.methods import CLIP
from forecast.probability import logit
from questions.values import Cdf, Probability, Shares, Value

Floats = NDArray[np.float64]

FEWEST: Final = 2


@dataclass(frozen=True, slots=True)
class Spread:
    """Where forecasts lie furthest apart, and who stands at either end."""

    amount: float
    """Standard deviation of the log odds, in nats."""
    place: int
    """Which probability of each forecast differs most: of an option, or up to a grid point."""
    low: int
    high: int
    """Which forecasts are outermost there."""


def chances_of(value: Value) -> Floats:
    """The probabilities that a forecast states: P(yes), each option's, or P(outcome <= x).

    >>> chances_of(Shares((("A", 0.2), ("B", 0.8)))).tolist()
    [0.2, 0.8]

    Raises:
        ValueError: a value that is no distribution.
    """
    match value:
        case Probability(yes):
            return np.array([yes])
        case Shares(by_option):
            return np.array([share for _, share in by_option])
        case Cdf(points):
            return np.array(points)
    raise ValueError(f"{value!r} is no distribution")


def spread(chances: ArrayLike) -> Spread:
    """How far (n forecasts, k probabilities) lie apart, where they do so most.

    Log odds are clipped at 1 % and 99 %, as for pooling. Two or more forecasts.

    Raises:
        ValueError: fewer than two forecasts.

    >>> found = spread([[0.2], [0.5], [0.8]])
    >>> round(found.amount, 4), found.low, found.high
    (1.1319, 0, 2)
    """
    given = np.atleast_2d(np.asarray(chances, dtype=np.float64))
    if len(given) < FEWEST:
        raise ValueError(f"{len(given)} forecasts cannot lie apart")
    log_odds = logit(np.clip(given, CLIP, 1 - CLIP))
    amounts = log_odds.std(axis=0)
    place = int(amounts.argmax())
    at = given[:, place]
    return Spread(float(amounts[place]), place, int(at.argmin()), int(at.argmax()))
