"""Beliefs of every kind but the lone yes-or-no question, as one record."""

from datetime import datetime
from hashlib import sha256
from typing import Final

import numpy as np
from numpy.typing import NDArray

from forecast.belief.dossier import Dossier, active, elapsed, known_evidence, resting_on, until
from forecast.belief.draws import Fit
from forecast.belief.kinds.cells import interval
from forecast.belief.kinds.measures import believe_measure
from forecast.belief.kinds.options import option_intervals, weigh_options
from forecast.belief.kinds.pairs import BOTH, ONLY_SECOND, second, weigh_pair
from forecast.belief.kinds.rungs import believe_rungs
from forecast.histories.smooth import values_at
from forecast.histories.targets import shape_of
from forecast.records import Belief
from questions.records import Binary, Date, Discrete, MultipleChoice, Numeric
from questions.values import Cdf, Probability, Shares

Floats = NDArray[np.float64]

COLD: Final = "cold"


def believe_kind(
    dossier: Dossier,
    fit: Fit | None,
    at: datetime,
    *,
    needs_refit: bool,
    ci_prob: float,
    joint: bool = False,
) -> Belief | None:
    """The belief about options, a number, a date, a rung of a ladder, or what hangs on another.

    None for a yes-or-no question that stands alone: that is the fold's. ``joint`` also counts
    the forecasts of it, and of those that its belief rests on.
    """
    match dossier.kind:
        case Binary():
            told = _of_answer(dossier, fit, at, ci_prob, joint)
        case MultipleChoice():
            told = _of_options(dossier, dossier.kind, fit, at, ci_prob, joint)
        case Numeric() | Discrete() | Date():
            told = _of_measure(dossier, dossier.kind, fit, at, ci_prob, joint)
    if told is None:
        return None
    value, low, high, intervals = told
    return Belief(
        question=dossier.question,
        value=value,
        ci_low=low,
        ci_high=high,
        ci_prob=ci_prob,
        at=at,
        fit=COLD if fit is None else fit.id,
        needs_refit=needs_refit,
        inputs=_fingerprint(dossier, fit, at, joint=joint),
        intervals=intervals,
    )


Told = tuple[Probability | Shares | Cdf, float, float, tuple[tuple[str, float, float], ...]]


def _of_answer(
    dossier: Dossier, fit: Fit | None, at: datetime, ci_prob: float, joint: bool
) -> Told | None:
    if dossier.rungs:
        place = [one.question for one in dossier.rungs].index(dossier.question)
        held = believe_rungs(dossier, fit, at, joint=joint)
        inside = np.arange(len(held.mean)) <= place
        return Probability(_clipped(held.mean[inside].sum())), *interval(held, inside, ci_prob), ()
    if dossier.given is not None:
        held = weigh_pair(dossier, fit, at, joint=joint)
        inside = np.isin(np.arange(4), [BOTH, ONLY_SECOND])
        return Probability(_clipped(second(held))), *interval(held, inside, ci_prob), ()
    return None


def _clipped(prob: float) -> float:
    return min(max(float(prob), 0.0), 1.0)


def _of_options(
    dossier: Dossier,
    kind: MultipleChoice,
    fit: Fit | None,
    at: datetime,
    ci_prob: float,
    joint: bool,
) -> Told:
    held = weigh_options(dossier, kind, fit, at, joint=joint)
    shares = Shares(tuple(zip(kind.options, held.mean.tolist(), strict=True)))
    intervals = option_intervals(held, kind.options, ci_prob)
    _, low, high = intervals[int(np.argmax(held.mean))]
    return shares, low, high, intervals


def _of_measure(
    dossier: Dossier,
    kind: Numeric | Discrete | Date,
    fit: Fit | None,
    at: datetime,
    ci_prob: float,
    joint: bool,
) -> Told:
    held = believe_measure(dossier, kind, fit, at, ci_prob=ci_prob, joint=joint)
    _, _, grid = shape_of(kind)
    tail = (1 - ci_prob) / 2
    ends = np.array([tail, 1 - tail])
    low, high = values_at(held.cdf, grid, ends) if grid else (np.nan, np.nan)
    bands = tuple((f"p{100 * level:g}", least, most) for level, least, most in held.bands)
    return Cdf(tuple(held.cdf.tolist())), float(low), float(high), bands


def _fingerprint(dossier: Dossier, fit: Fit | None, at: datetime, *, joint: bool) -> str:
    """SHA-256 (hex) of prior, evidence, forecasts and fit, of a question and its ties."""
    tied = resting_on(dossier)
    known = [
        (one.question, one.basis, one.spread, known_evidence(one, at), elapsed(one, at))
        for one in tied
    ]
    heard = tied if joint and fit else ()
    said = tuple(said for one in heard for said in active(one.forecasts, until(one, at)))
    return sha256(repr((known, said, fit.data_hash if fit else COLD)).encode()).hexdigest()
