"""A belief about a ladder: one distribution, cut into questions each of which implies the next.

The cells lie between the rungs: before June, June to September, after that. Each rung is the
sum of the cells up to it, so that no rung can be likelier than the next. What reports say of
one rung moves all of them: in each cell every rung is yes or no, and a report is as likely as
the yes-or-no model makes it of its rung.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

import numpy as np
from numpy.typing import NDArray

from forecast.belief.dossier import Dossier, known_evidence
from forecast.belief.draws import Fit
from forecast.belief.kinds.answers import SETTLED
from forecast.belief.kinds.cells import Weighed, weigh
from forecast.belief.kinds.cuts import cells_of, chances_at, means_at, rising
from forecast.belief.kinds.observed import likelihood, remarks
from forecast.belief.kinds.signals import evidence_of, signals
from forecast.belief.kinds.trusted import trusted
from forecast.belief.observations import decisive
from forecast.probability import expit, logit
from forecast.records import Evidence

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

LEAST: Final = 1e-9
TINY: Final = 1e-15
"""Below any chance of at least ``LEAST`` that a weight has moved."""


def believe_rungs(
    ladder: Dossier, fit: Fit | None, at: datetime, *, joint: bool = False
) -> Weighed:
    """What is believed of the cells of a ladder: up to its first rung, ..., beyond its last.

    ``joint`` also counts the forecasts of its rungs.
    """
    rungs = ladder.rungs
    at = min([at, *(_known_at(one, at) for one in rungs if one.answer == "yes")])
    possible = _possible(rungs, at)

    def weighed(fit: Fit | None) -> Weighed:
        mean, theta = (cells_of(one) for one in chances_at(ladder, fit, at))
        evidence = _evidence(ladder, fit, at, mean, joint=joint)
        if fit is not None:
            seen = _seen(ladder, fit, min(fit.made_at, at), joint=joint)
            evidence = evidence - seen[:, None]
        evidence = evidence + _settled(rungs, at)
        return weigh(mean, theta, np.where(possible, evidence, -np.inf))

    return trusted(weighed, fit, joint=joint)


def _seen(ladder: Dossier, fit: Fit, at: datetime, *, joint: bool) -> Floats:
    """(draws,) the log likelihood of what a fit had seen of a ladder: its draws know that."""
    mean = cells_of(means_at(ladder, fit, at))
    evidence = _evidence(ladder, fit, at, mean, joint=joint)
    return np.asarray(np.logaddexp.reduce(evidence + np.log(np.maximum(mean, LEAST)), axis=1))


def _evidence(
    ladder: Dossier, fit: Fit | None, at: datetime, mean: Floats, *, joint: bool
) -> Floats:
    """(draws or 1, cells) ln P(reports and forecasts | cell), nats, up to one constant."""
    places = {one.question: place for place, one in enumerate(ladder.rungs)}
    known = [one for rung in ladder.rungs for one in known_evidence(rung, at)]
    chances = np.cumsum(mean.mean(axis=0))[:-1]

    def vector(judged: Sequence[Evidence]) -> Floats:
        return vector_of({places[one.question]: one.weight for one in judged}, chances)

    found = signals(known, vector)
    if fit is None:
        return evidence_of(found, None, mean.shape[1])
    return likelihood(found, remarks(ladder, at) if joint else (), ladder, fit)


def vector_of(weights: dict[int, float], chances: Floats) -> Floats:
    """(cells,) ln P(report | cell), from the weights (nats) that a judge gave to some rungs.

    Each weight is about a rung against what lies beyond it. Bayes' rule moves each of these
    chances by its weight; where the moved ones would fall, neighbours are pooled; between two
    of them nothing was said, so that the cells keep their proportions.

    >>> vector_of({0: np.log(3)}, np.array([0.2, 0.5])).round(3).tolist()
    [0.762, -0.336, -0.336]
    """
    places = sorted(weights)
    before = np.clip(chances[places], LEAST, 1 - LEAST)
    after = np.array(rising(expit(logit(before) + [weights[place] for place in places]).tolist()))
    moved = np.maximum(cells_of(after), TINY) / np.maximum(cells_of(before), TINY)
    group = np.searchsorted(places, np.arange(len(chances) + 1), side="left")
    return np.asarray(np.log(moved))[group]


def _settled(rungs: Sequence[Dossier], at: datetime) -> Floats:
    """(cells,) what decisive reports say, nats."""
    cells = np.arange(len(rungs) + 1)
    found = np.zeros(len(cells))
    for place, rung in enumerate(rungs):
        found += SETTLED * decisive(known_evidence(rung, at)) * (cells <= place)
    return found


def _known_at(rung: Dossier, at: datetime) -> datetime:
    """When its answer was known, or ``at`` if that comes first."""
    return min(at, rung.answered_at or at)


def _possible(rungs: Sequence[Dossier], at: datetime) -> Bools:
    """(cells,) which cells are left, once the answers to some rungs are known.

    All of them where the answers contradict each other.
    """
    possible = np.ones(len(rungs) + 1, dtype=np.bool_)
    cells = np.arange(len(rungs) + 1)
    for place, rung in enumerate(rungs):
        if rung.answered_at is not None and rung.answered_at <= at:
            possible &= {"yes": cells <= place, "no": cells > place}.get(rung.answer, possible)
    return possible if possible.any() else ~possible
