"""What the engine has learned of a source: how much of what judges say its reports are worth."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from forecast.belief.cold import DAMPING, GRADE_WEIGHT
from forecast.belief.draws import Fit, source_bias, source_mean, source_variance
from forecast.belief.grades import credibility, letter

CI_PROB: Final = 0.9


@dataclass(frozen=True, slots=True)
class Learned:
    """What a weight of evidence that judges state counts for, coming from one source alone."""

    counts: float
    """Nats for each stated nat: 1 takes it at its word, 0 is worth nothing, below 0 misleads."""
    low: float
    high: float
    """The ends of its 90 % interval; both ``counts`` while there is no fit."""
    leans: float
    """How far its reports lean toward yes, in nats; 0 while there is no fit."""


def learned(source: str, grade: str, fit: Fit | None) -> Learned:
    """What is known of a source of some grade: by the fit, or by its grade while there is none.

    For a report that stands alone, x = centre + mu d + noise of variance V, so that
    ln P(x | yes) / P(x | no) = 2 mu (x - centre) / V: each stated nat counts 2 mu / V nats.
    A source that the fit never saw is one of its grade.

    >>> round(learned("a wire", "B2", None).counts, 2)
    0.36
    """
    if fit is None:
        worth = DAMPING * GRADE_WEIGHT[letter(grade)] * credibility(grade)
        return Learned(worth, worth, worth, 0.0)
    mean = credibility(grade) * source_mean(fit, source, letter(grade))
    shared = fit.draws["tau_R"] ** 2 + fit.draws["tau_k"] ** 2
    counts = 2.0 * mean / (source_variance(fit, source) + shared)
    tail = (1.0 - CI_PROB) / 2.0
    low, high = np.quantile(counts, (tail, 1.0 - tail))
    leans = float(np.mean(source_bias(fit, source)))
    return Learned(float(np.mean(counts)), float(low), float(high), leans)
