"""A belief is a pure fold of evidence, fit and instant: the fast path, without PyMC.

Without a fit the cold-start rule weighs the reports; with one, each draw of the parameters
gives its own log likelihood ratio. The probability is the mean, over draws, of the posterior
odds from the prior's mean; the interval adds what is not known of the prior itself, by
draws of the prior that the evidence has weighted.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from math import log, log1p
from typing import Final

import numpy as np
from numpy.typing import NDArray

from forecast.belief.cold import cold_weight
from forecast.belief.collapsed import (
    State,
    add_forecast,
    add_report,
    empty,
    log_likelihood,
    log_ratio,
    stretched,
)
from forecast.belief.dataset import Case, clipped_logit
from forecast.belief.decay import LAST_SHARE, decayed
from forecast.belief.dossier import Dossier, case_of, known_evidence
from forecast.belief.draws import (
    HEAVY,
    Fit,
    judge_bias,
    member_bias,
    member_information,
    member_variance,
    source_bias,
    source_mean,
    source_variance,
)
from forecast.belief.kinds.believing import believe_kind
from forecast.belief.observations import Observation, Sighting, decisive
from forecast.belief.prior import prior_draws
from forecast.probability import expit, logit
from forecast.records import Belief, PriorBasis
from questions.values import Probability

Vector = NDArray[np.float64]

COLD: Final = "cold"
COLD_DRAWS: Final = 2000
DECISIVE_RATIO: Final = 1000.0
CI_PROB: Final = 0.9
LARGEST_RATIO: Final = 600.0


@dataclass(frozen=True, slots=True)
class Start:
    """Where a question stands before its observations, one entry a draw."""

    mean: Vector
    """P(yes) from the prior's mean, recalibrated and decayed."""
    theta: Vector
    """P(yes) from a draw of the prior about that mean."""


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


@dataclass(frozen=True, slots=True)
class Weighed:
    """Where a question stands and what was seen of it, one entry a draw."""

    start: Start
    ratio: Vector
    """ln P(seen | yes) / P(seen | no)."""
    failing: Vector
    """ln P(seen since the fit | no), up to a constant."""


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


def posterior(
    start: Start, ratio: Vector, failing: Vector, ci_prob: float = CI_PROB
) -> tuple[float, float, float]:
    """The probability, and the low and high end of its equal-tailed interval.

    For each draw of phi, ``ratio`` is ln P(new | yes) / P(new | no) and ``failing``
    ln P(new | no), up to a constant. A draw weighs as likely as it makes what is new:
    proportional to mean e^ratio + 1 - mean. The probability is the weighted mean of the
    posterior from the prior's mean; in the interval theta takes the mean's place, so that
    it is spread about that same probability.

    >>> tenth, ones = np.full(4, 0.1), np.ones(4)
    >>> round(posterior(Start(tenth, tenth), log(10) * ones, 0 * ones)[0], 3)
    0.526
    """
    odds = np.exp(np.clip(ratio, -LARGEST_RATIO, LARGEST_RATIO))
    weight = np.exp(failing - np.max(failing))
    yes = start.mean * odds
    total = yes + (1.0 - start.mean)
    theta_yes = start.theta * odds
    theta_total = theta_yes + (1.0 - start.theta)
    tail = (1.0 - ci_prob) / 2.0
    low, high = _quantiles(theta_yes / theta_total, weight * theta_total, tail)
    return float(np.dot(weight, yes) / np.dot(weight, total)), low, high


def _quantiles(values: Vector, weight: Vector, tail: float) -> tuple[float, float]:
    """The weighted quantiles that leave ``tail`` of the weight below and above."""
    order = np.argsort(values)
    gone = np.cumsum(weight[order])
    low, high = np.searchsorted(gone, (tail * gone[-1], (1.0 - tail) * gone[-1]))
    return float(values[order[low]]), float(values[order[min(int(high), len(order) - 1)]])


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
    return _stacked(found, _cold(held.case, held.basis, certain), held.trust)


def of_model(held: Held, certain: float = 0.0) -> Weighed:
    """What the model alone makes of a question; ``certain`` nats are known beside it."""
    no = seen_if(held.state, -1.0, held.fit)
    if "stretch" in held.fit.draws:
        ratio = seen_if(held.state, 1.0, held.fit) - no
    else:
        ratio = log_ratio(held.state)
    return Weighed(held.start, ratio + certain, no - held.seen)


def seen_if(state: State, sign: float, fit: Fit) -> Vector:
    """The log of P(observations | d), with a heavy-tailed narrative if the fit has one."""
    plain = log_likelihood(state, sign)
    if "stretch" not in fit.draws:
        return plain
    heavy = log_likelihood(stretched(state, fit.draws["stretch"]), sign)
    return np.asarray(np.logaddexp(log1p(-HEAVY) + plain, log(HEAVY) + heavy))


def draw_weights(found: Weighed) -> Vector:
    """How much each draw counts, given what came since the fit; they sum to one."""
    odds = np.exp(np.clip(found.ratio, -LARGEST_RATIO, LARGEST_RATIO))
    weight = np.exp(found.failing - np.max(found.failing))
    weight *= found.start.mean * odds + (1.0 - found.start.mean)
    return np.asarray(weight / weight.sum())


