"""The cold-start rule: how reports move a belief before anything was learned.

Each report is discounted by its grade, a story counts once, the sum is damped and capped:
3 tanh(0.6 s / 3). Measured on simulated worlds it loses half of what multiplying
likelihood ratios loses.
"""

from collections.abc import Sequence
from math import tanh
from statistics import fmean
from typing import Final

from forecast.belief.observations import Observation

GRADE_WEIGHT: Final = {"A": 0.9, "B": 0.75, "C": 0.5, "D": 0.3, "E": 0.1, "F": 0.4}
DAMPING: Final = 0.6
CAP: Final = 3.0


def cold_weight(observations: Sequence[Observation]) -> float:
    """The weight of all reports together, in nats, between -3 and 3."""
    stories: dict[str, list[float]] = {}
    for one in observations:
        discounted = GRADE_WEIGHT[one.letter] * one.credibility * one.weight
        stories.setdefault(one.story, []).append(discounted)
    total = DAMPING * sum(fmean(weights) for _, weights in sorted(stories.items()))
    return CAP * tanh(total / CAP)
