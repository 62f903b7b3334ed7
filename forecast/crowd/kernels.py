"""A sum over what stands, at every change, as a loop that numba compiles where logs are large.

What each forecaster said stands in the order of time already, so that the changes of all of
them come in order out of a tournament: its winner is who changes next. The twin in numpy is
in :mod:`forecast.crowd.paths`; a test holds the two together.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bytes = NDArray[np.int8]
Bools = NDArray[np.bool_]

NEVER: Final = np.iinfo(np.int64).max


def tournament(due: Ints) -> Ints:
    """(2 k,) for each pair the one that is due first, the winner of all at 1; k a power of two."""
    size = len(due)
    best = np.empty(2 * size, dtype=np.int64)
    for one in range(size):
        best[size + one] = one
    for node in range(size - 1, 0, -1):
        left, right = best[2 * node], best[2 * node + 1]
        best[node] = left if due[left] <= due[right] else right
    return best


def running_sums(
    at: Ints,
    due: Ints,
    best: Ints,
    start: Ints,
    end: Ints,
    more: Bools,
    amounts: Floats,
    certain: Bytes,
    changes: int,
) -> tuple[Ints, Ints, Floats, Bytes]:
    """Instant, number, sum, and who is certain (-1 all no, 1 all yes) after each change.

    The stretches (n,) stand by forecaster and time; ``at`` is the first of each forecaster,
    ``due`` its start, ``best`` the tournament between them. ``more`` says that another stretch
    of the same forecaster follows; ``amounts`` and ``certain`` end with a nought, for nobody;
    ``changes`` is the most that there can be.
    """
    nobody, size = len(start), len(due)
    edges, n = np.empty(changes, dtype=np.int64), np.empty(changes, dtype=np.int64)
    sums, sure = np.empty(changes), np.empty(changes, dtype=np.int8)
    going = np.full(size, nobody)
    count = number = noes = yeses = 0
    total = 0.0
    while due[best[1]] != NEVER:
        one = best[1]
        now, row, gone = due[one], at[one], going[one]
        comes = gone == nobody or (more[gone] and start[row] == now)
        came = row if comes else nobody
        total += amounts[came] - amounts[gone]
        number += (came != nobody) - (gone != nobody)
        noes += (certain[came] < 0) - (certain[gone] < 0)
        yeses += (certain[came] > 0) - (certain[gone] > 0)
        going[one] = came
        at[one] = row + comes
        due[one] = end[came] if comes else (start[row] if more[gone] else NEVER)
        node = (size + one) >> 1
        while node:
            left, right = best[2 * node], best[2 * node + 1]
            best[node] = left if due[left] <= due[right] else right
            node >>= 1
        if due[best[1]] != now:
            edges[count], n[count], sums[count] = now, number, total
            sure[count] = (yeses == number) - (noes == number)
            count += 1
    return edges[:count], n[:count], sums[:count], sure[:count]
