"""What the passing of time without the event does to a deadline question."""

from typing import overload

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float64]

LAST_SHARE = 1e-6


def decayed(
    log_odds: Vector, elapsed: float, kappa: Vector | float = 1.0, span: float = 0.0
) -> Vector:
    """Log odds of yes by the deadline, given that nothing happened in a share of the time.

    ``elapsed`` is the share of the life that has passed, from 0 to 1, ``span`` as in
    :func:`hazard_gone`. With the hazard Lambda = -ln(1 - F(D)) and x = elapsed^kappa,
    P(yes | open at s) = 1 - exp(-Lambda (1 - x)), whose log odds are ln(exp(Lambda (1 - x)) - 1):
    Weibull survival, conditioned; of a rate that is itself uncertain, Lomax survival.

    >>> p = 1 / (1 + np.exp(-decayed(np.log(np.array([0.3 / 0.7])), 0.5)))
    >>> p.round(3)
    array([0.163])
    """
    if elapsed <= 0.0:
        return log_odds
    left = np.maximum(1.0 - hazard_gone(np.power(elapsed, kappa), span), LAST_SHARE)
    hazard = np.logaddexp(0.0, log_odds) * left
    return np.asarray(np.log(np.expm1(hazard)))


@overload
def hazard_gone(share: float, span: float) -> float: ...
@overload
def hazard_gone(share: Vector, span: float) -> Vector: ...
def hazard_gone(share: Vector | float, span: float) -> Vector | float:
    """How much of the hazard of a whole life has gone by a share of it, from 0 to 1.

    Evenly, but for a rate that is itself uncertain: the longer nothing comes, the lower it is.
    ``span`` is the life over the exposure in which its events were counted; 0 where the rate is
    known. P(no event by t) = (E / (E + t))^a has the hazard a ln(1 + t / E) (Lomax 1954).

    >>> hazard_gone(0.5, 0.0), round(float(hazard_gone(0.5, 1.0)), 3)
    (0.5, 0.585)
    """
    return share if span == 0.0 else np.log1p(share * span) / np.log1p(span)


def hazard_speed(share: Vector, span: float) -> Vector:
    """How :func:`hazard_gone` grows with the logarithm of the share.

    >>> hazard_speed(np.array([0.5]), 0.0).tolist(), hazard_speed(np.array([0.5]), 1.0).round(3)
    ([0.5], array([0.481]))
    """
    return share if span == 0.0 else share * span / ((1.0 + share * span) * np.log1p(span))


def share_elapsed(open_day: float, at_day: float, close_day: float) -> float:
    """The share of a question's life that has passed, from 0 to 1.

    >>> share_elapsed(0, 5, 20)
    0.25
    """
    if close_day <= open_day:
        return 0.0
    return min(max((at_day - open_day) / (close_day - open_day), 0.0), 1.0)
