"""A belief about a number or a date: a distribution over the bins of its range.

A prior, moved by what is read off its reports. A date also decays: while the event has not
come, what lies before the present is gone.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

import numpy as np
from numpy.typing import NDArray

from forecast.belief.dossier import Dossier, until
from forecast.belief.draws import Fit
from forecast.belief.kinds.cells import Weighed, dirichlet, mean_after, weigh
from forecast.belief.kinds.chance import generator
from forecast.belief.kinds.readings import evidence_of_bins
from forecast.belief.kinds.starts import prior_masses, still_to_come, worth_of
from forecast.belief.kinds.trusted import trusted
from forecast.histories.outcomes import seconds
from forecast.histories.smooth import values_at
from forecast.histories.targets import Grid, shape_of
from questions.records import Date, Discrete, Numeric

Floats = NDArray[np.float64]

DRAWS: Final = 200
LEVELS: Final = (0.1, 0.5, 0.9)


@dataclass(frozen=True, slots=True, eq=False)
class Measured:
    """What is believed of a number or a date."""

    cdf: Floats
    """(points,) on the question's grid."""
    bands: tuple[tuple[float, float, float], ...]
    """``(level, low, high)``: between what values a quantile is known to lie."""


def believe_measure(
    dossier: Dossier,
    kind: Numeric | Discrete | Date,
    fit: Fit | None,
    at: datetime,
    *,
    ci_prob: float = 0.9,
    joint: bool = False,
) -> Measured:
    """What is believed as of an instant; ``joint`` also counts the team's forecasts.

    The distribution is Bayes' rule from the prior as it was stated. How many cases the prior
    is worth says how far from it the truth about the quantiles may be: a Dirichlet process
    about it (Ferguson 1973), weighed by the evidence as everything else.
    """
    _, _, grid = shape_of(kind)
    if grid is None:
        raise ValueError(f"{kind!r} has no range")

    def weighed(fit: Fit | None) -> Weighed:
        prior = prior_masses(dossier, kind, grid, fit)
        if isinstance(kind, Date) and not dossier.scheduled:
            prior = still_to_come(prior, grid, seconds(until(dossier, at)))
        evidence = evidence_of_bins(dossier, prior, grid, fit, until(dossier, at), joint=joint)
        start = np.broadcast_to(prior, (len(evidence), prior.shape[-1]))
        rows = np.linspace(0, len(evidence) - 1, DRAWS).astype(int)
        rng = generator(fit.seed if fit else 0, dossier.question)
        theta = dirichlet(start[rows], worth_of(dossier), rng, DRAWS)
        spread = weigh(start[rows], theta, evidence[rows])
        return Weighed(mean_after(start, evidence), spread.draws, spread.weight)

    held = trusted(weighed, fit, joint=joint)
    cdf = np.clip(np.cumsum(held.mean)[:-1], 0.0, 1.0)
    return Measured(cdf, _bands(held, grid, ci_prob))


def _bands(spread: Weighed, grid: Grid, ci_prob: float) -> tuple[tuple[float, float, float], ...]:
    """The equal-tailed interval of each of a few quantiles, over draws of the distribution."""
    reach = np.cumsum(spread.draws, axis=1)[:, :-1]
    values = values_at(reach, grid, np.array(LEVELS))
    tail = (1 - ci_prob) / 2
    found = []
    for level, drawn in zip(LEVELS, values.T, strict=True):
        order = np.argsort(drawn)
        gone = np.cumsum(spread.weight[order]) / spread.weight.sum()
        low, high = np.minimum(np.searchsorted(gone, (tail, 1 - tail)), len(order) - 1)
        found.append((level, float(drawn[order[low]]), float(drawn[order[high]])))
    return tuple(found)
