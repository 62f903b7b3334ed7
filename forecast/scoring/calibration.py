"""Calibration of P(yes): whether things said at 70 % happen 70 % of the time.

Dimitriadis, Gneiting and Jordan (2021), "Stable reliability diagrams": the forecasts are
recalibrated by isotonic regression, and the Brier score splits exactly into
``miscalibration - discrimination + uncertainty``. Miscalibration is never below zero, not
even of a perfect forecaster, so it is shown beside its null band: what a calibrated
forecaster with the same forecasts would show.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from forecast.histories.history import History, histories, last_of_each
from forecast.histories.outcomes import outcomes_of, settled
from forecast.histories.targets import Target
from forecast.records import Forecast
from questions.errors import BadInput

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

BINS: Final = 10
NULL_PROB: Final = 0.95


@dataclass(frozen=True, slots=True, eq=False)
class Paired:
    """The last active forecast of each forecaster on each resolved question, row by row."""

    question: Ints
    """(n,) which question, counted from 0."""
    probs: Floats
    outcomes: Ints
    weights: Floats
    """(n,) one over the number of forecasts on the question, so that each weighs one."""


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


@dataclass(frozen=True, slots=True)
class Bin:
    """The forecasts from ``low`` up to ``high``, and how often what they spoke of happened."""

    low: float
    high: float
    n: int
    """Number of forecasts; the means weigh each question alike."""
    mean_forecast: float | None
    observed_frequency: float | None


@dataclass(frozen=True, slots=True)
class Calibration:
    """How well P(yes) agreed with what happened, each question weighing one."""

    n_questions: int
    n_forecasts: int
    brier: float
    miscalibration: float
    discrimination: float
    uncertainty: float
    null_low: float
    null_high: float
    """The band in which 95 % of calibrated forecasters' miscalibration would lie."""
    bins: tuple[Bin, ...]
    curve: tuple[tuple[float, float], ...]


def calibrate(
    targets: Iterable[Target],
    forecasts: Iterable[Forecast],
    *,
    rng: np.random.Generator,
    draws: int = 1000,
) -> Calibration:
    """Calibration of the last active forecast of each pair on resolved binary questions.

    Questions that were answered early are counted as they are; where only a yes can come
    early this leans toward yes.

    Raises:
        BadInput: no resolved binary question with a forecast, or forecasts that contradict
            one another.
    """
    answered = [target for target in targets if target.type == "binary" and settled(target)]
    rows = paired(histories(answered, forecasts))
    if len(rows.probs) == 0:
        right = "at least one resolved binary question with a forecast"
        raise BadInput("questions to calibrate on", "", right)
    parts = decompose(rows.probs, rows.outcomes, rows.weights)
    low, high = null_band(rows, rng=rng, draws=draws)
    return Calibration(
        n_questions=int(rows.question[-1]) + 1,
        n_forecasts=len(rows.probs),
        brier=parts.score,
        miscalibration=parts.miscalibration,
        discrimination=parts.discrimination,
        uncertainty=parts.uncertainty,
        null_low=low,
        null_high=high,
        bins=bins_of(rows),
        curve=parts.curve,
    )


def paired(answered: Iterable[History]) -> Paired:
    """The last active forecasts of histories of resolved binary questions."""
    spoken = [history for history in answered if history.forecasters]
    counts = np.array([len(history.forecasters) for history in spoken], dtype=np.int64)
    places = [outcomes_of(history.target, history.values[:1]) for history in spoken]
    lasts = [history.values[last_of_each(history)] for history in spoken]
    return Paired(
        question=np.repeat(np.arange(len(spoken)), counts),
        probs=np.concatenate([np.zeros(0), *lasts]),
        outcomes=np.repeat(np.concatenate([np.zeros(0, dtype=np.int64), *places]), counts),
        weights=np.repeat(1 / np.maximum(counts, 1), counts),
    )


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
    recalibrated = _isotonic(rate, weight)
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


def bins_of(rows: Paired, count: int = BINS) -> tuple[Bin, ...]:
    """The forecasts in ``count`` bins of equal width; the last one includes 1."""
    edges = np.linspace(0, 1, count + 1)
    place = np.minimum(np.searchsorted(edges, rows.probs, side="right") - 1, count - 1)
    return tuple(
        _bin(rows, place == number, float(low), float(high))
        for number, (low, high) in enumerate(pairwise(edges.round(12)))
    )


def _bin(rows: Paired, inside: NDArray[np.bool_], low: float, high: float) -> Bin:
    if not inside.any():
        return Bin(low, high, 0, None, None)
    weights = rows.weights[inside]
    return Bin(
        low,
        high,
        int(inside.sum()),
        float(np.average(rows.probs[inside], weights=weights)),
        float(np.average(rows.outcomes[inside], weights=weights)),
    )


def _miscalibration(levels: Floats, weight: Floats, rate: Floats) -> float:
    """The Brier score of forecasts at rising levels minus that of the recalibrated ones."""
    best = _isotonic(rate, weight)
    return float(np.average((levels - best) * (levels + best - 2 * rate), weights=weight))


def _isotonic(rates: Floats, weights: Floats) -> Floats:
    """The rising sequence closest to the rates: pool adjacent violators."""
    from scipy.optimize import isotonic_regression

    return np.asarray(isotonic_regression(rates, weights=weights).x, dtype=np.float64)
