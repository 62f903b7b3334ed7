"""Where a belief about a number or a date starts, and what passing time leaves of it."""

from datetime import datetime, timedelta
from typing import Final

import numpy as np
from numpy.typing import NDArray

from forecast.belief.decay import hazard_gone
from forecast.belief.dossier import Dossier
from forecast.belief.draws import Fit
from forecast.belief.kinds.cuts import Learned, learned_of
from forecast.belief.prior import prior_mean, span_of
from forecast.histories.grids import masses
from forecast.histories.outcomes import seconds
from forecast.histories.smooth import bins_of, ignorance, places_of
from forecast.histories.targets import Grid
from forecast.probability import logit
from forecast.records import Cases, Rate, Stated
from questions.instants import days_between
from questions.records import Date, Discrete, Numeric
from questions.values import Cdf

Floats = NDArray[np.float64]

SECONDS_A_DAY: Final = 86_400.0
TICK: Final = timedelta(microseconds=1)


def prior_masses(
    dossier: Dossier, kind: Numeric | Discrete | Date, grid: Grid, fit: Fit | None = None
) -> Floats:
    """(draws or 1, bins + 2) where the belief starts: as stated, by the rate of events, or even.

    What a fit has learned of reference classes moves those alone.
    """
    if dossier.spread is not None and isinstance(dossier.spread.value, Cdf):
        return masses(np.array(dossier.spread.value.points))[None, :]
    if isinstance(kind, Date) and dossier.stated:
        return _by_hazard(dossier, kind, grid, learned_of(fit))
    return ignorance(grid)[None, :]


def _by_hazard(dossier: Dossier, kind: Date, grid: Grid, learned: Learned) -> Floats:
    """A reference class on when: the same P(event by t) as a question with that deadline has.

    A rate is the Lomax predictive at each instant; a share of cases, or a stated probability,
    is that of an event within the range, at an even hazard from the opening on. With a fit the
    chance of the whole range is recalibrated and time counts as its power kappa.
    """
    nodes = np.linspace(grid.range_min, grid.range_max, bins_of(grid) + 1)
    opened = seconds(dossier.open_time)
    horizon = max(days_between(dossier.open_time, kind.range_max), TICK / timedelta(days=1))
    share = np.maximum(nodes - opened, 0.0) / SECONDS_A_DAY / horizon
    odds = logit(prior_mean(dossier.basis, horizon))
    whole = np.logaddexp(0.0, learned.shift + learned.slope * odds)[:, None]
    gone = hazard_gone(share ** learned.kappa[:, None], span_of(dossier.basis, horizon))
    return masses(-np.expm1(-whole * gone))


def still_to_come(prior: Floats, grid: Grid, now: float) -> Floats:
    """(..., bins + 2) the prior, no event having come by ``now``, in seconds since 1970.

    The bin that ``now`` lies in keeps the part that is left of it; once the range is over, all
    lies beyond it.

    >>> grid = Grid(0, 4, open_upper_bound=True, inbound_outcome_count=4)
    >>> still_to_come(np.array([0, 0.2, 0.2, 0.2, 0.2, 0.2]), grid, 1.5).round(4).tolist()
    [0.0, 0.0, 0.1429, 0.2857, 0.2857, 0.2857]
    """
    count = prior.shape[-1] - 2
    place = float(places_of(np.array([now]), grid)[0]) * count
    left = np.clip(np.arange(1, count + 1) - place, 0.0, 1.0)
    kept = prior * np.concatenate([[0.0 if place > 0 else 1.0], left, [1.0]])
    whole = kept.sum(axis=-1, keepdims=True)
    beyond = np.concatenate([np.zeros(count + 1), [1.0]])
    return np.asarray(np.where(whole > 0, kept / np.where(whole > 0, whole, 1.0), beyond))


def within(cdf: Floats, grid: Grid, instant: datetime) -> float:
    """P(event by an instant) of a CDF on a grid of dates, linear between its points.

    >>> from questions.instants import EPOCH
    >>> grid = Grid(0, 10 * SECONDS_A_DAY)
    >>> within(np.array([0.0, 0.5, 1.0]), grid, EPOCH + timedelta(days=2.5))
    0.25
    """
    place = places_of(np.array([seconds(instant)]), grid)
    return float(np.interp(place, np.linspace(0, 1, len(cdf)), cdf)[0])


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
