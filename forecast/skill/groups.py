"""Bias, information and noise of two groups of forecasters, learned from their forecasts.

The model of :mod:`forecast.skill.makeup`, with forecasters of a group alike and their
signals correlated. Given the answers, what n forecasters of a group said of a question
matters only through its mean and its spread, so that a question is a handful of numbers
however many forecast on it.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from forecast.histories.history import History, last_of_each
from forecast.histories.outcomes import outcomes_of
from forecast.skill.makeup import PARTS, Makeup, contributions, expected_brier
from forecast.skill.sampling import Sampled, sampled
from questions.errors import BadInput

Floats = NDArray[np.float64]

CLIP: Final = 0.001
"""How close to 0 and 1 a probability may come before its place on the normal scale is taken."""
FEWEST: Final = 10
"""Questions without which nothing can be learned."""


@dataclass(frozen=True, slots=True, eq=False)
class Said:
    """What two groups said: (questions, 2) figures of probits, control before treatment."""

    n: Floats
    mean: Floats
    """0 where nobody of the group forecast."""
    squares: Floats
    """Sum of squared distances from the mean."""
    answers: NDArray[np.int64]
    """(questions,) 1 for yes."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A posterior mean with its 95 % interval."""

    mean: float
    ci_low: float
    ci_high: float


@dataclass(frozen=True, slots=True)
class Groups:
    """What sets two groups apart, as far as their forecasts tell."""

    n_questions: int
    parts: Mapping[str, tuple[Estimate, Estimate]]
    """bias, information and noise: of the control and of the treated."""
    brier: tuple[Estimate, Estimate]
    """Expected of one forecaster of each group, in closed form."""
    gain: Estimate
    """By how much the treated group's expected Brier score is lower."""
    contributions: Mapping[str, Estimate]
    """How much of the gain is which part; they sum to it."""
    r_hat_max: float
    ess_bulk_min: float
    divergences: int


def said_by(
    answered: Iterable[History], control: Collection[str], treatment: Collection[str]
) -> Said:
    """The last active forecasts of two groups on resolved yes-or-no questions.

    Raises:
        BadInput: a forecaster in both groups, a group that never forecast, or fewer than ten
            questions.
    """
    if both := sorted(set(control) & set(treatment)):
        raise BadInput("groups", ", ".join(both), "each forecaster to one group")
    rows = [_of_question(one, (control, treatment)) for one in answered]
    rows = [row for row in rows if any(len(some) for some in row[0])]
    counts = np.array([[len(some) for some in said] for said, _ in rows]).reshape(-1, 2)
    if len(rows) < FEWEST or not counts.any(axis=0).all():
        right = f"two groups with forecasts on {FEWEST} resolved questions or more"
        raise BadInput("questions to compare groups on", len(rows), right)
    return Said(
        n=counts.astype(np.float64),
        mean=np.array([[some.mean() if len(some) else 0 for some in said] for said, _ in rows]),
        squares=np.array(
            [
                [np.square(some - some.mean()).sum() if len(some) else 0 for some in said]
                for said, _ in rows
            ]
        ),
        answers=np.array([answer for _, answer in rows], dtype=np.int64),
    )


def _of_question(
    history: History, groups: tuple[Collection[str], Collection[str]]
) -> tuple[list[Floats], int]:
    from scipy.special import ndtri

    probs = history.values[last_of_each(history)]
    probits = ndtri(np.clip(probs, CLIP, 1 - CLIP))
    names = np.array(history.forecasters)
    said = [probits[np.isin(names, list(group))] for group in groups]
    return said, int(outcomes_of(history.target, np.zeros(1))[0])


def compare_groups(said: Said, *, seed: int, draws: int = 1000) -> Groups:
    """Learn what sets the groups apart. The same seed and versions give the same answer."""
    found = sampled(_build(said), seed=seed, draws=draws)
    return _groups(found, len(said.answers))


