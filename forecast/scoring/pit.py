"""Calibration of distributions: where the outcomes fell, and how many within the intervals.

The probability integral transform of a calibrated forecast is uniform: a tenth of the
outcomes lies in each tenth of the distribution, and half within the central 50 %.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from forecast.histories.grids import place_in
from forecast.histories.history import History, last_of_each
from forecast.histories.outcomes import grid_of, number_of
from forecast.histories.targets import Grid
from forecast.scoring.intervals import mean_of
from questions.errors import BadInput

Floats = NDArray[np.float64]

CENTRAL: Final = (0.5, 0.8, 0.9, 0.95)
BINS: Final = 10


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many outcomes fell within the central intervals of one level."""

    level: float
    share: float
    ci_low: float
    ci_high: float
    """95 % over resampled questions."""


@dataclass(frozen=True, slots=True)
class Spread:
    """Where outcomes fell in the distributions that were forecast, each question weighing one."""

    n_questions: int
    n_forecasts: int
    mean: float
    """Of the transform: below .5 the outcomes lay lower than was said."""
    tenths: tuple[float, ...]
    """The share of outcomes in each tenth of the distribution; a tenth each if calibrated."""
    coverage: tuple[Coverage, ...]


def pit(cdfs: ArrayLike, grid: Grid, outcome: float) -> Floats:
    """(n,) P(less than the outcome) of (n, m) CDFs, linear between their points.

    An outcome beyond an end counts as the middle of what was given to that side. Source: Dawid
    (1984); Gneiting, Balabdaoui and Raftery (2007).

    >>> pit([[0.0, 0.5, 1.0]], Grid(0, 10), 2.5).tolist()
    [0.25]
    """
    heights = np.asarray(cdfs, dtype=np.float64)
    if outcome < grid.range_min:
        return heights[:, 0] / 2
    if outcome > grid.range_max:
        return (1 + heights[:, -1]) / 2
    place = place_in(outcome, grid) * (heights.shape[1] - 1)
    left = min(int(place), heights.shape[1] - 2)
    found: Floats = heights[:, left] + (place - left) * (heights[:, left + 1] - heights[:, left])
    return found


def spread(answered: Iterable[History], *, rng: np.random.Generator) -> Spread:
    """Where the outcomes of numeric, discrete and date questions fell in the last forecasts.

    Raises:
        BadInput: no such question that is resolved and has a forecast.
    """
    each = [_transforms(history) for history in answered if history.forecasters]
    if not each:
        right = "at least one resolved numeric, discrete or date question with a forecast"
        raise BadInput("questions to calibrate on", "", right)
    weights = np.concatenate([np.full(len(one), 1 / len(one)) for one in each])
    tenth = np.minimum((np.concatenate(each) * BINS).astype(np.int64), BINS - 1)
    return Spread(
        n_questions=len(each),
        n_forecasts=len(weights),
        mean=float(np.mean([one.mean() for one in each])),
        tenths=tuple((np.bincount(tenth, weights, BINS) / len(each)).tolist()),
        coverage=tuple(_coverage(each, level, rng) for level in CENTRAL),
    )


def _transforms(history: History) -> Floats:
    lasts = history.values[last_of_each(history)]
    return pit(lasts, grid_of(history.target), number_of(history.target))


def _coverage(each: list[Floats], level: float, rng: np.random.Generator) -> Coverage:
    inside = [float((np.abs(one - 0.5) <= level / 2).mean()) for one in each]
    found = mean_of(inside, rng=rng)
    low, high = (min(max(end, 0.0), 1.0) for end in (found.ci_low, found.ci_high))
    return Coverage(level, found.mean, low, high)
