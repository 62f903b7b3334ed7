"""Where a belief starts: the predictive probability of a reference class, and its spread."""

import numpy as np
from numpy.typing import NDArray

from forecast.records import Cases, PriorBasis, Rate, Stated

Vector = NDArray[np.float64]

DEFAULT = Stated(prob=0.31, worth=4.0)
DEFAULT_WHY = (
    "no prior was stated: about three in ten questions of the form 'will X happen by a date' "
    "have come true"
)
EVEN_WHY = "no prior was stated: everything that can happen is alike"

_EDGE = 1e-6


def prior_mean(basis: PriorBasis, horizon_days: float) -> float:
    """P(yes) at the opening, from 0 to 1, exclusive.

    Cases: the Beta(1/2, 1/2) predictive, (1/2 + hits) / (1 + trials). Rate: with
    lambda ~ Gamma(1/2 + events, exposure), P(event within h) = 1 - (E / (E + h))^(1/2 + k),
    the Lomax predictive (Jeffreys priors in both; Gelman et al., BDA3, ch. 2).

    >>> prior_mean(Cases(12, 20), 30)
    0.5952380952380952
    >>> round(prior_mean(Rate(2, 365), 30), 4)
    0.1792
    """
    match basis:
        case Cases(hits, trials):
            mean = (0.5 + hits) / (1.0 + trials)
        case Rate(events, exposure_days):
            mean = 1.0 - (exposure_days / (exposure_days + horizon_days)) ** (0.5 + events)
        case Stated(prob, _):
            mean = prob
    return min(max(mean, _EDGE), 1.0 - _EDGE)


def span_of(basis: PriorBasis, horizon_days: float) -> float:
    """A question's life over the exposure in which events of its kind were counted; else 0.

    A life that is next to nothing beside the exposure counts as 0: the rate is as good as known.

    >>> span_of(Rate(2, 365), 73), span_of(Cases(12, 20), 30)
    (0.2, 0.0)
    """
    if not isinstance(basis, Rate):
        return 0.0
    span = horizon_days / basis.exposure_days
    return span if span > _EDGE else 0.0


def prior_draws(basis: PriorBasis, mean: Vector, rng: np.random.Generator) -> Vector:
    """Draws of the probability about a mean, as uncertain as the reference class leaves it.

    ``mean`` has one entry a draw: the class's mean after recalibration and decay. Cases and
    stated priors spread as a Beta worth their trials; a rate spreads as the Gamma of its
    event count, scaled to the mean.
    """
    match basis:
        case Cases(_, trials):
            return _beta(mean, 1.0 + trials, rng)
        case Stated(_, worth):
            return _beta(mean, worth, rng)
        case Rate(events, _):
            return _rate(mean, 0.5 + events, rng)


def _beta(mean: Vector, worth: float, rng: np.random.Generator) -> Vector:
    return rng.beta(np.maximum(mean * worth, 1e-9), np.maximum((1.0 - mean) * worth, 1e-9))


def _rate(mean: Vector, shape: float, rng: np.random.Generator) -> Vector:
    kept = np.exp(np.log1p(-mean) / shape)
    scale = (1.0 - kept) / kept
    return -np.expm1(-rng.standard_gamma(shape, mean.shape) * scale)