def _groups(found: Sampled, count: int) -> Groups:
    mu = found.draws["mu"]
    drawn = {part: found.draws[part] for part in PARTS}
    control, treatment = (
        Makeup(**{part: drawn[part][:, group] for part in PARTS}) for group in (0, 1)
    )
    before, after = expected_brier(mu, control), expected_brier(mu, treatment)
    return Groups(
        n_questions=count,
        parts={part: (estimate(drawn[part][:, 0]), estimate(drawn[part][:, 1])) for part in PARTS},
        brier=(estimate(before), estimate(after)),
        gain=estimate(before - after),
        contributions={
            part: estimate(gained) for part, gained in contributions(mu, control, treatment).items()
        },
        r_hat_max=found.r_hat_max,
        ess_bulk_min=found.ess_bulk_min,
        divergences=found.divergences,
    )


def estimate(draws: Floats) -> Estimate:
    """The mean and the central 95 % of draws."""
    low, high = np.quantile(draws, [0.025, 0.975])
    return Estimate(float(draws.mean()), float(low), float(high))


def _build(said: Said) -> Any:
    """The model: priors that say little, and the likelihood of means, spreads and answers.

    ``shared`` is the variance that the signals of a group have in common, between information
    squared (what they must share to know so much) and all of it; ``across`` is the correlation
    between the groups of what they share beyond what happens.
    """
    import pymc as pm

    with pm.Model() as model:
        mu = pm.Normal("mu", 0, 1)
        bias = pm.Normal("bias", 0, 1, shape=2)
        information = pm.Beta("information", 1.2, 1.5, shape=2)
        noise = pm.HalfNormal("noise", 0.7, shape=2)
        sharing = pm.Beta("sharing", 1.2, 1.2, shape=2)
        across = pm.Uniform("across", -1, 1)
        variance = information + noise
        beyond = sharing * (variance - information**2)
        shared = information**2 + beyond
        together = information[0] * information[1] + across * pm.math.sqrt(beyond[0] * beyond[1])
        pm.Potential("spread", _spread(said, information, variance - shared).sum())
        pm.Potential(
            "means_and_answers",
            _means(said, mu, bias, information, variance, shared, together).sum(),
        )
    return model


def _spread(said: Said, information: Any, own: Any) -> Any:
    """The log density of the distances from each group's mean, and of the change of scale."""
    import pymc as pm

    free = np.maximum(said.n - 1, 0)
    scale = 1 - information
    return 0.5 * (
        said.n * pm.math.log(scale) - free * pm.math.log(own) - said.squares * scale / own
    )


def _means(
    said: Said, mu: Any, bias: Any, information: Any, variance: Any, shared: Any, together: Any
) -> Any:
    """The log density of the groups' mean signals, and of the answers given them.

    A group that did not forecast on a question has an infinitely vague mean: its precision
    is 0, and it drops out.
    """
    import pymc as pm

    here = said.n > 0
    n = np.where(here, said.n, 1)
    spread = shared + (variance - shared) / n
    gap = (said.mean * pm.math.sqrt(1 - information) - mu - bias) * here
    off = together * here[:, 0] * here[:, 1]
    first = spread[:, 0] * here[:, 0] + ~here[:, 0]
    second = spread[:, 1] * here[:, 1] + ~here[:, 1]
    known = information * here
    determinant = first * second - off**2
    distance = (
        second * gap[:, 0] ** 2 - 2 * off * gap[:, 0] * gap[:, 1] + first * gap[:, 1] ** 2
    ) / determinant
    # the regression of what happens on both means
    to_first = (second * known[:, 0] - off * known[:, 1]) / determinant
    to_second = (first * known[:, 1] - off * known[:, 0]) / determinant
    expected = mu + to_first * gap[:, 0] + to_second * gap[:, 1]
    left = 1 - to_first * known[:, 0] - to_second * known[:, 1]
    sign = 2 * said.answers - 1
    answers = pm.logcdf(pm.Normal.dist(), sign * expected / pm.math.sqrt(left))
    return answers - 0.5 * (distance + pm.math.log(determinant))
