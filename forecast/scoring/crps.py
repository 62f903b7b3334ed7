"""The continuous ranked probability score of a CDF given on a grid. Low is good."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]


def crps(cdfs: ArrayLike, nodes: ArrayLike, outcome: float) -> Floats:
    """The integral of (F(x) - 1[x >= outcome])^2 over the range, in its unit.

    Args:
        cdfs: (..., m) P(outcome <= x) at the nodes, linear between them.
        nodes: (m,) rising, in the question's unit.
        outcome: what happened; beyond the range it counts as its end.

    From 0 to the length of the range. Source: Matheson and Winkler (1976).

    >>> crps([0.0, 1.0], [0.0, 1.0], 0.0).round(9).tolist()
    0.333333333
    """
    heights, at = np.asarray(cdfs, dtype=np.float64), np.asarray(nodes, dtype=np.float64)
    clamped = min(max(outcome, at[0]), at[-1])
    step = int(np.clip(np.searchsorted(at, clamped, side="right") - 1, 0, len(at) - 2))
    share = (clamped - at[step]) / (at[step + 1] - at[step])
    there = heights[..., step] + share * (heights[..., step + 1] - heights[..., step])
    split = np.insert(at, step + 1, clamped)
    risen = np.insert(heights, step + 1, there, axis=-1)
    above = np.arange(len(split) - 1) > step
    left, right = risen[..., :-1] - above, risen[..., 1:] - above
    squares = (left * left + left * right + right * right) / 3
    area: Floats = (squares * np.diff(split)).sum(axis=-1)
    return area
