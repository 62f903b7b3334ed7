"""A belief about a number or a date: a distribution over the bins of its range.

Reports are noisy observations: the quantiles that one would give by itself are a likelihood,
its density over that of somebody who knows nothing. A date also decays: while the event has
not come, what lies before the present is gone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import numpy as np
from numpy.typing import NDArray

from forecast.belief.dossier import Dossier, known_evidence, until
from forecast.belief.draws import Fit
from forecast.belief.kinds.cells import Weighed, dirichlet, weigh
from forecast.belief.kinds.chance import generator
from forecast.belief.kinds.signals import evidence_of, signals
from forecast.belief.kinds.voices import evidence_of_all, log_share, voices
from forecast.belief.prior import prior_mean
from forecast.histories.grids import masses
from forecast.histories.outcomes import seconds
from forecast.histories.smooth import bins_of, cdf_of, ignorance, places_of, values_at
from forecast.histories.targets import Grid, shape_of
from forecast.records import Cases, Evidence, PriorBasis, Rate, Stated
from questions.instants import days_between
from questions.records import Date, Discrete, Numeric
from questions.values import Cdf, Value

Floats = NDArray[np.float64]

DRAWS: Final = 200
LEVELS: Final = (0.1, 0.5, 0.9)
SECONDS_A_DAY: Final = 86_400.0
TICK: Final = timedelta(microseconds=1)


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
    prior = prior_masses(dossier, kind, grid)
    if isinstance(kind, Date) and not dossier.scheduled:
        prior = still_to_come(prior, grid, seconds(until(dossier, at)))
    evidence = _evidence(dossier, prior, grid, fit, at, joint=joint)
    held = weigh(prior, prior[None, :], evidence)
    rows = np.linspace(0, len(evidence) - 1, DRAWS).astype(int)
    rng = generator(fit.seed if fit else 0, dossier.question)
    theta = dirichlet(prior, worth_of(dossier), rng, DRAWS)
    spread = weigh(prior, theta, evidence[rows])
    cdf = np.clip(np.cumsum(held.mean)[:-1], 0.0, 1.0)
    return Measured(cdf, _bands(spread, grid, ci_prob))


def _evidence(
    dossier: Dossier, prior: Floats, grid: Grid, fit: Fit | None, at: datetime, *, joint: bool
) -> Floats:
    """(draws or 1, bins + 2) the log likelihood of what was reported, and said if ``joint``."""

    def observed(judged: Sequence[Evidence]) -> Floats:
        return likelihood(judged[-1], grid)

    end = until(dossier, at)
    found = signals(known_evidence(dossier, end), observed)
    if fit is None or not joint:
        return evidence_of(found, fit, len(prior))
    even = ignorance(grid)
    said = voices(dossier, end, _masses, even)
    return evidence_of_all(found, said, log_share(prior, even), fit)


def _masses(value: Value) -> Floats | None:
    return masses(np.array(value.points)) if isinstance(value, Cdf) else None


def worth_of(dossier: Dossier) -> float:
    """How many cases the prior of a number or date is worth; 1 where nothing was stated."""
    if dossier.spread is not None:
        return dossier.spread.worth
    if not dossier.stated:
        return 1.0
    match dossier.basis:
        case Cases(_, trials):
            return 1.0 + trials
        case Rate(events, _):
            return 0.5 + events
        case Stated(_, worth):
            return worth


def _bands(spread: Weighed, grid: Grid, ci_prob: float) -> tuple[tuple[float, float, float], ...]:
    """The equal-tailed interval of each of a few quantiles, over draws of the distribution."""
    reach = np.cumsum(spread.draws, axis=1)[:, :-1]
    values = np.array([values_at(one, grid, np.array(LEVELS)) for one in reach])
    tail = (1 - ci_prob) / 2
    found = []
    for level, drawn in zip(LEVELS, values.T, strict=True):
        order = np.argsort(drawn)
        gone = np.cumsum(spread.weight[order]) / spread.weight.sum()
        low, high = np.minimum(np.searchsorted(gone, (tail, 1 - tail)), len(order) - 1)
        found.append((level, float(drawn[order[low]]), float(drawn[order[high]])))
    return tuple(found)


def likelihood(one: Evidence, grid: Grid) -> Floats:
    """(bins + 2,) what a judge says that a report means for each bin, nats.

    A plain weight, of a date question, is on the event within the range against none.
    """
    if one.signal:
        pairs = [(float(level), value) for level, value in one.signal]
        said = masses(cdf_of(pairs, grid))
        return _log_ratio(said, ignorance(grid))
    inside = np.ones(bins_of(grid) + 2)
    inside[[0, -1]] = 0.0
    return one.weight * inside


def _log_ratio(said: Floats, even: Floats) -> Floats:
    """The logarithm of a ratio of masses; 0 where nobody gives anything."""
    possible = even > 0
    ratio = np.where(possible, said, 1.0) / np.where(possible, even, 1.0)
    return np.log(np.maximum(ratio, 1e-9))


def prior_masses(dossier: Dossier, kind: Numeric | Discrete | Date, grid: Grid) -> Floats:
    """(bins + 2,) where the belief starts: as stated, by the rate of events, or even."""
    if dossier.spread is not None and isinstance(dossier.spread.value, Cdf):
        return masses(np.array(dossier.spread.value.points))
    if isinstance(kind, Date) and dossier.stated:
        return _by_hazard(dossier, kind, grid)
    return ignorance(grid)


def _by_hazard(dossier: Dossier, kind: Date, grid: Grid) -> Floats:
    """A reference class on when: the same P(event by t) as a question with that deadline has.

    A rate is the Lomax predictive at each instant; a share of cases, or a stated probability,
    is that of an event within the range, at an even hazard from the opening on.
    """
    nodes = np.linspace(grid.range_min, grid.range_max, bins_of(grid) + 1)
    opened = seconds(dossier.open_time)
    days = np.maximum(nodes - opened, 0.0) / SECONDS_A_DAY
    horizon = max(days_between(dossier.open_time, kind.range_max), TICK / timedelta(days=1))
    cdf = np.array([event_by(dossier.basis, float(day), horizon) for day in days])
    return masses(cdf)


def event_by(basis: PriorBasis, day: float, horizon: float) -> float:
    """P(event within some days), where cases and stated probabilities are for the horizon.

    >>> round(event_by(Stated(0.75, 4), 50, 100), 9)
    0.5
    """
    if day <= 0:
        return 0.0
    match basis:
        case Rate():
            return prior_mean(basis, day)
        case Cases() | Stated():
            kept = np.log1p(-prior_mean(basis, horizon)) * day / horizon
            return float(-np.expm1(kept))


def still_to_come(prior: Floats, grid: Grid, now: float) -> Floats:
    """The prior given that the event has not come by ``now``, in seconds since 1970.

    The bin that ``now`` lies in keeps the part that is left of it; once the range is over, all
    lies beyond it.

    >>> grid = Grid(0, 4, open_upper_bound=True, inbound_outcome_count=4)
    >>> still_to_come(np.array([0, 0.2, 0.2, 0.2, 0.2, 0.2]), grid, 1.5).round(4).tolist()
    [0.0, 0.0, 0.1429, 0.2857, 0.2857, 0.2857]
    """
    count = len(prior) - 2
    place = float(places_of(np.array([now]), grid)[0]) * count
    left = np.clip(np.arange(1, count + 1) - place, 0.0, 1.0)
    gone = place > 0
    kept = prior * np.concatenate([[0.0 if gone else 1.0], left, [1.0]])
    whole = kept.sum()
    if whole <= 0:
        return np.concatenate([np.zeros(count + 1), [1.0]])
    return np.asarray(kept / whole)


def within(cdf: Floats, grid: Grid, instant: datetime) -> float:
    """P(event by an instant) of a CDF on a grid of dates, linear between its points.

    >>> from questions.instants import EPOCH
    >>> grid = Grid(0, 10 * SECONDS_A_DAY)
    >>> within(np.array([0.0, 0.5, 1.0]), grid, EPOCH + timedelta(days=2.5))
    0.25
    """
    place = places_of(np.array([seconds(instant)]), grid)
    return float(np.interp(place, np.linspace(0, 1, len(cdf)), cdf)[0])
