"""Yes and no of a question as two cells, as the fold has them, for those that rest on it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from math import log
from typing import Final

import numpy as np
from numpy.typing import NDArray

from forecast.belief.cold import cold_weight
from forecast.belief.dataset import Case
from forecast.belief.decay import decayed
from forecast.belief.dossier import Dossier, case_of, known_evidence
from forecast.belief.draws import Fit
from forecast.belief.observations import decisive
from forecast.belief.seen import (
    marginal,
    prior_log_odds,
    seen_if,
    state_of,
    with_forecast_beside,
)
from forecast.probability import expit, logit

Floats = NDArray[np.float64]

DRAWS: Final = 2000
"""How many draws of the prior there are without a fit."""
SETTLED: Final = log(1000.0)
"""What a decisive report is worth, nats."""


def prior_of_yes(case: Case, fit: Fit | None) -> Floats:
    """(draws,) P(yes) before any report, recalibrated and decayed."""
    if fit is not None:
        return expit(prior_log_odds(case, fit))
    opening = np.full(DRAWS, logit(case.prior_mean))
    return expit(opening if case.scheduled else decayed(opening, case.elapsed, span=case.span))


def evidence_of_yes(
    dossier: Dossier,
    fit: Fit | None,
    at: datetime,
    *,
    joint: bool = False,
    known: Callable[[datetime], Floats] | None = None,
) -> Floats:
    """(draws or 1, 2) ln P(what was said | yes) and | no, nats, up to one constant.

    Reports, and forecasts too if ``joint``. Of the draws of a fit what it had seen of the
    question is taken out: they know that. ``known`` gives (draws,) the log odds that a member
    knew at an instant before any report, if those are not the question's own prior.
    """
    case = case_of(dossier, at, with_forecasts=joint)
    certain = np.array([decisive(known_evidence(dossier, at)) * SETTLED, 0.0])
    if fit is None:
        return np.asarray(np.array([[cold_weight(case.observations), 0.0]]) + certain)
    if known is None:
        state = state_of(case, fit)
    else:
        state = state_of(replace(case, sightings=()), fit)
        for one in case.sightings:
            state = with_forecast_beside(state, one, known(one.at), fit)
    both: Floats = np.stack([seen_if(state, 1.0, fit), seen_if(state, -1.0, fit)], axis=-1)
    then = case_of(dossier, min(fit.made_at, at), with_forecasts=joint)
    seen = marginal(prior_log_odds(then, fit), state_of(then, fit), fit)
    return np.asarray(both + certain - seen[:, None])


def answer_or_evidence(
    dossier: Dossier, fit: Fit | None, at: datetime, *, joint: bool = False
) -> Floats:
    """(draws or 1, 2) the same, or the answer once it is known."""
    answer = case_of(dossier, at, with_forecasts=False).answer
    if answer:
        return np.array([[0.0, -np.inf][::answer]])
    return evidence_of_yes(dossier, fit, at, joint=joint)
