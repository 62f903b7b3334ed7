"""A belief about a question that hangs on another: a table of two by two.

P(B) = P(B | A) P(A) + P(B | not A) P(not A), draw by draw. What reports say of A moves A, and
B with it; what they say of B moves B alone, and A only in the table. The chances of B are taken
as they were stated: passing time and what was learned of reference classes move A alone.
"""

from dataclasses import dataclass
from datetime import datetime
from functools import partial

import numpy as np
from numpy.typing import NDArray

from forecast.belief.dataset import CLIP
from forecast.belief.dossier import Dossier, case_of
from forecast.belief.draws import Fit
from forecast.belief.kinds.answers import answer_or_evidence, evidence_of_yes, prior_of_yes
from forecast.belief.kinds.cells import Weighed, weigh
from forecast.belief.kinds.chance import generator
from forecast.belief.kinds.trusted import trusted
from forecast.belief.prior import prior_draws
from forecast.probability import logit

Floats = NDArray[np.float64]

BOTH, ONLY_FIRST, ONLY_SECOND, NEITHER = range(4)
"""A and B; A alone; B alone; neither."""


@dataclass(frozen=True, slots=True)
class Conditional:
    """How likely B is if A is yes, and if A is no."""

    if_yes: float
    if_no: float


def table(first: Floats, given: Conditional) -> Floats:
    """(..., 4) the joint probabilities of A and B, from P(A).

    >>> table(np.array(0.5), Conditional(0.8, 0.2)).round(9).tolist()
    [0.4, 0.1, 0.1, 0.4]
    """
    return np.stack(
        [
            first * given.if_yes,
            first * (1 - given.if_yes),
            (1 - first) * given.if_no,
            (1 - first) * (1 - given.if_no),
        ],
        axis=-1,
    )


def weigh_pair(dossier: Dossier, fit: Fit | None, at: datetime, *, joint: bool = False) -> Weighed:
    """The table of a question that hangs on another, and of that other.

    ``joint`` also counts the forecasts of both.

    Raises:
        ValueError: it hangs on none.
    """
    if dossier.given is None:
        raise ValueError(f"{dossier.question} hangs on no other question")
    other, if_yes, if_no = dossier.given
    given = Conditional(if_yes, if_no)

    def weighed(fit: Fit | None) -> Weighed:
        first = prior_of_yes(case_of(other, at, with_forecasts=False), fit)
        rng = generator(fit.seed if fit else 0, other.question)
        theta = prior_draws(other.basis, first, rng)
        on_first = answer_or_evidence(other, fit, at, joint=joint)
        known = partial(_known, other, given, fit)
        on_second = evidence_of_yes(dossier, fit, at, joint=joint, known=known)
        evidence = on_first[:, [0, 0, 1, 1]] + on_second[:, [0, 1, 0, 1]]
        return weigh(table(first, given), table(theta, given), evidence)

    return trusted(weighed, fit, joint=joint)


def _known(other: Dossier, given: Conditional, fit: Fit | None, at: datetime) -> Floats:
    """(draws,) the log odds of B before any report, as they stood at an instant."""
    case = case_of(other, at, with_forecasts=False)
    first = prior_of_yes(case, fit)
    if case.answer:
        first = np.full_like(first, case.answer > 0)
    chance = table(first, given)[:, [BOTH, ONLY_SECOND]].sum(axis=1)
    return logit(np.clip(chance, CLIP, 1 - CLIP))


def second(found: Weighed) -> float:
    """P(B) of a table."""
    return float(found.mean[[BOTH, ONLY_SECOND]].sum())
