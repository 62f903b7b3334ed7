"""The collapsed log likelihood of all questions and its gradient, compiled by Numba.

The mathematics is that of :mod:`forecast.belief.collapsed`, written once more as loops with
their derivative: one pass forward over reports, stories, forecasts and questions, and one back.
A test holds the values equal to the fast path's, and the derivative equal to differences.
Compiled loops take a fifth of the time of the same expressions in PyTensor, and a tenth of the
compiler's.

All of it is one file, because Numba's cache on disk notices the changes of a file, not of those
that it calls. Imported where a fit is sampled alone, because Numba is slow to start.
"""

from typing import Any, NamedTuple

import numpy as np
from numba import njit

from forecast.belief.collapsed import MM, MU, MV, RM, RR, RU, RV, UU, UV, VV
from forecast.belief.draws import GRAIN, HEAVY

Array = Any
DET = 10
GRAM = 11
SINGLE = 14
"""How many parameters before the grades are single numbers."""

compiled = njit(cache=True, nogil=True, error_model="numpy")
"""What divides by zero, far out where a sampler may step, is not finite, and it turns back."""


class Phi(NamedTuple):
    """The parameters; each is an array, those that are shared have one entry."""

    c0: Array
    c1: Array
    kappa: Array
    delta_R: Array  # noqa: N815
    tau_R: Array  # noqa: N815
    tau_k: Array
    sd_mu: Array
    sd_b: Array
    delta: Array
    omega: Array
    tau_F: Array  # noqa: N815
    tau_F2: Array  # noqa: N815
    g0: Array
    s_g: Array
    mu_grade: Array
    z_source: Array
    z_b: Array
    log_sigma_source: Array
    b_judge: Array
    bias: Array
    z_gamma: Array
    log_sigma_member: Array
    stretch: Array


class Data(NamedTuple):
    """What was seen; :func:`forecast.belief.dataset.columns` describes each."""

    m: Array
    answer: Array
    elapsed: Array
    span: Array
    report_question: Array
    report_story: Array
    story_question: Array
    report_source: Array
    report_letter: Array
    report_credibility: Array
    report_weight: Array
    judging_report: Array
    judging_judge: Array
    judging_share: Array
    forecast_question: Array
    forecast_member: Array
    forecast_logit: Array
    forecast_elapsed: Array


class Reports(NamedTuple):
    """What the way forward leaves for the way back."""

    residual: Array
    mean: Array
    precision: Array
    sums: Array
    """Shape (stories, 3): sums of 1/s^2, r/s^2 and mu/s^2."""


class Forecasts(NamedTuple):
    """What the way forward leaves for the way back."""

    then: Array
    gone: Array
    residual: Array
    precision: Array
    """One entry a member."""
    sums: Array
    """Shape (questions, 3): sums of 1/s^2, r/s^2 and mu/s^2."""


@compiled
def _named(flat: Array, room: Array) -> Phi:  # pragma: no cover
    """The parameters by name, as views of the vector that holds them one after another."""
    sources, judges, members = room
    letters, source = SINGLE + 6, SINGLE + 6 + 3 * sources
    member = source + judges
    return Phi(
        flat[0:1],
        flat[1:2],
        flat[2:3],
        flat[3:4],
        flat[4:5],
        flat[5:6],
        flat[6:7],
        flat[7:8],
        flat[8:9],
        flat[9:10],
        flat[10:11],
        flat[11:12],
        flat[12:13],
        flat[13:14],
        flat[SINGLE:letters],
        flat[letters : letters + sources],
        flat[letters + sources : letters + 2 * sources],
        flat[letters + 2 * sources : source],
        flat[source:member],
        flat[member : member + members],
        flat[member + members : member + 2 * members],
        flat[member + 2 * members : member + 3 * members],
        flat[member + 3 * members :],
    )


