"""From quantiles to a CDF on a question's grid, and back.

Quantiles are joined by a monotone cubic (Fritsch and Carlson, 1980; the slopes of Fritsch and
Butland, 1984) in the grid's own scale, even or logarithmic. A closed end is a point of the
curve; beyond an open one the curve goes on as an exponential tail with the slope that it had.
One hundredth is then spread over the range, and a tenth of that beyond each open end: no
outcome is ruled out by a smooth line through three numbers, as platforms have it too.
"""

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from forecast.histories.grids import TAIL, nodes_of, ratio_of
from forecast.histories.targets import Grid

Floats = NDArray[np.float64]
AtLevel = Sequence[tuple[float, float]]

BINS: Final = 200
"""How many bins a grid has that does not fix their number: its CDFs have 201 points."""
SPREAD: Final = 0.01
"""The share that is spread over everything that can happen."""
BEYOND: Final = 0.1
"""The part of that share that lies beyond an open end."""


def bins_of(grid: Grid) -> int:
    """How many bins lie within the range.

    >>> bins_of(Grid(0, 1)), bins_of(Grid(-0.5, 10.5, inbound_outcome_count=11))
    (200, 11)
    """
    return grid.inbound_outcome_count or BINS


def places_of(values: Floats, grid: Grid) -> Floats:
    """Where values lie on the grid: 0 at its low end, 1 at its high end, beyond them outside.

    On a logarithmic grid what does not lie above its zero is minus infinity.

    >>> places_of(np.array([1.0, 10.0, 1000.0]), Grid(1, 100, zero_point=0)).round(9).tolist()
    [0.0, 0.5, 1.5]
    """
    span = grid.range_max - grid.range_min
    if grid.zero_point is None:
        return np.asarray((values - grid.range_min) / span)
    ratio = ratio_of(grid, grid.zero_point)
    with np.errstate(divide="ignore", invalid="ignore"):
        found = np.log1p((values - grid.range_min) * (ratio - 1) / span) / np.log(ratio)
    return np.where(np.isnan(found), -np.inf, found)


def cdf_of(at_level: AtLevel, grid: Grid) -> Floats:
    """(bins + 1,) the CDF through quantiles, ``(level, value)`` pairs that both rise.

    A discrete outcome is counted where it happens: its quantiles hold at the upper edge of
    their bin.

    Raises:
        ValueError: fewer than two quantiles, or such as do not rise.

    >>> cdf_of([(0.25, 2.5), (0.75, 7.5)], Grid(0, 10))[[0, 50, 100, 150, 200]].round(4).tolist()
    [0.0, 0.25, 0.5, 0.75, 1.0]
    """
    levels, places = _knots(at_level, grid)
    nodes = np.linspace(0, 1, bins_of(grid) + 1)
    smooth = _curve(nodes, places, levels)
    low, high = (BEYOND * is_open for is_open in (grid.open_lower_bound, grid.open_upper_bound))
    even = low + (1 - low - high) * nodes
    mixed = (1 - SPREAD) * smooth + SPREAD * even
    return np.clip(np.maximum.accumulate(mixed), 0.0, 1.0)


def _knots(at_level: AtLevel, grid: Grid) -> tuple[Floats, Floats]:
    """Levels and places of the points that the curve goes through, closed ends among them."""
    levels, values = np.array(at_level, dtype=np.float64).reshape(-1, 2).T
    if grid.inbound_outcome_count is not None:
        levels, values = _edges(levels, values, grid)
    if len(at_level) < 2 or not (np.diff(values) > 0).all():
        raise ValueError(f"quantiles must rise: {values}")
    if not (np.diff(levels) > 0).all():
        raise ValueError(f"levels must rise: {levels}")
    places = places_of(values, grid)
    keep = (places > 0) | grid.open_lower_bound
    keep &= (places < 1) | grid.open_upper_bound
    levels, places = levels[keep], places[keep]
    if not grid.open_lower_bound:
        levels, places = np.append(0.0, levels), np.append(0.0, places)
    if not grid.open_upper_bound:
        levels, places = np.append(levels, 1.0), np.append(places, 1.0)
    return levels, places


