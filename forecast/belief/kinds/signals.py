"""What reports say of several possible outcomes, and how much of it counts.

An outcome lies in one of several cells: an option, a bin of a range, the time between two
deadlines. A report is a vector over the cells, ln P(report | cell) up to a constant, nats.
How much of it counts is what the yes-or-no model gives to its source, grade and story: there
ln P(x | yes) / P(x | no) = sum of a_r x_r, linear in the stated weights x; the same a_r weigh
the vectors, so that two cells give back yes and no.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import tanh

import numpy as np
from numpy.typing import NDArray

from forecast.belief.cold import CAP, DAMPING, GRADE_WEIGHT
from forecast.belief.draws import (
    Fit,
    member_information,
    member_variance,
    source_mean,
    source_variance,
)
from forecast.belief.grades import credibility, letter
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
    """(draws, reports and members) 2 V^-1 mu: what each counts for by the draws of a fit.

    V has the noise of each on its diagonal and tau_k squared within a story; all share the
    narrative, by tau_R and tau_F, and members their talk, by tau_F2 (Sherman and Morrison once
    a story, Woodbury for the two that are shared).
    """
    draws, ones = fit.draws, np.ones(fit.size)
    mean = [one.credibility * source_mean(fit, one.source, one.letter) for one in found]
    mean += [member_information(fit, name) for name in members]
    noise = [source_variance(fit, one.source) for one in found]
    noise += [member_variance(fit, name) + draws["omega"] ** 2 for name in members]
    narrative = [draws["tau_R"] * ones] * len(found) + [draws["tau_F"] * ones] * len(members)
    talk = [0.0 * ones] * len(found) + [draws["tau_F2"] * ones] * len(members)
    u, v = np.stack(narrative), np.stack(talk)

    def within(vector: Floats) -> Floats:
        return _within(vector, np.stack(noise), by_story(found), draws["tau_k"])

    toward, by_u, by_v = within(np.stack(mean)), within(u), within(v)
    uu, vv, uv = 1 + (u * by_u).sum(axis=0), 1 + (v * by_v).sum(axis=0), (u * by_v).sum(axis=0)
    mu, mv = (u * toward).sum(axis=0), (v * toward).sum(axis=0)
    a, b = np.array([vv * mu - uv * mv, uu * mv - uv * mu]) / (uu * vv - uv**2)
    return np.asarray(2 * (toward - by_u * a - by_v * b).T)


def _within(
    vector: Floats, noise: Floats, stories: Mapping[str, NDArray[np.int64]], tau_story: Floats
) -> Floats:
    """W^-1 v, where W has noise on its diagonal and a term that each story shares."""
    found = vector / noise
    for rows in stories.values():
        precision = 1 / noise[rows]
        shared = tau_story**2 * found[rows].sum(axis=0) / (1 + tau_story**2 * precision.sum(axis=0))
        found[rows] = found[rows] - precision * shared
    return found


def by_story(found: Sequence[Signal]) -> dict[str, NDArray[np.int64]]:
    """The places of the reports of each story."""
    names = [one.story for one in found]
    return {
        name: np.flatnonzero([one == name for one in names]).astype(np.int64)
        for name in sorted({*names})
    }