@compiled
def log_likelihood(parameters: Array, room: Array, columns: Any) -> Any:  # pragma: no cover
    """The total, log P(yes, seen) and log P(no, seen), and the total's derivatives.

    ``parameters`` holds those of :class:`Phi` one after another, for so many sources, judges
    and members as ``room`` says; ``columns`` is a tuple in the order of :class:`Data`. The
    second and third have one entry a question, as if it were open; the last is a vector such
    as the parameters'.
    """
    derivatives = np.zeros_like(parameters)
    phi, d = _named(parameters, room), _named(derivatives, room)
    data = Data(*columns)
    questions = len(data.m)
    gram, slope = np.zeros((questions, GRAM)), np.zeros((questions, GRAM))
    reports = _reports(phi, data, gram)
    _stories(phi, data, reports, gram)
    forecasts = _forecasts(phi, data, gram)
    opening = np.zeros(questions)
    total, yes, no = _questions(phi, data, gram, slope, opening, d)
    _forecasts_back(phi, data, forecasts, slope, opening, d)
    _reports_back(phi, data, reports, _stories_back(phi, data, reports, slope, d), slope, d)
    for q in range(questions):
        d.c0[0] += opening[q]
        d.c1[0] += opening[q] * data.m[q]
    return total, yes, no, derivatives


@compiled
def _reports(phi: Phi, data: Data, gram: Array) -> Reports:  # pragma: no cover
    count = len(data.report_weight)
    residual, mean, precision = np.empty(count), np.empty(count), np.empty(count)
    sums = np.zeros((len(data.story_question), 3))
    judged, variance = np.zeros(count), np.exp(2.0 * phi.log_sigma_source) + GRAIN**2
    log_variance, by_source = np.log(variance), 1.0 / variance
    for j in range(len(data.judging_report)):
        judged[data.judging_report[j]] += data.judging_share[j] * phi.b_judge[data.judging_judge[j]]
    for i in range(count):
        q, s, k = data.report_question[i], data.report_source[i], data.report_story[i]
        level = phi.mu_grade[data.report_letter[i]] + phi.sd_mu[0] * phi.z_source[s]
        lean = phi.sd_b[0] * phi.z_b[s]
        centre = lean + judged[i] + phi.delta_R[0] * data.m[q]
        r, mu = data.report_weight[i] - centre, data.report_credibility[i] * level
        p = by_source[s]
        residual[i], mean[i], precision[i] = r, mu, p
        gram[q, RR] += r * r * p
        gram[q, RM] += r * mu * p
        gram[q, MM] += mu * mu * p
        gram[q, DET] += log_variance[s]
        sums[k, 0] += p
        sums[k, 1] += r * p
        sums[k, 2] += mu * p
    return Reports(residual, mean, precision, sums)


@compiled
def _stories(phi: Phi, data: Data, reports: Reports, gram: Array) -> None:  # pragma: no cover
    """Sherman-Morrison for each story's shared term."""
    tau, square = phi.tau_R[0], phi.tau_k[0] ** 2
    for k in range(len(data.story_question)):
        q = data.story_question[k]
        w, r, mu = reports.sums[k, 0], reports.sums[k, 1], reports.sums[k, 2]
        kept = 1.0 / (1.0 + square * w)
        gram[q, RR] -= kept * square * r * r
        gram[q, RM] -= kept * square * r * mu
        gram[q, MM] -= kept * square * mu * mu
        gram[q, RU] += kept * tau * r
        gram[q, MU] += kept * tau * mu
        gram[q, UU] += kept * tau * tau * w
        gram[q, DET] -= np.log(kept)


@compiled
def _forecasts(phi: Phi, data: Data, gram: Array) -> Forecasts:  # pragma: no cover
    count, questions = len(data.forecast_logit), len(data.m)
    then, gone, residual = np.empty(count), np.empty(count), np.empty(count)
    variance = np.exp(2.0 * phi.log_sigma_member) + phi.omega[0] ** 2
    log_variance, precision, sums = np.log(variance), 1.0 / variance, np.zeros((questions, 3))
    opening = phi.c0[0] + phi.c1[0] * data.m
    for i in range(count):
        q, who = data.forecast_question[i], data.forecast_member[i]
        gone[i] = _gone(_share(data.forecast_elapsed[i], phi.kappa[0]), data.span[q])
        then[i] = _decayed(opening[q], gone[i])
        r = data.forecast_logit[i] - phi.bias[who] - phi.delta[0] * then[i]
        mu, p = phi.g0[0] + phi.s_g[0] * phi.z_gamma[who], precision[who]
        residual[i] = r
        gram[q, RR] += r * r * p
        gram[q, RM] += r * mu * p
        gram[q, MM] += mu * mu * p
        gram[q, DET] += log_variance[who]
        sums[q, 0] += p
        sums[q, 1] += r * p
        sums[q, 2] += mu * p
    u, v = phi.tau_F[0], phi.tau_F2[0]
    for q in range(questions):
        w, r, mu = sums[q, 0], sums[q, 1], sums[q, 2]
        gram[q, RU] += u * r
        gram[q, MU] += u * mu
        gram[q, UU] += u * u * w
        gram[q, RV] += v * r
        gram[q, MV] += v * mu
        gram[q, UV] += u * v * w
        gram[q, VV] += v * v * w
    return Forecasts(then, gone, residual, precision, sums)


