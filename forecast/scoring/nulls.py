"""What a calibrated forecaster with the same forecasts would show.

Forecasts on one question are right or wrong together, so that a question is drawn, never a row.
"""

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from forecast.scoring.corp import isotonic
from forecast.scoring.pairs import Paired

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

NULL_PROB: Final = 0.95
SHOWN: Final = 100
"""At so many forecasts at most the bounds of the curve are told."""


@dataclass(frozen=True, slots=True)
class Edge:
    """The reliability curve's pointwise 95 % bounds at a forecast."""

    forecast: float
    low: float
    high: float
    """Over resampled questions."""
    null_low: float
    null_high: float
    """Of a calibrated forecaster with these forecasts."""


def spiegelhalter(rows: Paired) -> tuple[float, float]:
    """Spiegelhalter's Z of (y - p)(1 - 2 p), and its two-sided p-value.

    With one forecast a question its variance is that of calibrated forecasts; with several,
    which are right or wrong together, the sum of squares over questions takes its place.
    Source: Spiegelhalter (1986), equation 8; Liang and Zeger (1986) for the clusters.
    """
    from scipy.special import ndtr, stdtr

    p, w = rows.probs, rows.weights
    gaps = np.bincount(rows.question, w * (rows.outcomes - p) * (1 - 2 * p))
    alone = len(gaps) == len(p)
    variance = (np.square(1 - 2 * p) * p * (1 - p)).sum() if alone else np.square(gaps).sum()
    if variance == 0:
        return (0.0, 1.0) if not gaps.any() else (math.copysign(math.inf, gaps.sum()), 0.0)
    z = float(gaps.sum() / math.sqrt(variance))
    tail = ndtr(-abs(z)) if alone else stdtr(len(gaps), -abs(z))
    return z, float(2 * tail)


def null_band(rows: Paired, *, rng: np.random.Generator, draws: int = 1000) -> tuple[float, float]:
    """The central 95 % of the miscalibration of a calibrated forecaster with these forecasts.

    Each draw gives every question one outcome, from the mean of the forecasts on it:
    forecasts on one question are right or wrong together. Questions are not resampled too:
    repeated questions would show more miscalibration than these can, and hide a real one.
    """
    levels, place = np.unique(rows.probs, return_inverse=True)
    weight = np.bincount(place, rows.weights)
    mean_prob = np.bincount(rows.question, rows.weights * rows.probs)
    shown = np.empty(draws)
    for draw in range(draws):
        happened = rng.random(len(mean_prob)) < mean_prob
        hits = np.bincount(place, rows.weights * happened[rows.question])
        shown[draw] = _miscalibration(levels, weight, hits / weight)
    tail = (1 - NULL_PROB) / 2
    low, high = np.quantile(shown, [tail, 1 - tail])
    return float(low), float(high)


def _miscalibration(levels: Floats, weight: Floats, rate: Floats) -> float:
    """The Brier score of forecasts at rising levels minus that of the recalibrated ones."""
    best = isotonic(rate, weight)
    return float(np.average((levels - best) * (levels + best - 2 * rate), weights=weight))


def band_of(rows: Paired, *, rng: np.random.Generator, draws: int = 250) -> tuple[Edge, ...]:
    """What the reliability curve may be mistaken by, at up to a hundred of its forecasts."""
    levels, place = np.unique(rows.probs, return_inverse=True)
    at = levels if len(levels) <= SHOWN else np.quantile(levels, np.linspace(0, 1, SHOWN))
    mean_prob = np.bincount(rows.question, rows.weights * rows.probs)
    count = len(mean_prob)
    drawn, null = np.empty((2, draws, len(at)))
    for draw in range(draws):
        times = np.bincount(rng.integers(count, size=count), minlength=count)
        weights = rows.weights * times[rows.question]
        drawn[draw] = _curve(levels, place, weights, rows.outcomes, at)
        happened = rng.random(count) < mean_prob
        null[draw] = _curve(levels, place, rows.weights, happened[rows.question], at)
    tail = (1 - NULL_PROB) / 2
    bounds = np.concatenate([np.quantile(one, [tail, 1 - tail], axis=0) for one in (drawn, null)])
    return tuple(Edge(*edge) for edge in np.column_stack([at, bounds.T]).tolist())


def _curve(
    levels: Floats, place: Ints, weights: Floats, outcomes: NDArray[np.generic], at: Floats
) -> Floats:
    """The recalibrated probability at some forecasts, from rows of which some may weigh nothing."""
    weight = np.bincount(place, weights, len(levels))
    some = weight > 0
    rate = (
        np.bincount(place, weights * outcomes.astype(np.float64), len(levels))[some] / weight[some]
    )
    return np.interp(at, levels[some], isotonic(rate, weight[some]))
