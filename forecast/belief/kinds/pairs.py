"""A belief about a question that hangs on another: a table of two by two.

P(B) = P(B | A) P(A) + P(B | not A) P(not A), draw by draw. What reports say of A moves A, and
B with it; what they say of B moves B alone, and A only in the table.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from forecast.belief.kinds.cells import Weighed, weigh

Floats = NDArray[np.float64]

BOTH, ONLY_FIRST, ONLY_SECOND, NEITHER = range(4)
"""A and B; A alone; B alone; neither."""


@dataclass(frozen=True, slots=True)
class Conditional:
    """How likely B is if A is yes, and if A is no."""

    if_yes: float
    if_no: float


def table(first: Floats, given: Conditional) -> Floats:
    """(..., 4) the joint probabilities of A and B, from P(A).

    >>> table(np.array(0.5), Conditional(0.8, 0.2)).round(9).tolist()
    [0.4, 0.1, 0.1, 0.4]
    """
    return np.stack(
        [
            first * given.if_yes,
            first * (1 - given.if_yes),
            (1 - first) * given.if_no,
            (1 - first) * (1 - given.if_no),
        ],
        axis=-1,
    )


def weigh_pair(first: Floats, draws: Floats, given: Conditional, ratio: Floats) -> Weighed:
    """The table after what was said of B.

    Args:
        first: (n,) or (1,) P(A), its own reports weighed.
        draws: (draws,) draws of P(A) about it.
        given: P(B | A) and P(B | not A).
        ratio: (n or 1,) ln P(reports on B | B) / P(reports on B | not B), nats.
    """
    weights = np.asarray(ratio)[:, None] * np.array([1.0, 0.0, 1.0, 0.0])
    return weigh(table(first, given), table(draws, given), weights)


def second(found: Weighed) -> float:
    """P(B) of a table."""
    return float(found.mean[[BOTH, ONLY_SECOND]].sum())
