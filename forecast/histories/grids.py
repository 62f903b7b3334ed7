"""The grid of a numeric, discrete or date question: its bins, its nodes, its base rate.

A CDF of N + 1 points has N bins inside the range and one beyond either end: bin 0 lies
below ``range_min``, bin N + 1 above ``range_max``. Source: Metaculus, scoring of
continuous questions.
"""

import math
from typing import Final

import numpy as np
from numpy.typing import NDArray

from forecast.histories.targets import Grid

Floats = NDArray[np.float64]

TAIL: Final = 0.05
"""What a forecaster without knowledge gives to the bin beyond an open bound."""
_EDGE: Final = 1e-10
"""An outcome on the boundary of two bins belongs to the lower one."""


def bin_of(outcome: float, grid: Grid, inside: int) -> int:
    """The bin of an outcome among ``inside`` bins within the range and one beyond each end.

    >>> [bin_of(x, Grid(0, 200), 200) for x in (-0.001, 0, 1, 1.001, 200, 200.001)]
    [0, 1, 1, 2, 200, 201]
    """
    if outcome < grid.range_min:
        return 0
    if outcome > grid.range_max:
        return inside + 1
    place = int(place_in(outcome, grid) * inside + 1 - _EDGE)
    return min(max(place, 1), inside)


def place_in(outcome: float, grid: Grid) -> float:
    """Where an outcome within the range lies on the grid, from 0 to 1.

    >>> place_in(1e5, Grid(1, 1e10, zero_point=0))
    0.5
    """
    span = grid.range_max - grid.range_min
    if grid.zero_point is None:
        return (outcome - grid.range_min) / span
    ratio = ratio_of(grid, grid.zero_point)
    return math.log1p((outcome - grid.range_min) * (ratio - 1) / span) / math.log(ratio)


def nodes_of(grid: Grid, points: int) -> Floats:
    """(points,) where the points of a CDF lie, in the question's unit.

    >>> nodes_of(Grid(1, 100, zero_point=0), 3).round(9).tolist()
    [1.0, 10.0, 100.0]
    """
    places = np.linspace(0, 1, points)
    span = grid.range_max - grid.range_min
    if grid.zero_point is None:
        return grid.range_min + span * places
    ratio = ratio_of(grid, grid.zero_point)
    return grid.range_min + span * (ratio**places - 1) / (ratio - 1)


def ratio_of(grid: Grid, zero_point: float) -> float:
    """How much farther the top of a logarithmic range lies from its zero than the bottom."""
    return (grid.range_max - zero_point) / (grid.range_min - zero_point)


def masses(cdfs: Floats) -> Floats:
    """(n, N + 2) probability of each bin, from (n, N + 1) CDFs.

    >>> masses(np.array([[0.1, 0.4, 0.8]])).round(9).tolist()
    [[0.1, 0.3, 0.4, 0.2]]
    """
    return np.diff(cdfs, axis=-1, prepend=0.0, append=1.0)


def base_rate(place: int, grid: Grid, inside: int) -> float:
    """What a forecaster without knowledge gives to a bin.

    >>> base_rate(1, Grid(0, 1, open_upper_bound=True), 100), base_rate(101, Grid(0, 1), 100)
    (0.0095, 0.05)
    """
    if place in (0, inside + 1):
        return TAIL
    return (1 - TAIL * (grid.open_lower_bound + grid.open_upper_bound)) / inside