@compiled
def _share(elapsed: float, kappa: float) -> Any:  # pragma: no cover
    return np.exp(kappa * np.log(elapsed)) if elapsed > 0.0 else 0.0


@compiled
def _gone(share: float, span: float) -> Any:  # pragma: no cover
    return np.log1p(share * span) / np.log1p(span) if span > 0.0 else share


@compiled
def _speed(share: float, span: float) -> Any:  # pragma: no cover
    """How what is gone grows with the logarithm of the share."""
    if span == 0.0:
        return share
    return share * span / ((1.0 + share * span) * np.log1p(span))


@compiled
def _decayed(opening: float, gone: float) -> Any:  # pragma: no cover
    return np.log(np.expm1(_softplus(opening) * (1.0 - gone))) if gone > 0.0 else opening


@compiled
def _decayed_back(opening: float, gone: float, then: float) -> Any:  # pragma: no cover
    """How the decayed log odds change with those at the opening, and with what is gone.

    Numbers go in, because a call that is handed all arrays for each forecast costs ten times
    what it does.
    """
    grows = 1.0 + np.exp(-then)
    return grows * (1.0 - gone) / (1.0 + np.exp(-opening)), -grows * _softplus(opening)


@compiled
def _softplus(x: float) -> Any:  # pragma: no cover
    return max(x, 0.0) + np.log1p(np.exp(-abs(x)))


@compiled
def _add(a: float, b: float) -> Any:  # pragma: no cover
    """The logarithm of e^a + e^b."""
    return max(a, b) + np.log1p(np.exp(-abs(a - b)))


@compiled
def _gaussian(gram: Array, sign: float, stretch: float) -> Any:  # pragma: no cover
    """The log of P(seen | d), the narrative's variance being ``stretch`` times its own."""
    root = np.sqrt(stretch)
    a, b, c = 1.0 + stretch * gram[UU], 1.0 + gram[VV], root * gram[UV]
    det = a * b - c * c
    z = gram[RR] - 2.0 * sign * gram[RM] + gram[MM]
    zu, zv = root * (gram[RU] - sign * gram[MU]), gram[RV] - sign * gram[MV]
    taken = (b * zu * zu - 2.0 * c * zu * zv + a * zv * zv) / det
    return -0.5 * (z - taken + gram[DET] + np.log(det))


@compiled
def _gaussian_back(
    gram: Array, sign: float, stretch: float, weight: float, slope: Array
) -> Any:  # pragma: no cover
    """Add ``weight`` times the derivative by each inner product; returns that by ``stretch``."""
    root = np.sqrt(stretch)
    a, b, c = 1.0 + stretch * gram[UU], 1.0 + gram[VV], root * gram[UV]
    det = a * b - c * c
    zu, zv = root * (gram[RU] - sign * gram[MU]), gram[RV] - sign * gram[MV]
    alpha, beta = (b * zu - c * zv) / det, (a * zv - c * zu) / det
    by_a, by_c = -0.5 * (alpha * alpha + b / det), c / det - alpha * beta
    slope[RR] -= 0.5 * weight
    slope[RM] += sign * weight
    slope[MM] -= 0.5 * weight
    slope[DET] -= 0.5 * weight
    slope[RU] += weight * root * alpha
    slope[MU] -= weight * root * alpha * sign
    slope[RV] += weight * beta
    slope[MV] -= weight * beta * sign
    slope[UU] += weight * stretch * by_a
    slope[UV] += weight * root * by_c
    slope[VV] -= 0.5 * weight * (beta * beta + a / det)
    return weight * ((zu * alpha + by_c * c) * 0.5 / stretch + by_a * gram[UU])


@compiled
def _seen(gram: Array, sign: float, stretch: float) -> Any:  # pragma: no cover
    """The log of P(seen | d): a mixture of two Gaussians if the narrative is heavy-tailed."""
    plain = _gaussian(gram, sign, 1.0)
    if stretch == 1.0:
        return plain
    heavy = np.log(HEAVY) + _gaussian(gram, sign, stretch)
    return _add(np.log1p(-HEAVY) + plain, heavy)


