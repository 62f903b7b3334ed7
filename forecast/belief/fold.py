"""A belief is a pure fold of evidence, fit and instant: the fast path, without PyMC.

Without a fit the cold-start rule weighs the reports; with one, each draw of the parameters
gives its own log likelihood ratio. The probability is the mean, over draws, of the posterior
odds from the prior's mean; the interval adds what is not known of the prior itself, by
draws of the prior that the evidence has weighted.
"""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
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
)
from forecast.belief.dataset import Case, clipped_logit
from forecast.belief.decay import decayed
from forecast.belief.dossier import Dossier, case_of, known_evidence
from forecast.belief.draws import (
    Fit,
    judge_bias,
    member_bias,
    member_information,
    member_variance,
    source_bias,
    source_mean,
    source_variance,
)
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


@dataclass(frozen=True, slots=True)
class Posterior:
    """What the draws say of one question: prior log odds, log ratio, weight of each draw."""

    prior: Vector
    ratio: Vector
    weight: Vector
    """Sums to one."""


def believe(
    dossier: Dossier,
    fit: Fit | None,
    at: datetime,
    *,
    joint: bool = False,
    needs_refit: bool = False,
    ci_prob: float = CI_PROB,
) -> Belief:
    """P(yes) as of ``at``; ``joint=True`` also counts the team's forecasts.

    Without a fit there is nothing learned of the forecasters, so the joint is the belief.
    """
    case = case_of(dossier, at, with_forecasts=joint)
    certain = decisive(known_evidence(dossier, at)) * np.log(DECISIVE_RATIO)
    posterior = _cold(case) if fit is None else _learned(case, dossier, fit, joint=joint)
    posterior = Posterior(posterior.prior, posterior.ratio + certain, posterior.weight)
    seed = 0 if fit is None else fit.seed
    low, high = interval(posterior, dossier.basis, _generator(seed, case.question), ci_prob)
    return Belief(
        question=dossier.question,
        value=Probability(probability(posterior)),
        ci_low=low,
        ci_high=high,
        ci_prob=ci_prob,
        at=at,
        fit=COLD if fit is None else fit.id,
        needs_refit=needs_refit,
        inputs=_fingerprint(case, fit, certain),
    )


def probability(posterior: Posterior) -> float:
    """The mean over draws of the posterior probability from the prior's mean."""
    return float(np.dot(posterior.weight, expit(posterior.prior + posterior.ratio)))


def interval(
    posterior: Posterior, basis: PriorBasis, rng: np.random.Generator, ci_prob: float
) -> tuple[float, float]:
    """The equal-tailed interval, with the prior's own spread weighted by the evidence.

    A prior draw theta weighs theta e^LR + (1 - theta), relative to the same at the prior's
    mean: so the mean over draws is the posterior from the prior's mean, exactly.
    """
    mean = expit(posterior.prior)
    theta = np.clip(prior_draws(basis, mean, rng), 1e-12, 1.0 - 1e-12)
    values = expit(logit(theta) + posterior.ratio)
    evidence = np.logaddexp(np.log(theta) + posterior.ratio, np.log1p(-theta))
    expected = np.logaddexp(np.log(mean) + posterior.ratio, np.log1p(-mean))
    weight = posterior.weight * np.exp(evidence - expected)
    tail = (1.0 - ci_prob) / 2.0
    low, high = _quantiles(values, weight, np.array([tail, 1.0 - tail]))
    return float(low), float(high)


def _quantiles(values: Vector, weight: Vector, levels: Vector) -> Vector:
    order = np.argsort(values)
    gone = np.cumsum(weight[order])
    at = np.searchsorted(gone, levels * gone[-1])
    return np.asarray(values[order[np.minimum(at, len(order) - 1)]])


def _cold(case: Case) -> Posterior:
    ones = np.ones(COLD_DRAWS)
    opening = logit(case.prior_mean) * ones
    prior = opening if case.scheduled else decayed(opening, case.elapsed)
    return Posterior(prior, cold_weight(case.observations) * ones, ones / COLD_DRAWS)


def _learned(case: Case, dossier: Dossier, fit: Fit, *, joint: bool) -> Posterior:
    prior, state = prior_log_odds(case, fit), state_of(case, fit)
    seen = case_of(
        dossier, min(fit.made_at, dossier.answered_at or fit.made_at), with_forecasts=joint
    )
    news = _marginal(prior, state) - _marginal(prior_log_odds(seen, fit), state_of(seen, fit))
    return Posterior(prior, log_ratio(state), _normalised(news))


def _marginal(prior: Vector, state: State) -> Vector:
    """The log likelihood of a question's observations, its answer summed over."""
    yes = log_likelihood(state, 1.0) - np.logaddexp(0.0, -prior)
    no = log_likelihood(state, -1.0) - np.logaddexp(0.0, prior)
    return np.asarray(np.logaddexp(yes, no))


def _normalised(log_weight: Vector) -> Vector:
    weight = np.exp(log_weight - np.max(log_weight))
    return np.asarray(weight / weight.sum())


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
