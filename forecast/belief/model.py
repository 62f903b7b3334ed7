"""The binary model in PyMC: shared parameters sampled, everything else integrated out.

The mathematics is that of :mod:`forecast.belief.collapsed`, written once more for PyTensor so
that it has a gradient; a test holds the two equal. Deviations of sources and members are
non-centred, because most are seen a few times only.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from forecast.belief.dataset import Dataset
from forecast.belief.draws import (
    MEMBER_BIAS,
    MEMBER_NOISE,
    SD_JUDGE_BIAS,
    SD_SOURCE_BIAS,
    SOURCE_NOISE,
)

if TYPE_CHECKING:
    import pymc as pm

GRADE_MEANS = (0.60, 0.45, 0.30, 0.15, 0.05, 0.25)


@dataclass(frozen=True, slots=True)
class Built:
    """A model with the expression of each question's log odds given phi."""

    model: "pm.Model"
    log_odds: Any


def build(data: Dataset) -> Built:
    """The model of a dataset; nothing is sampled yet."""
    import pymc as pm

    coords = {
        "question": data.questions,
        "source": data.sources,
        "judge": data.judges,
        "member": data.members,
        "letter": tuple("ABCDEF"),
    }
    with pm.Model(coords={name: value for name, value in coords.items() if value}) as model:
        phi = {**_shared(), **_sources(data), **_members(data)}
        at_opening = phi["c0"] + phi["c1"] * data.m
        now = _decayed(at_opening, data.elapsed, phi["kappa"])
        gram = _gram(data, phi, at_opening)
        yes, no = _log_likelihood(gram, 1.0), _log_likelihood(gram, -1.0)
        pm.Potential("likelihood", _total(data, at_opening, phi["kappa"], yes, no))
    return Built(model, now + yes - no)


def _shared() -> dict[str, Any]:
    import pymc as pm

    return {
        "c0": pm.Normal("c0", 0.0, 0.3),
        "c1": pm.Normal("c1", 1.0, 0.3),
        "kappa": pm.LogNormal("kappa", 0.0, 0.3),
        "delta_R": pm.Normal("delta_R", 0.0, 0.2),
        "tau_R": pm.HalfNormal("tau_R", 0.5),
        "tau_k": pm.HalfNormal("tau_k", 0.7),
        "sd_mu": pm.HalfNormal("sd_mu", 0.2),
        "mu_grade": pm.Normal("mu_grade", np.array(GRADE_MEANS), 0.15, dims="letter"),
        "delta": pm.Normal("delta", 0.7, 0.3),
        "omega": pm.HalfNormal("omega", 0.7),
        "tau_F": pm.HalfNormal("tau_F", 0.5),
        "tau_F2": pm.HalfNormal("tau_F2", 0.5),
        "g0": pm.Normal("g0", 0.5, 0.25),
        "s_g": pm.HalfNormal("s_g", 0.25),
    }


def _named(name: str, dim: str, present: bool, mean: float = 0.0, sd: float = 1.0) -> Any:
    """One parameter for each name of a dimension: mean + sd z; nothing where nobody is."""
    import pymc as pm

    if not present:
        return np.zeros(0)
    return pm.Normal(name, mean, sd, dims=dim)


def _sources(data: Dataset) -> dict[str, Any]:
    present = bool(data.sources)
    return {
        "z_source": _named("z_source", "source", present),
        "b_source": _named("b_source", "source", present, 0.0, SD_SOURCE_BIAS),
        "log_sigma_source": _named("log_sigma_source", "source", present, *SOURCE_NOISE),
        "b_judge": _named("b_judge", "judge", bool(data.judges), 0.0, SD_JUDGE_BIAS),
    }


def _members(data: Dataset) -> dict[str, Any]:
    present = bool(data.members)
    return {
        "bias": _named("bias", "member", present, 0.0, MEMBER_BIAS),
        "z_gamma": _named("z_gamma", "member", present),
        "log_sigma_member": _named("log_sigma_member", "member", present, *MEMBER_NOISE),
    }


def _decayed(log_odds: Any, elapsed: Any, kappa: Any) -> Any:
    import pytensor.tensor as pt

    left = 1.0 - _gone(elapsed, kappa)
    return pt.log(pt.expm1(pt.softplus(log_odds) * left))


def _gone(elapsed: Any, kappa: Any) -> Any:
    """elapsed^kappa, with a gradient at zero too."""
    import pytensor.tensor as pt

    started = elapsed > 0
    return started * pt.power(np.where(started, elapsed, 1.0), kappa)


