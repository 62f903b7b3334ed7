"""What is read off reports and forecasts of a number or a date, as a likelihood of its bins.

The quantiles that a report would give by itself are a noisy reading: its density over that of
somebody who knows nothing is a likelihood, to the power that the report counts for. A plain
weight, of a date question, is on the event within the range against none.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from forecast.belief.dossier import Dossier, case_of, known_evidence
from forecast.belief.draws import Fit
from forecast.belief.kinds.signals import Signal, evidence_of, leaning, learned_shares, signals
from forecast.belief.kinds.voices import evidence_of_all, log_share, voices
from forecast.belief.prior import prior_mean
from forecast.belief.seen import seen_if, state_of
from forecast.histories.grids import masses
from forecast.histories.smooth import bins_of, cdf_of, ignorance
from forecast.histories.targets import Grid
from forecast.probability import logit
from forecast.records import Evidence
from questions.instants import days_between
from questions.values import Cdf, Value

Floats = NDArray[np.float64]


def evidence_of_bins(
    dossier: Dossier, prior: Floats, grid: Grid, fit: Fit | None, at: datetime, *, joint: bool
) -> Floats:
    """(draws or 1, bins + 2) ln P(reports | bin), and of forecasts if ``joint``, nats.

    ``prior`` is (draws or 1, bins + 2), what their authors knew before.
    """
    found = signals(known_evidence(dossier, at), lambda judged: reading(judged[-1], grid))
    if fit is None:
        return evidence_of(found, fit, prior.shape[-1])
    even = ignorance(grid)
    start = log_share(prior, even)
    said = voices(dossier, at, _masses, even) if joint else []
    members = [one.member for one in said]
    shares = learned_shares(found, fit, members).T if found or said else np.zeros((0, 1))
    told = evidence_of_all(found, said, start, fit)
    stated, leaned = np.zeros(fit.size), np.zeros(fit.size)
    for share, report in zip(shares, found, strict=False):
        if report.plain:
            stated += share * report.weights[1]
            leaned += share * leaning(report, fit, _odds(dossier))
    read = told - stated[:, None] * inside(grid)
    alone = _without_event(dossier, found, fit, at) - grown(read, even)
    return read + (stated - leaned)[:, None] * inside(grid) + alone[:, None]


def _without_event(dossier: Dossier, found: Sequence[Signal], fit: Fit, at: datetime) -> Floats:
    """(draws,) ln P(plain reports | no event within the range), nats."""
    names = {one.report for one in found if one.plain}
    plain = tuple(one for one in dossier.evidence if (one.copy_of or one.report) in names)
    case = case_of(replace(dossier, evidence=plain), at, with_forecasts=False)
    return seen_if(state_of(case, fit), -1.0, fit)


def _odds(dossier: Dossier) -> float:
    """The log odds of the event within the range, by the prior as it was stated."""
    horizon = days_between(dossier.open_time, dossier.scheduled_close_time)
    return float(logit(prior_mean(dossier.basis, horizon)))


def grown(read: Floats, even: Floats) -> Floats:
    """(draws,) ln of what an even belief grows to by a (draws, cells) reading of it, nats.

    Less of it, all that was read is a likelihood: by itself it makes no draw likelier, only as
    it agrees with the prior. That readings agree with each other is not taken for precision:
    they may share what is wrong with them.

    >>> read = np.log([[1.0, 2.0, 4.0, 1.0], [1.0, 1.0, 1.0, 1.0]])
    >>> grown(read, np.full(4, 0.25)).round(6).tolist()
    [0.693147, 0.0]
    """
    top = read[:, even > 0].max(axis=1)
    return np.asarray(np.log(np.exp(read - top[:, None])[:, even > 0] @ even[even > 0]) + top)


def reading(one: Evidence, grid: Grid) -> Floats:
    """(bins + 2,) what a judge says that a report means for each bin, nats.

    A plain weight, of a date question, is on the event within the range against none.
    """
    if one.signal:
        pairs = [(float(level), value) for level, value in one.signal]
        said = masses(cdf_of(pairs, grid))
        return _log_ratio(said, ignorance(grid))
    return one.weight * inside(grid)


def inside(grid: Grid) -> Floats:
    """(bins + 2,) 1 within the range, 0 beyond it."""
    inside = np.ones(bins_of(grid) + 2)
    inside[[0, -1]] = 0.0
    return inside


def _log_ratio(said: Floats, even: Floats) -> Floats:
    """The logarithm of a ratio of masses; 0 where nobody gives anything."""
    possible = even > 0
    ratio = np.where(possible, said, 1.0) / np.where(possible, even, 1.0)
    return np.log(np.maximum(ratio, 1e-9))


def _masses(value: Value) -> Floats | None:
    return masses(np.array(value.points)) if isinstance(value, Cdf) else None
