"""Whether probabilities of tied questions can all be right, and the nearest ones that can.

What is declared of questions is linear in their probabilities: A implies B is p_A <= p_B, of
an exclusive set the sum is at most 1. The nearest coherent set is the one with the least sum of
squared changes. Whatever happens, its Brier score is at most that of the incoherent one
(de Finetti, 1974, chapter 3).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

TOLERANCE: Final = 0.005
"""What is off by less than half a point is coherent enough."""
MOST_ROUNDS: Final = 20_000
CLOSE: Final = 1e-10


@dataclass(frozen=True, slots=True)
class Constraint:
    """The sum of ``coefficient * probability`` is at most ``bound``, or equals it."""

    coefficients: tuple[tuple[str, float], ...]
    bound: float
    equal: bool = False


def implies(first: str, then: str) -> Constraint:
    """If the first is yes, so is the second."""
    return Constraint(((first, 1.0), (then, -1.0)), 0.0)


def exclusive(names: Sequence[str], *, exhaustive: bool = False) -> Constraint:
    """At most one of them is yes; ``exhaustive``: exactly one is."""
    return Constraint(tuple((name, 1.0) for name in names), 1.0, exhaustive)


def hangs(second: str, first: str, if_yes: float, if_no: float) -> Constraint:
    """P(B) = P(B | A) P(A) + P(B | not A) (1 - P(A))."""
    return Constraint(((second, 1.0), (first, if_no - if_yes)), if_no, equal=True)


def excess(constraint: Constraint, probs: Mapping[str, float]) -> float:
    """By how much probabilities break a constraint; 0 where they keep it.

    >>> round(excess(implies("A", "B"), {"A": 0.5, "B": 0.3}), 9)
    0.2
    """
    total = sum(factor * probs[name] for name, factor in constraint.coefficients)
    over = total - constraint.bound
    return abs(over) if constraint.equal else max(over, 0.0)


def is_coherent(constraints: Sequence[Constraint], probs: Mapping[str, float]) -> bool:
    """Whether no constraint is broken by half a point or more."""
    return all(excess(one, probs) <= TOLERANCE for one in constraints)


def nearest(constraints: Sequence[Constraint], probs: Mapping[str, float]) -> dict[str, float]:
    """The coherent probabilities with the least sum of squared changes.

    Projections onto one constraint after the other, each correcting for its own last step
    (Boyle and Dykstra, 1986), until a round changes nothing.

    >>> found = nearest([implies("A", "B")], {"A": 0.5, "B": 0.3})
    >>> {name: round(prob, 6) for name, prob in found.items()}
    {'A': 0.4, 'B': 0.4}
    """
    names = list(probs)
    at = np.array([probs[name] for name in names], dtype=np.float64)
    factors = [dict(one.coefficients) for one in constraints]
    rows = np.array([[factor.get(name, 0.0) for name in names] for factor in factors])
    steps = np.zeros((len(constraints) + 1, len(names)))
    for _ in range(MOST_ROUNDS):
        before = at
        for place, one in enumerate(constraints):
            wanted = at + steps[place]
            over = float(rows[place] @ wanted) - one.bound
            moved = over if one.equal else max(over, 0.0)
            at = wanted - rows[place] * (moved / float(rows[place] @ rows[place]))
            steps[place] = wanted - at
        wanted = at + steps[-1]
        at = np.clip(wanted, 0.0, 1.0)
        steps[-1] = wanted - at
        if float(np.abs(at - before).max()) < CLOSE:
            break
    return dict(zip(names, at.tolist(), strict=True))
