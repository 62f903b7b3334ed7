"""What the passing of time without the event does to a deadline question."""

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float64]

LAST_SHARE = 1e-6


def decayed(log_odds: Vector, elapsed: float, kappa: Vector | float = 1.0) -> Vector:
    """Log odds of yes by the deadline, given that nothing happened in a share of the time.

    ``elapsed`` is the share of the life that has passed, from 0 to 1. With the hazard
    Lambda = -ln(1 - F(D)) and x = elapsed^kappa, P(yes | open at s) = 1 - exp(-Lambda (1 - x)),
    whose log odds are ln(exp(Lambda (1 - x)) - 1): Weibull survival, conditioned.

    >>> p = 1 / (1 + np.exp(-decayed(np.log(np.array([0.3 / 0.7])), 0.5)))
    >>> p.round(3)
    array([0.163])
    """
    if elapsed <= 0.0:
        return log_odds
    left = np.maximum(1.0 - np.power(elapsed, kappa), LAST_SHARE)
    hazard = np.logaddexp(0.0, log_odds) * left
    return np.asarray(np.log(np.expm1(hazard)))


def share_elapsed(open_day: float, at_day: float, close_day: float) -> float:
    """The share of a question's life that has passed, from 0 to 1.

    >>> share_elapsed(0, 5, 20)
    0.25
    """
    if close_day <= open_day:
        return 0.0
    return min(max((at_day - open_day) / (close_day - open_day), 0.0), 1.0)