@compiled
def _seen_back(
    gram: Array, sign: float, stretch: float, weight: float, slope: Array
) -> Any:  # pragma: no cover
    if stretch == 1.0:
        _gaussian_back(gram, sign, 1.0, weight, slope)
        return 0.0
    heavy = np.log(HEAVY) + _gaussian(gram, sign, stretch)
    share = np.exp(heavy - _seen(gram, sign, stretch))
    _gaussian_back(gram, sign, 1.0, weight * (1.0 - share), slope)
    return _gaussian_back(gram, sign, stretch, weight * share, slope)


@compiled
def _questions(
    phi: Phi, data: Data, gram: Array, slope: Array, opening: Array, d: Phi
) -> Any:  # pragma: no cover
    """Early yes at its time, no at the close, open as open; fills ``slope`` and ``opening``."""
    count, kappa, stretch = len(data.m), phi.kappa[0], phi.stretch[0]
    total, yes, no = 0.0, np.empty(count), np.empty(count)
    for q in range(count):
        start = phi.c0[0] + phi.c1[0] * data.m[q]
        hazard, span, spent = _softplus(start), data.span[q], _share(data.elapsed[q], kappa)
        gone, speed = _gone(spent, span), _speed(spent, span)
        if_yes, if_no = _seen(gram[q], 1.0, stretch), _seen(gram[q], -1.0, stretch)
        left = hazard * (1.0 - gone)
        yes[q] = np.log(-np.expm1(-left)) - hazard * gone + if_yes
        no[q] = if_no - hazard
        share, by_hazard, by_gone = 0.0, -1.0, 0.0
        if data.answer[q] < 0:
            total += no[q]
        elif data.answer[q] == 0:
            both = _add(yes[q], no[q])
            share = np.exp(yes[q] - both)
            rate = 1.0 / np.expm1(left)
            total += both
            by_hazard = share * ((1.0 - gone) * rate - gone) + share - 1.0
            by_gone = -share * hazard * (rate + 1.0)
        elif gone > 0.0:
            share, since = 1.0, np.log(data.elapsed[q])
            total += np.log(hazard * kappa * speed) - since - hazard * gone + if_yes
            by_hazard, by_gone = 1.0 / hazard - gone, -hazard
            d.kappa[0] += 1.0 / kappa + since / (1.0 + spent * span)
        else:
            share, by_hazard = 1.0, 1.0 / np.expm1(hazard)
            total += np.log(-np.expm1(-hazard)) + if_yes
        opening[q] += by_hazard / (1.0 + np.exp(-start))
        if gone > 0.0:
            d.kappa[0] += by_gone * speed * np.log(data.elapsed[q])
        d.stretch[0] += _seen_back(gram[q], 1.0, stretch, share, slope[q])
        d.stretch[0] += _seen_back(gram[q], -1.0, stretch, 1.0 - share, slope[q])
    return total, yes, no


