"""Loops over whole logs, compiled by numba when a log is large enough to pay for it.

Each kernel has a twin in numpy that gives the same numbers; tests hold the two together.
Numba needs a second to load and compile, so that the twin serves everything that is small.
"""

from collections.abc import Callable
from functools import cache
from importlib import import_module
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

LARGE: Final = 200_000
"""From so many rows on a kernel is faster than its twin, loading and compiling included."""
IN_ANY_ORDER: Final = {"reassoc", "contract"}
"""Sums may be taken in any order; infinities and NaN keep their meaning."""
FOREVER: Final = np.iinfo(np.int64).max
BITS: Final = 9
"""By so many bits one pass sorts: their piles all lie in the nearest memory."""
PILES: Final = 1 << BITS


def compiled[Kernel: Callable[..., Any]](kernel: Kernel) -> Kernel:
    """A kernel as machine code, kept on disk where there is a place for it."""
    fast: Kernel = _machine_code(kernel)
    return fast


@cache
def _machine_code(kernel: Callable[..., Any]) -> Any:
    njit = import_module("numba").njit
    try:
        return njit(kernel, cache=True, fastmath=IN_ANY_ORDER)
    except RuntimeError:  # nowhere to keep it
        return njit(kernel, fastmath=IN_ANY_ORDER)


def is_rising(first: Ints, second: Ints, third: Ints) -> bool:
    """Whether rows of (n,) columns stand in the order of first, second, third; ties are out."""
    for row in range(1, len(first)):
        if first[row] != first[row - 1]:
            if first[row] < first[row - 1]:
                return False
        elif second[row] != second[row - 1]:
            if second[row] < second[row - 1]:
                return False
        elif third[row] <= third[row - 1]:
            return False
    return True


def counting_order(keys: Ints, order: Ints, count: int) -> Ints:
    """(n,) the rows of ``order`` sorted by their (n,) keys below ``count``, ties as they were."""
    place = np.zeros(count + 1, dtype=np.int64)
    for key in keys:
        place[key + 1] += 1
    for key in range(count):
        place[key + 1] += place[key]
    found = np.empty_like(order)
    for row in order:
        key = keys[row]
        found[place[key]] = row
        place[key] += 1
    return found


def rising_order(instants: Ints) -> Ints:
    """(n,) the rows of instants, at least one and all of 10,000 years, in rising order; stable.

    Its twin is a stable argsort; this sorts by so many bits of the difference to the first.
    """
    low = instants.min()
    width = instants.max() - low
    keys, order = instants - low, np.arange(len(instants))
    moved, other = np.empty_like(keys), np.empty_like(order)
    shift = 0
    while width >> shift > 0:
        place = np.zeros(PILES + 1, dtype=np.int64)
        for row in range(len(keys)):
            place[((keys[row] >> shift) & (PILES - 1)) + 1] += 1
        for pile in range(PILES):
            place[pile + 1] += place[pile]
        for row in range(len(keys)):
            pile = (keys[row] >> shift) & (PILES - 1)
            at = place[pile]
            moved[at], other[at] = keys[row], order[row]
            place[pile] = at + 1
        keys, moved, order, other = moved, keys, other, order
        shift += BITS
    return order


def in_order(instants: Ints) -> Ints:
    """The same for any number of instants, by whichever is faster."""
    if len(instants) < LARGE:
        return np.argsort(instants, kind="stable")
    return compiled(rising_order)(instants)


def stretch(
    order: Ints,
    question: Ints,
    forecaster: Ints,
    made: Ints,
    ended: Ints,
    opens: Ints,
    closes: Ints,
) -> tuple[Ints, Ints, Ints, Bools]:
    """Row, start, end and whether it was held of each active stretch, in the order given.

    ``opens`` and ``closes`` are of the questions; the others as in
    :func:`forecast.histories.history.stretches`, which is the twin.
    """
    n = len(order)
    rows, starts = np.empty(n, dtype=np.int64), np.empty(n, dtype=np.int64)
    ends, held = np.empty(n, dtype=np.int64), np.empty(n, dtype=np.bool_)
    count = 0
    for place in range(n):
        row = order[place]
        asked = question[row]
        close = closes[asked]
        end = ended[row]
        if place + 1 < n:
            after = order[place + 1]
            same = question[after] == asked and forecaster[after] == forecaster[row]
            if same and made[after] < close:
                end = min(end, made[after])
        start = max(made[row], opens[asked])
        if min(end, close) > start:
            rows[count], starts[count] = row, start
            ends[count], held[count] = min(end, close), end > close
            count += 1
    return rows[:count], starts[:count], ends[:count], held[:count]


def segment_means(first: Ints, weights: Floats, amounts: Floats) -> Floats:
    """(m,) the mean of (n,) amounts, weighing ``weights``, over [first[i], first[i + 1])."""
    means = np.empty(len(first) - 1)
    for segment in range(len(first) - 1):
        whole = risen = 0.0
        for row in range(first[segment], first[segment + 1]):
            whole += weights[row]
            risen += weights[row] * amounts[row]
        means[segment] = risen / whole
    return means