def _total(data: Dataset, at_opening: Any, kappa: Any, yes: Any, no: Any) -> Any:
    """The log likelihood of all cases: early yes at its time, no at the close, open as open."""
    import pytensor.tensor as pt

    hazard = pt.softplus(at_opening)
    gone = _gone(data.elapsed, kappa)
    timed = np.flatnonzero((data.answer > 0) & (data.decays > 0) & (data.elapsed > 0))
    density = pt.log(hazard[timed] * kappa) + (kappa - 1.0) * np.log(data.elapsed[timed])
    untimed = np.flatnonzero((data.answer > 0) & ~((data.decays > 0) & (data.elapsed > 0)))
    failed, still = np.flatnonzero(data.answer < 0), np.flatnonzero(data.answer == 0)
    later = pt.log(-pt.expm1(-hazard * (1.0 - gone)))
    open_yes = -hazard * gone + later + yes
    return (
        pt.sum(density - hazard[timed] * gone[timed] + yes[timed])
        + pt.sum(pt.log(-pt.expm1(-hazard[untimed])) + yes[untimed])
        + pt.sum(-hazard[failed] + no[failed])
        + pt.sum(pt.logaddexp(open_yes[still], -hazard[still] + no[still]))
    )


def _sum_by(values: Any, index: Any, size: int) -> Any:
    import pytensor.tensor as pt

    return pt.zeros(size)[index].inc(values)


def _gram(data: Dataset, phi: dict[str, Any], at_opening: Any) -> dict[str, Any]:
    """The ten inner products and the log determinant, one entry a question."""
    parts = [_report_gram(data, phi), _forecast_gram(data, phi, at_opening)]
    return {name: sum(part.get(name, 0.0) for part in parts) for name in parts[1]}


def _report_gram(data: Dataset, phi: dict[str, Any]) -> dict[str, Any]:
    import pytensor.tensor as pt

    if not data.sources:
        return {}
    source, size = data.report_source, len(data.questions)
    mean = data.report_credibility * (
        phi["mu_grade"][data.report_letter] + phi["sd_mu"] * phi["z_source"][source]
    )
    centre = (
        phi["b_source"][source]
        + pt.dot(data.report_judges, phi["b_judge"])
        + phi["delta_R"] * data.m[data.report_question]
    )
    residual = data.report_weight - centre
    log_sigma = phi["log_sigma_source"][source]
    precision = pt.exp(-2.0 * log_sigma)
    question, tau = data.report_question, phi["tau_R"]
    weight, left, signed = (
        _sum_by(value * precision, data.report_story, len(data.story_question))
        for value in (pt.ones_like(residual), residual, mean)
    )
    kept = 1.0 / (1.0 + phi["tau_k"] ** 2 * weight)
    shrink = kept * phi["tau_k"] ** 2
    by_report = {
        "rr": residual**2 * precision,
        "rm": residual * mean * precision,
        "mm": mean**2 * precision,
        "det": 2.0 * log_sigma,
    }
    by_story = {
        "rr": -shrink * left**2,
        "rm": -shrink * left * signed,
        "mm": -shrink * signed**2,
        "ru": kept * tau * left,
        "mu": kept * tau * signed,
        "uu": kept * tau**2 * weight,
        "det": -pt.log(kept),
    }
    total = {name: _sum_by(value, data.story_question, size) for name, value in by_story.items()}
    for name, value in by_report.items():
        total[name] = total[name] + _sum_by(value, question, size)
    return total


def _forecast_gram(data: Dataset, phi: dict[str, Any], at_opening: Any) -> dict[str, Any]:
    import pytensor.tensor as pt

    size = len(data.questions)
    names = ("rr", "rm", "mm", "ru", "mu", "uu", "rv", "mv", "uv", "vv", "det")
    if not data.members:
        return dict.fromkeys(names, pt.zeros(size))
    member, question = data.forecast_member, data.forecast_question
    then = _decayed(at_opening[question], data.forecast_elapsed, phi["kappa"])
    vectors = {
        "r": data.forecast_logit - phi["bias"][member] - phi["delta"] * then,
        "m": phi["g0"] + phi["s_g"] * phi["z_gamma"][member],
        "u": phi["tau_F"],
        "v": phi["tau_F2"],
    }
    variance = pt.exp(2.0 * phi["log_sigma_member"][member]) + phi["omega"] ** 2
    total = {
        name: _sum_by(vectors[name[0]] * vectors[name[1]] / variance, question, size)
        for name in names[:-1]
    }
    return {**total, "det": _sum_by(pt.log(variance), question, size)}


def _log_likelihood(gram: dict[str, Any], sign: float) -> Any:
    import pytensor.tensor as pt

    det = (1.0 + gram["uu"]) * (1.0 + gram["vv"]) - gram["uv"] ** 2

    def product(first: str, second: str) -> Any:
        (lu, lv), (ru, rv) = ((gram[f"{one}u"], gram[f"{one}v"]) for one in (first, second))
        taken = (
            (1.0 + gram["vv"]) * lu * ru
            - gram["uv"] * (lu * rv + lv * ru)
            + (1.0 + gram["uu"]) * lv * rv
        )
        return gram[first + second] - taken / det

    squared = product("r", "r") - 2.0 * sign * product("r", "m") + product("m", "m")
    return -0.5 * (squared + gram["det"] + pt.log(det))
