"""How much of a belief is the model's, and how much the cold-start rule's: by past log score.

For each question that has an answer, half-way through its life, what the rule believed and what
the model would have believed had it not seen that question: its draws are weighed by the
inverse of the question's own likelihood. The share that the model gets is the mean of its
posterior (stacking; Yao, Vehtari, Simpson and Gelman 2018), from a prior that holds with the
rule until there is something to learn from.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

import numpy as np
from numpy.typing import NDArray

from forecast.belief.dossier import Dossier, case_of
from forecast.belief.draws import Fit
from forecast.belief.fold import believe
from forecast.belief.history import prob_of
from forecast.belief.seen import log_density, prior_log_odds, seen_if, state_of
from forecast.probability import expit

Vector = NDArray[np.float64]

PRIOR: Final = 0.25
"""Before anything is resolved the model's share is Beta(``PRIOR``, 1): a fifth in the mean."""
GRID: Final = 200


def trust(dossiers: Iterable[Dossier], fit: Fit, at: datetime, *, joint: bool = False) -> float:
    """The model's share of a belief, from 0 to 1."""
    past = [one for one in dossiers if _answered(one, at)]
    model = np.array([without_itself(one, fit, at, joint=joint) for one in past])
    cold = np.array([_given_answer(one, prob_of(believe(one, None, halfway(one)))) for one in past])
    return share(model, cold)


def _answered(dossier: Dossier, at: datetime) -> bool:
    known = dossier.answered_at is not None and dossier.answered_at <= at
    return known and dossier.answer in ("yes", "no")


def share(model: Vector | Sequence[float], cold: Vector | Sequence[float]) -> float:
    """The mean share of the first, given the probability each gave to what happened.

    The prior's density has no bound at 0, so the grid is even in its distribution function.

    >>> round(share([], []), 2), round(share([0.9] * 50, [0.5] * 50), 2)
    (0.2, 0.95)
    """
    grid = ((np.arange(GRID) + 0.5) / GRID) ** (1.0 / PRIOR)
    first, second = np.asarray(model, dtype=np.float64), np.asarray(cold, dtype=np.float64)
    mixed = np.log(grid[:, None] * first + (1.0 - grid[:, None]) * second).sum(axis=1)
    weight = np.exp(mixed - mixed.max())
    return float(np.dot(grid, weight) / weight.sum())


def halfway(dossier: Dossier) -> datetime:
    """Half-way from a question's opening to its answer or close, whichever came first."""
    end = min(dossier.answered_at or dossier.scheduled_close_time, dossier.scheduled_close_time)
    return dossier.open_time + (end - dossier.open_time) / 2


def _given_answer(dossier: Dossier, prob: float) -> float:
    return prob if dossier.answer == "yes" else 1.0 - prob


def without_itself(dossier: Dossier, fit: Fit, at: datetime, *, joint: bool = False) -> float:
    """What the model, had it not seen the question, gave half-way to what happened."""
    whole = case_of(dossier, at, with_forecasts=True)
    then = case_of(dossier, halfway(dossier), with_forecasts=joint)
    half = replace(then, answer=0)
    state = state_of(half, fit)
    prior = prior_log_odds(half, fit)
    yes, no = seen_if(state, 1.0, fit), seen_if(state, -1.0, fit)
    seen = np.logaddexp(yes - np.logaddexp(0, -prior), no - np.logaddexp(0, prior))
    log_weight = seen - log_density(whole, state_of(whole, fit), fit)
    weight = np.exp(log_weight - log_weight.max())
    prob = float(np.dot(weight, expit(prior + yes - no)) / weight.sum())
    return _given_answer(dossier, prob)
