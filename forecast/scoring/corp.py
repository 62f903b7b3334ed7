"""A mean Brier score and what it is made of: miscalibration, discrimination, uncertainty.

Dimitriadis, Gneiting and Jordan (2021), "Stable reliability diagrams": the forecasts are
recalibrated by isotonic regression, and the score splits exactly.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Decomposition:
    """``score = miscalibration - discrimination + uncertainty``; all but discrimination low."""

    score: float
    miscalibration: float
    discrimination: float
    """What telling the cases apart is worth: high is good."""
    uncertainty: float
    curve: tuple[tuple[float, float], ...]
    """(forecast, recalibrated probability), both rising: the reliability curve."""


def decompose(
    probs: ArrayLike, outcomes: ArrayLike, weights: ArrayLike | None = None
) -> Decomposition:
    """The mean Brier score of (n,) P(yes) and outcomes 0 or 1, and what it is made of.

    Equal forecasts are recalibrated alike. Source: Dimitriadis, Gneiting and Jordan (2021),
    equations 4 and 5.

    >>> parts = decompose([0.2, 0.8, 0.8, 0.8], [0, 1, 1, 0])
    >>> round(parts.score - (parts.miscalibration - parts.discrimination + parts.uncertainty), 12)
    0.0
    """
    p, y = np.asarray(probs, dtype=np.float64), np.asarray(outcomes, dtype=np.float64)
    w = np.ones(len(p)) if weights is None else np.asarray(weights, dtype=np.float64)
    levels, place = np.unique(p, return_inverse=True)
    weight = np.bincount(place, w)
    rate = np.bincount(place, w * y) / weight
    recalibrated = isotonic(rate, weight)
    base = np.average(y, weights=w)
    score = np.average(np.square(p - y), weights=w)
    best = np.average(np.square(recalibrated[place] - y), weights=w)
    uncertainty = base * (1 - base)
    return Decomposition(
        score=float(score),
        miscalibration=float(score - best),
        discrimination=float(uncertainty - best),
        uncertainty=float(uncertainty),
        curve=tuple(zip(levels.tolist(), recalibrated.tolist(), strict=True)),
    )


def isotonic(rates: Floats, weights: Floats) -> Floats:
    """The rising sequence closest to the rates: pool adjacent violators."""
    from scipy.optimize import isotonic_regression

    return np.asarray(isotonic_regression(rates, weights=weights).x, dtype=np.float64)