@compiled
def _forecasts_back(
    phi: Phi, data: Data, forecasts: Forecasts, slope: Array, opening: Array, d: Phi
) -> None:  # pragma: no cover
    u, v = phi.tau_F[0], phi.tau_F2[0]
    back, starts = np.empty((len(data.m), 3)), phi.c0[0] + phi.c1[0] * data.m
    by_variance = np.zeros_like(phi.log_sigma_member)
    for q in range(len(data.m)):
        s, (w, r, mu) = slope[q], forecasts.sums[q]
        back[q, 0] = u * u * s[UU] + u * v * s[UV] + v * v * s[VV]
        back[q, 1] = u * s[RU] + v * s[RV]
        back[q, 2] = u * s[MU] + v * s[MV]
        d.tau_F[0] += r * s[RU] + mu * s[MU] + w * (2.0 * u * s[UU] + v * s[UV])
        d.tau_F2[0] += r * s[RV] + mu * s[MV] + w * (2.0 * v * s[VV] + u * s[UV])
    for i in range(len(data.forecast_logit)):
        q, who = data.forecast_question[i], data.forecast_member[i]
        r, mu = forecasts.residual[i], phi.g0[0] + phi.s_g[0] * phi.z_gamma[who]
        p, s = forecasts.precision[who], slope[q]
        by_r = p * (2.0 * s[RR] * r + s[RM] * mu + back[q, 1])
        by_mu = p * (s[RM] * r + 2.0 * s[MM] * mu + back[q, 2])
        by_p = s[RR] * r * r + s[RM] * r * mu + s[MM] * mu * mu
        by_p += back[q, 0] + back[q, 1] * r + back[q, 2] * mu
        by_variance[who] += p * (s[DET] - p * by_p)
        d.bias[who] -= by_r
        d.delta[0] -= by_r * forecasts.then[i]
        d.g0[0] += by_mu
        d.s_g[0] += by_mu * phi.z_gamma[who]
        d.z_gamma[who] += by_mu * phi.s_g[0]
        weight, gone = -phi.delta[0] * by_r, forecasts.gone[i]
        if gone == 0.0:
            opening[q] += weight
            continue
        by_opening, by_gone = _decayed_back(starts[q], gone, forecasts.then[i])
        opening[q] += weight * by_opening
        since = np.log(data.forecast_elapsed[i])
        speed = _speed(np.exp(phi.kappa[0] * since), data.span[q])
        d.kappa[0] += weight * by_gone * speed * since
    own = np.exp(2.0 * phi.log_sigma_member)
    d.log_sigma_member[:] += 2.0 * own * by_variance
    d.omega[0] += 2.0 * phi.omega[0] * by_variance.sum()


@compiled
def _stories_back(
    phi: Phi, data: Data, reports: Reports, slope: Array, d: Phi
) -> Array:  # pragma: no cover
    """The derivative by each story's three sums."""
    tau, square = phi.tau_R[0], phi.tau_k[0] ** 2
    back = np.empty_like(reports.sums)
    for k in range(len(data.story_question)):
        s, (w, r, mu) = slope[data.story_question[k]], reports.sums[k]
        kept = 1.0 / (1.0 + square * w)
        squares = s[RR] * r * r + s[RM] * r * mu + s[MM] * mu * mu
        line = s[RU] * r + s[MU] * mu
        by_kept = tau * line + tau * tau * w * s[UU] - square * squares
        back[k, 0] = kept * (tau * tau * s[UU] + square * s[DET] - kept * square * by_kept)
        back[k, 1] = kept * (tau * s[RU] - square * (2.0 * s[RR] * r + s[RM] * mu))
        back[k, 2] = kept * (tau * s[MU] - square * (s[RM] * r + 2.0 * s[MM] * mu))
        d.tau_R[0] += kept * (line + 2.0 * tau * w * s[UU])
        by_square = kept * (w * s[DET] - squares - kept * w * by_kept)
        d.tau_k[0] += 2.0 * phi.tau_k[0] * by_square
    return back


@compiled
def _reports_back(
    phi: Phi, data: Data, reports: Reports, back: Array, slope: Array, d: Phi
) -> None:  # pragma: no cover
    by_centre = np.empty(len(data.report_weight))
    by_variance = np.zeros_like(phi.log_sigma_source)
    for i in range(len(data.report_weight)):
        q, source, k = data.report_question[i], data.report_source[i], data.report_story[i]
        r, mu, p, s = reports.residual[i], reports.mean[i], reports.precision[i], slope[q]
        by_r = p * (2.0 * s[RR] * r + s[RM] * mu + back[k, 1])
        by_mu = p * (s[RM] * r + 2.0 * s[MM] * mu + back[k, 2])
        by_p = s[RR] * r * r + s[RM] * r * mu + s[MM] * mu * mu
        by_p += back[k, 0] + back[k, 1] * r + back[k, 2] * mu
        level = by_mu * data.report_credibility[i]
        d.mu_grade[data.report_letter[i]] += level
        d.sd_mu[0] += level * phi.z_source[source]
        d.z_source[source] += level * phi.sd_mu[0]
        d.sd_b[0] -= by_r * phi.z_b[source]
        d.z_b[source] -= by_r * phi.sd_b[0]
        d.delta_R[0] -= by_r * data.m[q]
        by_variance[source] += p * (s[DET] - p * by_p)
        by_centre[i] = by_r
    d.log_sigma_source[:] += 2.0 * np.exp(2.0 * phi.log_sigma_source) * by_variance
    for j in range(len(data.judging_report)):
        by_judge = data.judging_share[j] * by_centre[data.judging_report[j]]
        d.b_judge[data.judging_judge[j]] -= by_judge