def _edges(levels: Floats, values: Floats, grid: Grid) -> tuple[Floats, Floats]:
    """Quantiles of a discrete outcome at the edges of its bins.

    The last level at a number holds at the upper edge of its bin; of several, the first holds
    at the lower edge, where the number below has none of its own.
    """
    step = (grid.range_max - grid.range_min) / int(grid.inbound_outcome_count or 1)
    bins = np.ceil((values - grid.range_min) / step - 1e-9)
    upper = dict(zip(bins.tolist(), levels.tolist(), strict=True))
    first = dict(zip(bins[::-1].tolist(), levels[::-1].tolist(), strict=True))
    lower = {at - 1: level for at, level in first.items() if level < upper[at]}
    knots = sorted((lower | upper).items())
    edges, held = np.array(knots).T
    return held, grid.range_min + step * edges


def _curve(at: Floats, places: Floats, levels: Floats) -> Floats:
    """P(outcome <= x) at places: a monotone cubic between the knots, exponential beyond them."""
    steps, rises = np.diff(places), np.diff(levels)
    slopes = _slopes(steps, rises / steps)
    part = np.clip(np.searchsorted(places, at, side="right") - 1, 0, len(steps) - 1)
    t = (at - places[part]) / steps[part]
    inside = (
        levels[part]
        + rises[part] * t * t * (3 - 2 * t)
        + steps[part] * t * (1 - t) * (slopes[part] * (1 - t) - slopes[part + 1] * t)
    )
    low, high = levels[0], 1 - levels[-1]
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        before = low * np.exp((at - places[0]) * slopes[0] / low) if low > 0 else 0 * at
        after = 1 - high * np.exp((places[-1] - at) * slopes[-1] / high) if high > 0 else 0 * at + 1
    return np.where(at < places[0], before, np.where(at > places[-1], after, inside))


def _slopes(steps: Floats, secants: Floats) -> Floats:
    """(n,) slopes at the knots: weighted harmonic means inside, the secants at both ends."""
    before, after = steps[:-1], steps[1:]
    first, second = 2 * after + before, after + 2 * before
    middle = (first + second) / (first / secants[:-1] + second / secants[1:])
    return np.concatenate([secants[:1], middle, secants[-1:]])


def values_at(cdf: Floats, grid: Grid, levels: Floats) -> Floats:
    """(..., k) the values at which each (..., points) CDF on the grid first reaches some levels.

    Linear between the points; minus or plus infinity where the level lies beyond an open end;
    of a discrete question the number itself, not the edge of its bin.

    >>> values_at(np.linspace(0, 1, 201), Grid(0, 10), np.array([0.1, 0.5])).round(9).tolist()
    [1.0, 5.0]
    """
    points = cdf.shape[-1]
    nodes = nodes_of(grid, points)
    right = (cdf[..., None, :] < (levels - 1e-12)[:, None]).sum(axis=-1)
    inside = np.clip(right, 1, points - 1)
    low, high = (np.take_along_axis(cdf, inside - back, axis=-1) for back in (1, 0))
    if grid.inbound_outcome_count is not None:
        found = (nodes[inside - 1] + nodes[inside]) / 2
    else:
        share = np.clip((levels - low) / np.where(high > low, high - low, 1.0), 0.0, 1.0)
        found = nodes[inside - 1] + share * (nodes[inside] - nodes[inside - 1])
    below = np.where(cdf[..., :1] > 0, -np.inf, found)
    return np.where(right == 0, below, np.where(right >= points, np.inf, found))


def ignorance(grid: Grid) -> Floats:
    """(bins + 2,) what somebody without knowledge gives to each bin and beyond each open end."""
    beyond = [TAIL * grid.open_lower_bound, TAIL * grid.open_upper_bound]
    count = bins_of(grid)
    return np.concatenate([beyond[:1], np.full(count, (1 - sum(beyond)) / count), beyond[1:]])
