"""Calibration of P(yes): whether things said at 70 % happen 70 % of the time.

Dimitriadis, Gneiting and Jordan (2021), "Stable reliability diagrams": the forecasts are
recalibrated by isotonic regression, and the Brier score splits exactly into
``miscalibration - discrimination + uncertainty``. Miscalibration is never below zero, not
even of a perfect forecaster, so it is shown beside its null band: what a calibrated
forecaster with the same forecasts would show.
"""

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from forecast.histories.history import History, histories, last_of_each
from forecast.histories.outcomes import outcomes_of, settled
from forecast.histories.targets import Target, close_of
from forecast.records import Forecast
from questions.errors import BadInput

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Pick = Callable[[History], Ints]
"""From a history to the stretches that are looked at."""

BINS: Final = 10
NULL_PROB: Final = 0.95
SHOWN: Final = 100


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
    band: tuple["Edge", ...] = ()
    """What the curve may be mistaken by, from its lowest forecast to its highest."""
    sharpness: float = 0.0
    """The mean of (2 p - 1)^2: 0 says 50 % always, 1 is always certain; high is good only in who
    is calibrated, whose Brier score is then (1 - sharpness) / 4."""
    z: float = 0.0
    """Spiegelhalter's statistic: above 0 the forecasts were too bold, below too timid."""
    p_value: float = 1.0
    """How often a calibrated forecaster would show as large a ``z``."""
    n_early: int = 0
    """Questions counted that were answered before their scheduled close."""


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


def calibrate(
    targets: Iterable[Target],
    forecasts: Iterable[Forecast],
    *,
    rng: np.random.Generator,
    draws: int = 1000,
    due: datetime | None = None,
) -> Calibration:
    """Calibration of the last active forecast of each pair on resolved binary questions.

    Where only a yes can come early, questions that were answered early lean toward yes:
    ``due`` leaves out those whose scheduled close has not passed by then, whatever their
    answer; ``n_early`` says how many early answers are counted.

    Raises:
        BadInput: no resolved binary question with a forecast, or forecasts that contradict
            one another.
    """
    answered = [one for one in targets if one.type == "binary" and is_due(one, due)]
    return calibration_of(histories(answered, forecasts), rng=rng, draws=draws)


def is_due(target: Target, due: datetime | None) -> bool:
    """Whether a question has an answer and, if ``due`` is given, its time had run out by then."""
    return settled(target) and (due is None or target.scheduled_close_time <= due)


def calibration_of(
    answered: Iterable[History],
    *,
    rng: np.random.Generator,
    draws: int = 1000,
    pick: Pick = last_of_each,
) -> Calibration:
    """Calibration of the forecasts that ``pick`` takes of histories of resolved questions.

    Raises:
        BadInput: there are none.
    """
    spoken = list(answered)
    rows = paired(spoken, pick)
    if len(rows.probs) == 0:
        right = "at least one resolved binary question with a forecast"
        raise BadInput("questions to calibrate on", "", right)
    early = sum(
        close_of(one.target) < one.target.scheduled_close_time for one in spoken if len(pick(one))
    )
    return replace(calibration_in(rows, rng=rng, draws=draws), n_early=early)


def calibration_in(rows: Paired, *, rng: np.random.Generator, draws: int = 1000) -> Calibration:
    """Calibration of rows of forecasts and answers, of which there is at least one."""
    parts = decompose(rows.probs, rows.outcomes, rows.weights)
    low, high = null_band(rows, rng=rng, draws=draws)
    z, p_value = spiegelhalter(rows)
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
        band=band_of(rows, rng=rng, draws=draws // 4),
        sharpness=float(np.average(np.square(2 * rows.probs - 1), weights=rows.weights)),
        z=z,
        p_value=p_value,
    )


def paired(answered: Iterable[History], pick: Pick = last_of_each) -> Paired:
    """The forecasts that ``pick`` takes of histories of resolved questions, a row each.

    Each option of a multiple-choice question counts as a question of its own.
    """
    probs, outcomes = [np.zeros(0)], [np.zeros(0, dtype=np.int64)]
    for history in answered:
        values = history.values[pick(history)]
        places = outcomes_of(history.target, values)
        if values.ndim == 1:
            probs.append(values)
            outcomes.append(places)
            continue
        for option in range(values.shape[1]):
            offered = ~np.isnan(values[:, option])
            probs.append(values[offered, option])
            outcomes.append((places == option)[offered].astype(np.int64))
    counts = np.array([len(some) for some in probs if len(some)], dtype=np.int64)
    return Paired(
        question=np.repeat(np.arange(len(counts)), counts),
        probs=np.concatenate(probs),
        outcomes=np.concatenate(outcomes),
        weights=np.repeat(1 / counts, counts),
    )


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
    return np.interp(at, levels[some], _isotonic(rate, weight[some]))


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
