"""Methods that make one value of many.

Each takes the values that stand at an instant, oldest first: (n,) probabilities, or (n, k)
rows that are pooled column by column. Only the recency-weighted methods heed the order.
"""

from collections.abc import Callable
from difflib import get_close_matches
from typing import Final

import numpy as np
from numpy.typing import NDArray

from forecast.probability import expit, logit
from questions.errors import BadInput

Floats = NDArray[np.float64]
Pool = Callable[[Floats], Floats]
WeightedPool = Callable[[Floats, Floats], Floats]

TRIM: Final = 0.1
"""Share of the values that the trimmed mean leaves out at each side."""
CLIP: Final = 0.01
"""How close to 0 and 1 a probability may come before its log-odds are taken."""
EXTREMIZING: Final = 1.5
BETA: Final = 6.0
FLOOR: Final = 0.001
"""What the recency-weighted median leaves to every option."""


def mean(values: Floats, weights: Floats | None = None) -> Floats:
    """The linear pool: the average, with (n,) weights where there are any.

    >>> float(mean(np.array([0.2, 0.4])).round(9))
    0.3
    """
    if weights is None:
        return np.asarray(values.mean(axis=0))
    return np.asarray(np.average(values, axis=0, weights=weights))


def median(values: Floats) -> Floats:
    """The middle value, or the mean of the middle two."""
    return np.asarray(np.median(values, axis=0))


def trimmed_mean(values: Floats) -> Floats:
    """The average without the lowest and the highest tenth (rounded down) of the values."""
    cut = int(TRIM * len(values))
    return np.asarray(np.sort(values, axis=0)[cut : len(values) - cut].mean(axis=0))


def log_odds_mean(values: Floats, weights: Floats | None = None) -> Floats:
    """The geometric mean of the odds: expit(mean logit p), p held within 0.01 and 0.99.

    With (n,) weights where there are any. Source: Satopää et al. (2014).

    >>> float(log_odds_mean(np.array([0.2, 0.8])).round(9))
    0.5
    """
    return np.asarray(expit(_mean_log_odds(values, weights)))


def extremized(values: Floats) -> Floats:
    """The log-odds mean pushed away from one half: expit(1.5 mean logit p).

    Source: Baron et al. (2014).
    """
    return np.asarray(expit(EXTREMIZING * _mean_log_odds(values)))


def beta_pool(values: Floats) -> Floats:
    """The beta-transformed linear pool: the Beta(6, 6) CDF of the mean.

    Source: Ranjan and Gneiting (2010), equation 9; parameters of aggreCAT.
    """
    from scipy.special import betainc

    return np.asarray(betainc(BETA, BETA, values.mean(axis=0)))


def recency_weights(count: int) -> Floats:
    """(count,) weights of values ordered oldest first: exp(sqrt n - sqrt N); equal for N <= 2.

    Source: Metaculus, recency-weighted aggregation.

    >>> recency_weights(3).round(7).tolist()
    [0.4809217, 0.7277212, 1.0]
    """
    if count <= 2:
        return np.ones(count)
    ranks = np.arange(1, count + 1)
    weights: Floats = np.exp(np.sqrt(ranks) - np.sqrt(count))
    return weights


def recency_mean(values: Floats) -> Floats:
    """The average with recency weights.

    >>> float(recency_mean(np.array([0.8, 0.7, 0.6])).round(8))
    0.67649786
    """
    return np.asarray(np.average(values, axis=0, weights=recency_weights(len(values))))


def recency_median(values: Floats) -> Floats:
    """The median with recency weights; of CDFs the mean with recency weights.

    The mean of the first value at which the cumulative weight reaches one half and the first
    at which it exceeds it.

    >>> float(recency_median(np.array([0.8, 0.7, 0.6])))
    0.7
    """
    if values.ndim > 1:
        return recency_mean(values)
    order = np.argsort(values, kind="stable")
    weights = recency_weights(len(values))[order].cumsum()
    reached = np.searchsorted(weights, weights[-1] / 2, side="left")
    exceeded = np.searchsorted(weights, weights[-1] / 2, side="right")
    return np.asarray((values[order[reached]] + values[order[exceeded]]) / 2)


METHODS: Final[dict[str, Pool]] = {
    "mean": mean,
    "median": median,
    "trimmed_mean": trimmed_mean,
    "log_odds_mean": log_odds_mean,
    "extremized": extremized,
    "beta_pool": beta_pool,
    "recency_median": recency_median,
    "recency_mean": recency_mean,
}
LEARNED: Final = ("single_aggregation", "skill_weighted", "contribution_weighted", "bayes")
"""Methods that learn from resolved questions: :mod:`forecast.crowd.learned`."""
NOT_FOR_CDFS: Final = ("log_odds_mean", "extremized")
"""Methods whose clip would move the certain ends of a CDF."""


def method_named(name: str) -> Pool:
    """The method of that name that pools what stands, whatever was resolved before.

    Raises:
        BadInput: no such method, or one that learns.
    """
    known_method(name)
    if name in LEARNED:
        raise BadInput(
            "method", name, f"one that needs no resolved questions: {', '.join(METHODS)}"
        )
    return METHODS[name]


def known_method(name: str) -> str:
    """The name, if there is a method of that name.

    Raises:
        BadInput: there is none.
    """
    known = (*METHODS, *LEARNED)
    if name not in known:
        raise BadInput(
            "method", name, " or ".join(get_close_matches(name, known, n=2)) or ", ".join(known)
        )
    return name


def pool_options(name: str, shares: Floats) -> Floats:
    """One value of (n, k) shares: each option pooled among those who priced it, sum made 1.

    The recency-weighted median leaves every live option at least 0.001 (Metaculus). An
    option that nobody priced stays NaN; where every option pools to nothing they share alike.
    """
    pool = method_named(name)
    pooled = _each(lambda column: pool(column[~np.isnan(column)]), shares)
    if name != "recency_median":
        return _made_one(pooled)
    live = int((~np.isnan(pooled)).sum())
    return _made_one(pooled - FLOOR) * (1 - FLOOR * live) + FLOOR


def pool_weighted(pool: WeightedPool, shares: Floats, weights: Floats) -> Floats:
    """One value of (n, k) shares with (n,) weights: each option among those who priced it.

    Where those who priced an option weigh nothing they count alike.
    """

    def pooled(column: Floats) -> Floats:
        mine = weights[~np.isnan(column)]
        said = column[~np.isnan(column)]
        return pool(said, mine if mine.any() else np.ones(len(said)))

    return _made_one(_each(pooled, shares))


def _each(pooled: Pool, shares: Floats) -> Floats:
    """(k,) a pool of each column of (n, k) shares, NaN where nobody priced the option."""
    found = np.full(shares.shape[1], np.nan)
    for option in np.flatnonzero(~np.isnan(shares).all(axis=0)):
        found[option] = pooled(shares[:, option])
    return found


def _made_one(shares: Floats) -> Floats:
    """Shares that sum to 1; equal ones where everything pooled to nothing."""
    whole = float(np.nansum(shares))
    if whole > 0:
        return shares / whole
    return np.where(np.isnan(shares), np.nan, 1 / (~np.isnan(shares)).sum())


def _mean_log_odds(values: Floats, weights: Floats | None = None) -> Floats:
    return mean(log_odds(values), weights)


def log_odds(values: Floats) -> Floats:
    """The log-odds of probabilities held within 0.01 and 0.99."""
    return np.asarray(logit(np.clip(values, CLIP, 1 - CLIP)))
