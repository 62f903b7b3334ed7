"""A belief is a pure fold of evidence, fit and instant: the fast path, without PyMC.

Without a fit the cold-start rule weighs the reports; with one, each draw of the parameters
gives its own log likelihood ratio. The probability is the mean, over draws, of the posterior
odds from the prior's mean; the interval adds what is not known of the prior itself, by
draws of the prior that the evidence has weighted.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from math import log
from typing import Final

import numpy as np
from numpy.typing import NDArray

from forecast.belief.cold import cold_weight
from forecast.belief.collapsed import State, log_ratio
from forecast.belief.dataset import Case
from forecast.belief.decay import decayed
from forecast.belief.dossier import Dossier, case_of, known_evidence
from forecast.belief.draws import Fit
from forecast.belief.kinds.believing import believe_kind
from forecast.belief.kinds.chance import generator
from forecast.belief.observations import Observation, decisive
from forecast.belief.posterior import CI_PROB, Start, Weighed, posterior, stacked
from forecast.belief.prior import prior_draws
from forecast.belief.seen import marginal, prior_log_odds, seen_if, state_of, with_report
from forecast.probability import expit, logit
from forecast.records import Belief, PriorBasis
from questions.values import Probability

Vector = NDArray[np.float64]

COLD: Final = "cold"
COLD_DRAWS: Final = 2000
DECISIVE_RATIO: Final = 1000.0


@dataclass(frozen=True, slots=True)
class Held:
    """A question as it is held in memory: an observation more is an O(draws) update."""

    case: Case
    fit: Fit
    start: Start
    state: State
    seen: Vector
    """The log likelihood of what the fit had seen of the question: its draws know that."""
    basis: PriorBasis
    trust: float
    """How much of the belief is the model's."""


def believe(
    dossier: Dossier,
    fit: Fit | None,
    at: datetime,
    *,
    joint: bool = False,
    needs_refit: bool = False,
    ci_prob: float = CI_PROB,
) -> Belief:
    """What is believed as of ``at``; ``joint=True`` also counts the team's forecasts.

    Options, numbers, dates, ladders and conditional pairs are :mod:`forecast.belief.kinds`'.
    Without a fit there is nothing learned of the forecasters, so the joint is the belief.
    """
    other = believe_kind(dossier, fit, at, needs_refit=needs_refit, ci_prob=ci_prob, joint=joint)
    if other is not None:
        return other
    case = case_of(dossier, at, with_forecasts=joint)
    certain = decisive(known_evidence(dossier, at)) * log(DECISIVE_RATIO)
    if fit is None:
        found = _cold(case, dossier.basis, certain)
    else:
        found = _evidence(hold(dossier, fit, at, joint=joint), certain)
    prob, low, high = posterior(found.start, found.ratio, found.failing, ci_prob)
    return Belief(
        question=dossier.question,
        value=Probability(prob),
        ci_low=low,
        ci_high=high,
        ci_prob=ci_prob,
        at=at,
        fit=COLD if fit is None else fit.id,
        needs_refit=needs_refit,
        inputs=_fingerprint(case, fit, certain),
    )


def hold(dossier: Dossier, fit: Fit, at: datetime, *, joint: bool = False) -> Held:
    """Everything about a question that the next observation will need."""
    case = case_of(dossier, at, with_forecasts=joint)
    then = min(fit.made_at, dossier.answered_at or fit.made_at)
    known = case_of(dossier, then, with_forecasts=joint)
    seen = marginal(prior_log_odds(known, fit), state_of(known, fit), fit)
    start = _start(prior_log_odds(case, fit), dossier.basis, fit.seed, case.question)
    trust = fit.diagnostics.trust_joint if joint else fit.diagnostics.trust
    return Held(case, fit, start, state_of(case, fit), seen, dossier.basis, trust)


def updated(held: Held, report: Observation) -> tuple[Held, tuple[float, float, float]]:
    """The question with one more report, and its probability with the interval."""
    state = with_report(held.state, report, held.case, held.fit)
    case = replace(held.case, observations=(*held.case.observations, report))
    new = replace(held, state=state, case=case)
    found = _evidence(new)
    return new, posterior(found.start, found.ratio, found.failing)


def _evidence(held: Held, certain: float = 0.0) -> Weighed:
    """What the model makes of a question; with the cold-start rule's share, if it has one."""
    found = of_model(held, certain)
    if held.trust >= 1.0:
        return found
    return stacked(found, _cold(held.case, held.basis, certain), held.trust)


def of_model(held: Held, certain: float = 0.0) -> Weighed:
    """What the model alone makes of a question; ``certain`` nats are known beside it."""
    no = seen_if(held.state, -1.0, held.fit)
    if "stretch" in held.fit.draws:
        ratio = seen_if(held.state, 1.0, held.fit) - no
    else:
        ratio = log_ratio(held.state)
    return Weighed(held.start, ratio + certain, no - held.seen)


def _cold(case: Case, basis: PriorBasis, certain: float = 0.0) -> Weighed:
    ones = np.ones(COLD_DRAWS)
    opening = logit(case.prior_mean) * ones
    prior = opening if case.scheduled else decayed(opening, case.elapsed, span=case.span)
    start = _start(prior, basis, 0, case.question)
    return Weighed(start, (cold_weight(case.observations) + certain) * ones, 0.0 * ones)


def _start(prior: Vector, basis: PriorBasis, seed: int, question: str) -> Start:
    mean = expit(prior)
    return Start(mean, prior_draws(basis, mean, generator(seed, question)))


def _fingerprint(case: Case, fit: Fit | None, certain: float) -> str:
    return sha256(repr((case, fit.data_hash if fit else COLD, certain)).encode()).hexdigest()
