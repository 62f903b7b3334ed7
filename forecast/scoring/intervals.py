"""Means with intervals that resample questions, and intervals that may be watched daily.

Forecasts on one question are right or wrong together, so a question is what is drawn, never
a row. An interval that is looked at again after each question needs another bound: the
confidence sequence holds at all times at once.
"""

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]

DRAWS: Final = 2000
CI_PROB: Final = 0.95
TAIL: Final = (1 - CI_PROB) / 2
FEWEST: Final = 10
"""Questions from which on a confidence sequence is given; before, it says nothing."""
PLANNED: Final = 50
"""The number of questions at which a confidence sequence is tightest."""


@dataclass(frozen=True, slots=True)
class Mean:
    """A mean over questions, its interval, and how surprising it is if the truth is 0."""

    mean: float
    ci_low: float
    ci_high: float
    p_value: float
    n_questions: int


def mean_of(values: ArrayLike, *, rng: np.random.Generator, draws: int = DRAWS) -> Mean:
    """The mean of (n,) values, one a question, with its studentised bootstrap interval of 95 %.

    One question, or values that are infinite, leave everything open: the interval is infinite
    and the p-value 1. Values that do not differ leave nothing open. Source: Efron and
    Tibshirani (1993), sections 12.5 and 16.4.

    >>> found = mean_of([0.1, 0.3, 0.2, 0.4], rng=np.random.Generator(np.random.PCG64(1)))
    >>> round(found.mean, 9), found.ci_low < 0.25 < found.ci_high
    (0.25, True)
    """
    x = np.asarray(values, dtype=np.float64)
    if not len(x) or not np.isfinite(x).all():
        with np.errstate(invalid="ignore"):
            middle = float(x.mean()) if len(x) else math.nan
        return Mean(middle, -math.inf, math.inf, 1.0, len(x))
    middle, error = float(x.mean()), _error(x)
    if len(x) == 1:
        return Mean(middle, -math.inf, math.inf, 1.0, 1)
    if error == 0:
        return Mean(middle, middle, middle, float(middle == 0), len(x))
    t = _studentised(x, rng, draws)
    low = np.quantile(t, TAIL, method="lower")
    high = np.quantile(t, 1 - TAIL, method="higher")
    p_value = (1 + (np.abs(t) >= abs(middle) / error).sum()) / (1 + draws)
    return Mean(
        middle, float(middle - high * error), float(middle - low * error), float(p_value), len(x)
    )


@dataclass(frozen=True, slots=True)
class Ratio:
    """A ratio of two sums over questions, and its interval."""

    ratio: float
    """NaN where the sum below is not above zero."""
    ci_low: float
    ci_high: float
    n_questions: int


def ratio_of(
    above: ArrayLike,
    below: ArrayLike,
    *,
    rng: np.random.Generator,
    draws: int = DRAWS,
) -> Ratio:
    """The sum of (n,) ``above`` over that of (n,) ``below``, one of each a question.

    The interval is a studentised bootstrap over questions, whose standard error is that of the
    linearised ratio; infinite of one question, or where the sum below is not above zero.
    Sources: Cochran (1977), section 6.3; Efron and Tibshirani (1993), section 12.5.

    >>> found = ratio_of([1.0, 3.0], [2.0, 2.0], rng=np.random.Generator(np.random.PCG64(1)))
    >>> found.ratio, found.n_questions
    (1.0, 2)
    """
    a, b = np.asarray(above, dtype=np.float64), np.asarray(below, dtype=np.float64)
    n = len(a)
    ratio = float(a.sum() / b.sum()) if n and b.sum() > 0 else math.nan
    if n < 2 or math.isnan(ratio):
        return Ratio(ratio, -math.inf, math.inf, n)
    once = np.ones((1, n))
    error = float(_errors_of_ratio(once, a, b)[0])
    if error == 0:
        return Ratio(ratio, ratio, ratio, n)
    times = rng.multinomial(n, np.full(n, 1 / n), size=draws).astype(np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        drawn = np.where(times @ b > 0, (times @ a) / (times @ b), np.inf)
        t = (drawn - ratio) / _errors_of_ratio(times, a, b)
    t = np.where(np.isnan(t), np.inf, t)
    low = np.quantile(t, TAIL, method="lower")
    high = np.quantile(t, 1 - TAIL, method="higher")
    return Ratio(ratio, float(ratio - high * error), float(ratio - low * error), n)


def _errors_of_ratio(times: Floats, a: Floats, b: Floats) -> Floats:
    """(draws,) standard errors of the ratio where each question counts (draws, n) ``times``."""
    n, under = len(a), times @ b
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = (times @ a) / under
        squares = times @ (a * a) - 2 * ratio * (times @ (a * b)) + ratio**2 * (times @ (b * b))
        found: Floats = np.sqrt(np.maximum(squares, 0) * n / (n - 1)) / under
    return found


def _studentised(x: Floats, rng: np.random.Generator, draws: int) -> Floats:
    """(draws,) how many standard errors of their own resampled means lie from the mean."""
    n = len(x)
    times = rng.multinomial(n, np.full(n, 1 / n), size=draws).astype(np.float64)
    means = times @ x / n
    apart = means - x.mean()
    spread = np.maximum(times @ np.square(x - x.mean()) / n - np.square(apart), 0)
    errors = np.sqrt(spread / (n - 1))
    with np.errstate(divide="ignore", invalid="ignore"):
        t: Floats = apart / errors
    return np.where(errors > 0, t, np.where(apart == 0, 0, np.copysign(np.inf, apart)))


def _error(x: Floats) -> float:
    return float(x.std(ddof=1) / math.sqrt(len(x))) if len(x) > 1 else math.nan


def always(values: ArrayLike) -> tuple[float, float]:
    """An interval for the mean of (n,) values that may be looked at after every one of them.

    ``values`` stand in the order in which the questions were settled. With a probability of 95 %
    the intervals after every number of them hold the mean, all of them at once; after fewer than
    ten questions it is infinite. Source: Waudby-Smith, Arbour, Sinha, Kennedy and Ramdas (2024),
    "Time-uniform central limit theory and asymptotic confidence sequences", theorem 2.2, with the
    tuning of their section B.2.

    >>> low, high = always([1.0, -1.0] * 50)
    >>> low < 0 < high
    True
    """
    x = np.asarray(values, dtype=np.float64)
    if len(x) < FEWEST or not np.isfinite(x).all():
        return -math.inf, math.inf
    radius = float(x.std(ddof=1)) * _radius(len(x), 1 - CI_PROB)
    return float(x.mean()) - radius, float(x.mean()) + radius


def _radius(n: int, alpha: float) -> float:
    """The half width of a confidence sequence after n values of standard deviation 1."""
    rho2 = (2 * math.log(1 / alpha) + math.log(1 + 2 * math.log(1 / alpha))) / PLANNED
    risen = n * rho2 + 1
    return math.sqrt(2 * risen / (n * n * rho2) * math.log(math.sqrt(risen) / alpha))
