"""Calibration of P(yes): whether things said at 70 % happen 70 % of the time.

Dimitriadis, Gneiting and Jordan (2021), "Stable reliability diagrams": the forecasts are
recalibrated by isotonic regression, and the Brier score splits exactly into
``miscalibration - discrimination + uncertainty``. Miscalibration is never below zero, not
even of a perfect forecaster, so it is shown beside its null band: what a calibrated
forecaster with the same forecasts would show.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from forecast.histories.history import History, histories, last_of_each
from forecast.histories.outcomes import settled
from forecast.histories.targets import Target, close_of
from forecast.records import Forecast
from forecast.scoring.corp import decompose
from forecast.scoring.nulls import Edge, band_of, null_band, spiegelhalter
from forecast.scoring.pairs import Paired, Pick, paired
from questions.errors import BadInput

BINS: Final = 10


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
    band: tuple[Edge, ...] = ()
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


def bins_of(rows: Paired) -> tuple[Bin, ...]:
    """The forecasts in ten bins of equal width, each with its lower edge; the last one with 1."""
    edges = np.linspace(0, 1, BINS + 1).round(12)
    place = np.minimum(np.searchsorted(edges, rows.probs, side="right") - 1, BINS - 1)
    return tuple(
        _bin(rows, place == number, low, high)
        for number, (low, high) in enumerate(pairwise(edges.tolist()))
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
