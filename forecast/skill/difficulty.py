"""Skill and difficulty at once: people who answered different questions, with shrinkage.

``score_ij = skill_i + difficulty_j + noise``: the two-way effects of
:func:`forecast.scoring.comparison.adjusted`, drawn from common distributions, so that whoever
answered few questions is held near the mean of all, and a lead is not taken for more than it
is. Source: Gelman and Hill (2007), chapter 13 (crossed effects).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from forecast.records import Score
from forecast.scoring.comparison import Cells, cells_of, high_is_good
from forecast.skill.groups import Estimate, estimate
from forecast.skill.sampling import sampled
from questions.errors import BadInput

FEWEST: Final = 2


@dataclass(frozen=True, slots=True)
class Skill:
    """A forecaster's score on a question of average difficulty, as far as can be told."""

    forecaster: str
    score: Estimate
    plain: float
    """The mean score, not adjusted for anything."""
    n_questions: int
    best: float
    """The probability that nobody else is better."""


@dataclass(frozen=True, slots=True)
class Skills:
    """Everybody's skill, best first, and what the differences between scores come from."""

    rule: str
    forecasters: tuple[Skill, ...]
    spread_of_skill: Estimate
    """Standard deviation between forecasters, in the unit of the rule."""
    spread_of_difficulty: Estimate
    spread_of_noise: Estimate
    r_hat_max: float
    ess_bulk_min: float
    divergences: int


def skills(scores: Iterable[Score], *, rule: str, seed: int, draws: int = 1000) -> Skills:
    """Learn skill and difficulty from the finite scores under a rule.

    The same seed and versions give the same answer.

    Raises:
        BadInput: fewer than two forecasters or questions.
    """
    cells = cells_of(scores, rule)
    if min(len(cells.forecasters), len(cells.questions)) < FEWEST:
        right = "scores of two forecasters or more on two questions or more"
        raise BadInput("scores to learn skill from", len(cells.amounts), right)
    middle, unit = float(cells.amounts.mean()), float(cells.amounts.std()) or 1.0
    found = sampled(_build(cells, middle, unit), seed=seed, draws=draws)
    drawn = middle + unit * (found.draws["level"][:, None] + found.draws["skill"])
    sign = -1 if high_is_good(rule) else 1
    leads = np.argmin(sign * drawn, axis=1)
    n = np.bincount(cells.who, minlength=len(cells.forecasters))
    plain = np.bincount(cells.who, cells.amounts) / n
    rows = [
        Skill(
            forecaster=name,
            score=estimate(drawn[:, one]),
            plain=float(plain[one]),
            n_questions=int(n[one]),
            best=float((leads == one).mean()),
        )
        for one, name in enumerate(cells.forecasters)
    ]
    return Skills(
        rule=rule,
        forecasters=tuple(sorted(rows, key=lambda row: sign * row.score.mean)),
        spread_of_skill=estimate(unit * found.draws["between"]),
        spread_of_difficulty=estimate(unit * found.draws["hardness"]),
        spread_of_noise=estimate(unit * found.draws["noise"]),
        r_hat_max=found.r_hat_max,
        ess_bulk_min=found.ess_bulk_min,
        divergences=found.divergences,
    )


def _build(cells: Cells, middle: float, unit: float) -> Any:
    """The model of standardised scores; difficulties, of which there are many, summed out.

    Given skills, the scores on a question share one normal effect: only their sum and their
    sum of squares matter.
    """
    import pymc as pm

    people, count = len(cells.forecasters), len(cells.questions)
    n = np.bincount(cells.asked, minlength=count)
    standard = (cells.amounts - middle) / unit
    with pm.Model() as model:
        level = pm.Normal("level", 0, 1)
        between = pm.HalfNormal("between", 0.5)
        hardness = pm.HalfNormal("hardness", 1)
        noise = pm.HalfNormal("noise", 1)
        skill = pm.Deterministic("skill", between * pm.Normal("skill_", 0, 1, shape=people))
        rest = standard - level - skill[cells.who]
        sums = _sums(rest, cells.asked, count)
        variance = noise**2 + n * hardness**2
        squares = (rest**2).sum() - (sums**2 * hardness**2 / variance).sum()
        logs = ((n - 1) * pm.math.log(noise**2) + pm.math.log(variance)).sum()
        pm.Potential("scores", -0.5 * (squares / noise**2 + logs))
    return model


def _sums(rest: Any, asked: NDArray[np.int64], count: int) -> Any:
    """(count,) the sum of the rest over each question's scores."""
    import pytensor.tensor as pt

    return pt.inc_subtensor(pt.zeros(count)[asked], rest)
