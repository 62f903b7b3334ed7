"""What was seen of a question, as each draw of a fit has it: one entry a draw."""

import numpy as np
from numpy.typing import NDArray

from forecast.belief.collapsed import (
    State,
    add_forecast,
    add_report,
    empty,
    log_likelihood,
    stretched,
)
from forecast.belief.dataset import Case, clipped_logit
from forecast.belief.decay import LAST_SHARE, decayed, hazard_gone, hazard_speed
from forecast.belief.draws import (
    Fit,
    heavy_tailed,
    judge_bias,
    member_bias,
    member_information,
    member_variance,
    source_bias,
    source_mean,
    source_variance,
)
from forecast.belief.observations import Observation, Sighting
from forecast.probability import logit

Vector = NDArray[np.float64]


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
    known = opening_log_odds(case, fit)
    if not case.scheduled:
        known = decayed(known, sighting.elapsed, fit.draws["kappa"], case.span)
    return with_forecast_beside(state, sighting, known, fit)


def with_forecast_beside(state: State, sighting: Sighting, known: Vector, fit: Fit) -> State:
    """The same, of somebody who knew (draws,) log odds before any report."""
    said = clipped_logit(np.array(sighting.prob))
    return add_forecast(
        state,
        residual=said - member_bias(fit, sighting.member) - fit.draws["delta"] * known,
        mean=member_information(fit, sighting.member),
        variance=member_variance(fit, sighting.member) + fit.draws["omega"] ** 2,
        tau_narrative=fit.draws["tau_F"],
        tau_talk=fit.draws["tau_F2"],
    )


def seen_if(state: State, sign: float, fit: Fit) -> Vector:
    """The log of P(observations | d), with a heavy-tailed narrative if the fit has one."""
    plain = log_likelihood(state, sign)
    if "stretch" not in fit.draws:
        return plain
    heavy = log_likelihood(stretched(state, fit.draws["stretch"]), sign)
    return heavy_tailed(plain, heavy)


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
    share = elapsed**kappa
    lasted = hazard * hazard_gone(share, case.span)
    if case.answer < 0:
        return seen_if(state, -1.0, fit) - hazard
    if case.answer > 0 and elapsed > 0.0:
        then = hazard * kappa * hazard_speed(share, case.span) / elapsed
        return np.asarray(seen_if(state, 1.0, fit) + np.log(then) - lasted)
    if case.answer > 0:
        return seen_if(state, 1.0, fit) + np.log(-np.expm1(-hazard))
    return np.asarray(marginal(prior_log_odds(case, fit), state, fit) - lasted)


def opening_log_odds(case: Case, fit: Fit) -> Vector:
    """The prior's log odds at the opening, recalibrated: c0 + c1 m."""
    return fit.draws["c0"] + fit.draws["c1"] * logit(case.prior_mean)


def prior_log_odds(case: Case, fit: Fit) -> Vector:
    """The prior's log odds, recalibrated first and then decayed."""
    opening = opening_log_odds(case, fit)
    if case.scheduled:
        return opening
    return decayed(opening, case.elapsed, fit.draws["kappa"], case.span)
