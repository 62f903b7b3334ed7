"""Scores of quantiles: the pinball loss and the weighted interval score. Low is good."""

from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]

LEVELS: Final[Floats] = np.array([0.01, 0.025, *(k / 20 for k in range(1, 20)), 0.975, 0.99])
"""The 23 levels of the forecast hubs: the median and eleven central intervals."""


def pinball(quantiles: ArrayLike, levels: ArrayLike, outcome: ArrayLike) -> Floats:
    """The quantile score: what it costs that the outcome lay on one side of a quantile.

    ``(1[x <= q] - level) (q - x)``, with shapes that broadcast; from 0 to infinity, in the
    question's unit. Source: Gneiting and Raftery (2007), section 6.1.

    Raises:
        ValueError: a level not strictly between 0 and 1.

    >>> pinball([3.0, 5.0], [0.1, 0.5], 4.0).round(9).tolist()
    [0.1, 0.5]
    """
    said, level = np.asarray(quantiles, dtype=np.float64), np.asarray(levels, dtype=np.float64)
    if not ((level > 0) & (level < 1)).all():
        raise ValueError(f"levels must lie between 0 and 1: {level}")
    happened = np.asarray(outcome, dtype=np.float64)
    return ((happened <= said) - level) * (said - happened)


def interval_score(quantiles: ArrayLike, levels: ArrayLike, outcome: float) -> Floats:
    """(...,) the weighted interval score: twice the mean pinball loss of (..., k) quantiles.

    With symmetric levels it is the mean of the interval scores of the central intervals, each
    weighing half its level, and of the distance from the median. From 0 to infinity, in the
    question's unit. Source: Bracher et al. (2021), equations 3 and 4.

    Raises:
        ValueError: levels that do not rise strictly between 0 and 1.

    >>> round(float(interval_score([3.0, 5.0, 9.0], [0.1, 0.5, 0.9], 4.0)), 9)
    0.733333333
    """
    level = np.asarray(levels, dtype=np.float64)
    if not (np.diff(level) > 0).all():
        raise ValueError(f"levels must rise: {level}")
    twice: Floats = 2 * pinball(quantiles, level, outcome).mean(axis=-1)
    return twice


def quantiles_of(cdfs: ArrayLike, nodes: ArrayLike, levels: ArrayLike) -> Floats:
    """(n, k) where (n, m) CDFs, linear between (m,) nodes, first reach the levels.

    What lies beyond an open end counts as that end of the range.

    >>> quantiles_of([[0.0, 0.5, 1.0]], [0.0, 10.0, 30.0], [0.25, 0.75]).tolist()
    [[5.0, 20.0]]
    """
    heights, at = np.asarray(cdfs, dtype=np.float64), np.asarray(nodes, dtype=np.float64)
    level = np.asarray(levels, dtype=np.float64)
    reached = (heights[:, None, :] < level[:, None]).sum(axis=2)
    right = np.clip(reached, 1, len(at) - 1)
    rows = np.arange(len(heights))[:, None]
    below, above = heights[rows, right - 1], heights[rows, right]
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        share = np.where(above > below, (level - below) / (above - below), 0.0)
    found: Floats = at[right - 1] + np.clip(share, 0, 1) * (at[right] - at[right - 1])
    return np.where(reached >= len(at), at[-1], np.where(reached == 0, at[0], found))
