"""Scoring rules: what one forecast is worth once the answer is known. Low is good.

Each takes ``(probs, outcomes)``. Where both have the same shape, ``probs`` are P(yes) and
``outcomes`` 0 or 1. Where ``probs`` has one axis more, the last one runs over the options
(NaN for an option that was not on offer) and ``outcomes`` is the place of the true one.
Nothing is clipped: a probability of 0 for what happened has an infinite log score.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from forecast.histories.kernels import LARGE, compiled
from forecast.scoring.kernels import squared_errors

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


def brier(probs: ArrayLike, outcomes: ArrayLike) -> Floats:
    """The squared error of P(yes): (p - y)^2; half of the two-sided score for options.

    From 0 (certain and right) to 1. Source: Brier (1950), in the form of Murphy (1973).

    Raises:
        ValueError: probabilities not from 0 to 1, or outcomes that are no place among them.

    >>> brier([0.9, 0.9], [1, 0]).round(9).tolist()
    [0.01, 0.81]
    """
    shares, places = _checked(probs, outcomes)
    if shares.ndim == places.ndim:
        return np.square(shares - places)
    return brier_two_sided(shares, places) / 2


def mean_brier(probs: ArrayLike, outcomes: ArrayLike) -> float:
    """The mean squared error of (n,) P(yes), outcomes 0 or 1; one pass over large arrays.

    From 0 to 1. Source: as :func:`brier`, whose mean it is.

    Raises:
        ValueError: probabilities not from 0 to 1, outcomes not 0 or 1, or different lengths.

    >>> round(mean_brier([0.9, 0.9], [1, 0]), 9)
    0.41
    """
    said, happened = np.asarray(probs, dtype=np.float64), np.asarray(outcomes)
    if said.shape != happened.shape or said.ndim != 1:
        raise ValueError(f"{said.shape} probabilities and {happened.shape} outcomes")
    if len(said) >= LARGE:
        summed = compiled(squared_errors)(said, happened)
        if not np.isnan(summed):
            return float(summed / len(said))
    return float(brier(said, happened).mean())


def brier_two_sided(probs: ArrayLike, outcomes: ArrayLike) -> Floats:
    """The sum over options of (p_k - y_k)^2; for P(yes) twice the squared error.

    From 0 to 2. Source: Brier (1950), equation 2; used by Good Judgment.

    Raises:
        ValueError: probabilities not from 0 to 1, or outcomes that are no place among them.

    >>> brier_two_sided([0.15, 0.45, 0.25, 0.15], 2).round(9).tolist()
    0.81
    """
    shares, places = _options(probs, outcomes)
    hits = np.arange(shares.shape[-1]) == places[..., None]
    summed: Floats = np.square(np.nan_to_num(shares) - hits).sum(axis=-1)
    return summed


def log(probs: ArrayLike, outcomes: ArrayLike) -> Floats:
    """Minus the logarithm of the probability of what happened: -ln p, in nats.

    From 0 to infinity. Source: Good (1952).

    Raises:
        ValueError: probabilities not from 0 to 1, or outcomes that are no place among them.

    >>> log([0.5, 0.0], [1, 1]).round(6).tolist()
    [0.693147, inf]
    """
    shares, places = _options(probs, outcomes)
    with np.errstate(divide="ignore"):
        return -np.log(_chosen(shares, places)) + 0.0


def spherical(probs: ArrayLike, outcomes: ArrayLike) -> Floats:
    """One minus the probability of what happened over the length of the forecast.

    1 - p / sqrt(sum p_k^2), from 0 to 1. Source: Roby (1965); Gneiting and Raftery (2007),
    section 4.1, with the sign turned so that low is good.

    Raises:
        ValueError: probabilities not from 0 to 1, or outcomes that are no place among them.

    >>> spherical([0.6, 0.8], [1, 1]).round(6).tolist()
    [0.16795, 0.029857]
    """
    shares, places = _options(probs, outcomes)
    length = np.sqrt(np.square(np.nan_to_num(shares)).sum(axis=-1))
    return 1 - _chosen(shares, places) / length


def rps(probs: ArrayLike, outcomes: ArrayLike) -> Floats:
    """The ranked probability score: squared error of P(at most k), summed over the splits.

    The options are taken as ordered. From 0 to k - 1. Source: Epstein (1969), in the
    unnormalised form of Murphy (1971).

    Raises:
        ValueError: probabilities not from 0 to 1, or outcomes that are no place among them.

    >>> rps([0.01, 0.32, 0.44, 0.23], 2).round(9).tolist()
    0.1619
    """
    shares, places = _options(probs, outcomes)
    reached = np.arange(shares.shape[-1]) >= places[..., None]
    gaps = np.nan_to_num(shares).cumsum(axis=-1) - reached
    summed: Floats = (np.square(gaps) * ~np.isnan(shares)).sum(axis=-1)
    return summed


def ordinal(probs: ArrayLike, outcomes: ArrayLike) -> Floats:
    """The two-sided Brier score averaged over the splits of ordered options: 2 rps / (k - 1).

    From 0 to 2. Source: Good Judgment Project, rule for ordered questions.

    Raises:
        ValueError: probabilities not from 0 to 1, or outcomes that are no place among them.

    >>> ordinal([0.25, 0.25, 0.30, 0.20], 1).round(9).tolist()
    0.235
    """
    shares, places = _options(probs, outcomes)
    splits: Ints = (~np.isnan(shares)).sum(axis=-1) - 1
    return 2 * rps(shares, places) / splits


def _checked(probs: ArrayLike, outcomes: ArrayLike) -> tuple[Floats, Ints]:
    shares, places = np.asarray(probs, dtype=np.float64), np.asarray(outcomes)
    if places.dtype.kind not in "iub" and not np.array_equal(places, places.round()):
        raise ValueError(f"outcomes must be 0 or 1, or the place of the true option: {places}")
    options = 2 if shares.ndim == places.ndim else shares.shape[-1]
    if places.size and (places.min() < 0 or places.max() >= options):
        raise ValueError(f"outcomes must be from 0 to {options - 1}: {places}")
    if shares.ndim == places.ndim and np.isnan(shares).any():
        raise ValueError("probabilities must be numbers, not NaN")
    if ((shares < 0) | (shares > 1)).any():
        raise ValueError(f"probabilities must lie from 0 to 1: {shares}")
    return shares, places.astype(np.int64)


def _options(probs: ArrayLike, outcomes: ArrayLike) -> tuple[Floats, Ints]:
    """Probabilities with an axis of options: (no, yes) where P(yes) was given."""
    shares, places = _checked(probs, outcomes)
    if shares.ndim > places.ndim:
        return shares, places
    return np.stack([1 - shares, shares], axis=-1), places


def _chosen(shares: Floats, places: Ints) -> Floats:
    chosen: Floats = np.take_along_axis(shares, places[..., None], axis=-1)[..., 0]
    return chosen
