"""What reports say of several possible outcomes, and how much of it counts.

An outcome lies in one of several cells: an option, a bin of a range, the time between two
deadlines. A report is a vector over the cells, ln P(report | cell) up to a constant, nats.
How much of it counts is what the yes-or-no model gives to its source, grade and story: there
ln P(x | yes) / P(x | no) = sum of a_r x_r, linear in the stated weights x; the same a_r weigh
the vectors, so that two cells give back yes and no.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import tanh

import numpy as np
from numpy.typing import NDArray

from forecast.belief.cold import CAP, DAMPING, GRADE_WEIGHT
from forecast.belief.draws import (
    Fit,
    judge_bias,
    member_information,
    member_variance,
    source_bias,
    source_mean,
    source_variance,
)
from forecast.belief.grades import credibility, letter
from forecast.belief.kinds.covariance import Covariance, solved
from forecast.belief.observations import standing, weighed
from forecast.records import Evidence

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Signal:
    """What one report, with all its copies, says of the cells."""

    report: str
    story: str
    source: str
    letter: str
    credibility: float
    weights: Floats
    """(cells,) ln P(report | cell), nats, up to a constant."""
    judges: tuple[str, ...]
    questions: tuple[str, ...]
    """On which of several questions that share their cells it was judged."""
    plain: bool
    """It was weighed as for yes or no, by one number."""


def signals(
    evidence: Iterable[Evidence], weights_of: Callable[[Sequence[Evidence]], Floats]
) -> list[Signal]:
    """One signal for each report that somebody weighed, in the order of their ids.

    ``weights_of`` makes a vector of what one judge says of a report. Judges are pooled by the
    mean, and who calls a report irrelevant counts as a vector of zeros.
    """
    listed = tuple(evidence)
    return [_signal(*one, weights_of) for one in weighed(listed, _standing(listed))]


def _standing(evidence: Sequence[Evidence]) -> list[Evidence]:
    """What stands on each question, where several questions share their cells."""
    asked = sorted({one.question for one in evidence})
    return [one for name in asked for one in standing(e for e in evidence if e.question == name)]


def _signal(
    report: str,
    about: Evidence,
    judged: Sequence[Evidence],
    weights_of: Callable[[Sequence[Evidence]], Floats],
) -> Signal:
    judges = sorted({one.judge for one in judged})
    said = [weights_of([one for one in judged if one.judge == name]) for name in judges]
    return Signal(
        report=report,
        story=about.story or report,
        source=about.source,
        letter=letter(about.grade),
        credibility=credibility(about.grade),
        weights=np.asarray(np.mean(said, axis=0)),
        judges=tuple(judges),
        questions=tuple(sorted({one.question for one in judged})),
        plain=not any(one.signal for one in judged),
    )


def evidence_of(found: Sequence[Signal], fit: Fit | None, cells: int) -> Floats:
    """(draws, cells) the log likelihood of all reports; one row where there is no fit."""
    if not found:
        return np.zeros((1 if fit is None else fit.size, cells))
    weights = np.stack([one.weights for one in found])
    if fit is None:
        return capped(cold_shares(found) @ weights)[None, :]
    return learned_shares(found, fit) @ weights


def capped(total: Floats) -> Floats:
    """Weights (nats) shrunk so that no cell gains more than the cold-start cap on another.

    >>> capped(np.array([0.0, 100.0])).round(9).tolist()
    [0.0, 3.0]
    """
    widest = float(np.ptp(total))
    return total * (CAP * tanh(widest / CAP) / widest) if widest > 0 else total


def cold_shares(found: Sequence[Signal]) -> Floats:
    """(reports,) how much of each report counts by the cold-start rule."""
    worth = np.array([GRADE_WEIGHT[one.letter] * one.credibility for one in found])
    shares = np.zeros(len(found))
    for rows in by_story(found).values():
        shares[rows] = DAMPING * worth[rows].max() * worth[rows] / worth[rows].sum()
    return shares


def learned_shares(found: Sequence[Signal], fit: Fit, members: Sequence[str] = ()) -> Floats:
    """(draws, reports and members) 2 V^-1 mu: what each counts for by the draws of a fit."""
    shared = covariance_of(found, fit, members)
    return np.asarray(2 * solved(shared, toward(found, fit, members)).T)


def leaning(one: Signal, fit: Fit, odds: float) -> Floats:
    """(draws,) how far a plain report leans toward yes: its source, its judges, the prior, nats.

    ``odds`` are the log odds of the prior as it was stated.
    """
    own = source_bias(fit, one.source) + judge_bias(fit, one.judges)
    return np.asarray(own + fit.draws["delta_R"] * odds)


def toward(found: Sequence[Signal], fit: Fit, members: Sequence[str] = ()) -> Floats:
    """(reports and members, draws) mu: how far each moves toward the truth, nats."""
    mean = [one.credibility * source_mean(fit, one.source, one.letter) for one in found]
    return np.stack([*mean, *(member_information(fit, name) for name in members)])


def covariance_of(found: Sequence[Signal], fit: Fit, members: Sequence[str] = ()) -> Covariance:
    """V of reports and, after them, members."""
    draws, ones = fit.draws, np.ones(fit.size)
    noise = [source_variance(fit, one.source) for one in found]
    noise += [member_variance(fit, name) + draws["omega"] ** 2 for name in members]
    narrative = [draws["tau_R"] * ones] * len(found) + [draws["tau_F"] * ones] * len(members)
    talk = [0.0 * ones] * len(found) + [draws["tau_F2"] * ones] * len(members)
    return Covariance(
        noise=np.stack(noise),
        groups=[(rows, draws["tau_k"]) for rows in by_story(found).values()],
        narrative=np.stack(narrative),
        talk=np.stack(talk),
    )


def by_story(found: Sequence[Signal]) -> dict[str, NDArray[np.int64]]:
    """The places of the reports of each story."""
    names = [one.story for one in found]
    return {
        name: np.flatnonzero([one == name for one in names]).astype(np.int64)
        for name in sorted({*names})
    }