def _stacked(model: Weighed, cold: Weighed, trust: float) -> Weighed:
    """The draws of both, ``trust`` of the whole weight being the model's: a linear pool."""
    failing = []
    for found, share in ((model, trust), (cold, 1.0 - trust)):
        odds = np.exp(np.clip(found.ratio, -LARGEST_RATIO, LARGEST_RATIO))
        total = found.start.mean * odds + (1.0 - found.start.mean)
        failing.append(np.log(np.maximum(share * draw_weights(found) / total, 1e-300)))
    return Weighed(
        Start(
            np.concatenate([model.start.mean, cold.start.mean]),
            np.concatenate([model.start.theta, cold.start.theta]),
        ),
        np.concatenate([model.ratio, cold.ratio]),
        np.concatenate(failing),
    )


def _cold(case: Case, basis: PriorBasis, certain: float = 0.0) -> Weighed:
    ones = np.ones(COLD_DRAWS)
    opening = logit(case.prior_mean) * ones
    prior = opening if case.scheduled else decayed(opening, case.elapsed)
    start = _start(prior, basis, 0, case.question)
    return Weighed(start, (cold_weight(case.observations) + certain) * ones, 0.0 * ones)


def _start(prior: Vector, basis: PriorBasis, seed: int, question: str) -> Start:
    mean = expit(prior)
    return Start(mean, prior_draws(basis, mean, _generator(seed, question)))


def marginal(prior: Vector, state: State, fit: Fit) -> Vector:
    """The log likelihood of a question's observations, its answer summed over."""
    yes = seen_if(state, 1.0, fit) - np.logaddexp(0.0, -prior)
    no = seen_if(state, -1.0, fit) - np.logaddexp(0.0, prior)
    return np.asarray(np.logaddexp(yes, no))


def log_density(case: Case, state: State, fit: Fit) -> Vector:
    """The log of P(what was seen of a case, its answer included), as the model has it.

    An early yes counts at its time, a no at the close; an open case is open until then.
    """
    hazard, kappa = np.logaddexp(0.0, opening_log_odds(case, fit)), fit.draws["kappa"]
    elapsed = 0.0 if case.scheduled else min(case.elapsed, 1.0 - LAST_SHARE)
    if case.answer < 0:
        return seen_if(state, -1.0, fit) - hazard
    if case.answer > 0 and elapsed > 0.0:
        density = np.log(hazard * kappa) + (kappa - 1.0) * np.log(elapsed)
        return np.asarray(seen_if(state, 1.0, fit) + density - hazard * elapsed**kappa)
    if case.answer > 0:
        return seen_if(state, 1.0, fit) + np.log(-np.expm1(-hazard))
    lasted = hazard * elapsed**kappa if elapsed > 0.0 else 0.0
    return np.asarray(marginal(prior_log_odds(case, fit), state, fit) - lasted)


def opening_log_odds(case: Case, fit: Fit) -> Vector:
    """The prior's log odds at the opening, recalibrated: c0 + c1 m."""
    return fit.draws["c0"] + fit.draws["c1"] * logit(case.prior_mean)


def prior_log_odds(case: Case, fit: Fit) -> Vector:
    """The prior's log odds, recalibrated first and then decayed."""
    opening = opening_log_odds(case, fit)
    return opening if case.scheduled else decayed(opening, case.elapsed, fit.draws["kappa"])


def state_of(case: Case, fit: Fit) -> State:
    """The collapsed likelihood of a case under a fit's draws."""
    state = empty(fit.size)
    for report in case.observations:
        state = with_report(state, report, case, fit)
    for sighting in case.sightings:
        state = with_forecast(state, sighting, case, fit)
    return state


def with_report(state: State, report: Observation, case: Case, fit: Fit) -> State:
    """The state with one more report, O(draws)."""
    centre = (
        source_bias(fit, report.source)
        + judge_bias(fit, report.judges)
        + fit.draws["delta_R"] * logit(case.prior_mean)
    )
    return add_report(
        state,
        report.story,
        residual=report.weight - centre,
        mean=report.credibility * source_mean(fit, report.source, report.letter),
        variance=source_variance(fit, report.source),
        tau_narrative=fit.draws["tau_R"],
        tau_story=fit.draws["tau_k"],
    )


def with_forecast(state: State, sighting: Sighting, case: Case, fit: Fit) -> State:
    """The state with one more person's forecast, O(draws)."""
    opening = opening_log_odds(case, fit)
    if not case.scheduled:
        opening = decayed(opening, sighting.elapsed, fit.draws["kappa"])
    said = clipped_logit(np.array(sighting.prob))
    return add_forecast(
        state,
        residual=said - member_bias(fit, sighting.member) - fit.draws["delta"] * opening,
        mean=member_information(fit, sighting.member),
        variance=member_variance(fit, sighting.member) + fit.draws["omega"] ** 2,
        tau_narrative=fit.draws["tau_F"],
        tau_talk=fit.draws["tau_F2"],
    )


def _generator(seed: int, question: str) -> np.random.Generator:
    digest = sha256(f"{seed}/{question}".encode()).digest()
    return np.random.Generator(np.random.PCG64(int.from_bytes(digest[:8])))


def _fingerprint(case: Case, fit: Fit | None, certain: float) -> str:
    return sha256(repr((case, fit.data_hash if fit else COLD, certain)).encode()).hexdigest()
