"""A belief about a ladder: one distribution, cut into questions each of which implies the next.

The cells lie between the rungs: before June, June to September, after that. Each rung is the
sum of the cells up to it, so that no rung can be likelier than the next. What reports say of
one rung moves all of them.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

import numpy as np
from numpy.typing import NDArray

from forecast.belief.decay import decayed
from forecast.belief.dossier import Dossier, elapsed, known_evidence, until
from forecast.belief.draws import Fit
from forecast.belief.kinds.cells import Weighed, weigh
from forecast.belief.kinds.chance import generator
from forecast.belief.kinds.signals import evidence_of, signals
from forecast.belief.observations import decisive
from forecast.belief.prior import prior_draws, prior_mean
from forecast.probability import expit, logit
from forecast.records import Evidence
from questions.instants import EPOCH, days_between

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

DRAWS: Final = 2000
SETTLED: Final = np.log(1000.0)
"""What a decisive report is worth, nats."""
LEAST: Final = 1e-9


def believe_rungs(ladder: Dossier, fit: Fit | None, at: datetime) -> Weighed:
    """What is believed of the cells of a ladder: up to its first rung, ..., beyond its last."""
    rungs = ladder.rungs
    at = min([at, *(_known_at(one, at) for one in rungs if one.answer == "yes")])
    openings = opening_chances(rungs, ladder.rung_marks, by_deadline=ladder.by_deadline)
    draws = DRAWS if fit is None else fit.size
    recalibrated = np.tile(openings, (draws, 1))
    if fit is not None:
        slope = np.maximum(fit.draws["c1"], LEAST)[:, None]
        recalibrated = expit(fit.draws["c0"][:, None] + slope * logit(openings))
    theta = _shifted(ladder, recalibrated, fit)
    now = [_later(one, ladder, at) for one in (recalibrated, theta)]
    mean, spread = (cells_of(one) for one in now)
    evidence = _evidence(ladder, fit, at, mean.mean(axis=0))
    possible = _possible(rungs, at)
    evidence = np.where(possible, evidence, -np.inf) if possible.any() else evidence
    return weigh(mean, spread, evidence)


def opening_chances(
    rungs: Sequence[Dossier], marks: Sequence[float], *, by_deadline: bool
) -> Floats:
    """(rungs,) P(yes) of each rung at the opening, never falling.

    Those with a stated prior keep it, up to what rises (pool adjacent violators). Between them
    deadlines go by an even hazard, and numbers by even steps; where nothing is stated, the last
    deadline has the general prior, and the numbers cut even shares.
    """
    known = {place: _mean(one) for place, one in enumerate(rungs) if one.stated}
    if by_deadline:
        start = days_between(EPOCH, rungs[0].open_time)
        days = np.maximum(np.array(marks) - start, LEAST)
        known = known or {len(rungs) - 1: _mean(rungs[-1])}
        held = rising([-float(np.log1p(-chance)) for chance in known.values()])
        at = [0.0, *(float(days[place]) for place in known)]
        hazards = np.interp(days, at, [0.0, *held])
        hazards += np.maximum(days - at[-1], 0.0) * held[-1] / at[-1]
        return np.asarray(-np.expm1(-hazards))
    places = [-1.0, *map(float, known), float(len(rungs))]
    return np.interp(np.arange(len(rungs)), places, [0.0, *rising([*known.values()]), 1.0])


def _mean(rung: Dossier) -> float:
    return prior_mean(rung.basis, days_between(rung.open_time, rung.scheduled_close_time))


def rising(values: Sequence[float]) -> list[float]:
    """The nearest values that never fall: neighbours that do are pooled (least squares).

    >>> rising([0.1, 0.5, 0.3, 0.6])
    [0.1, 0.4, 0.4, 0.6]
    """
    blocks: list[tuple[float, int]] = []
    for value in values:
        total, count = value, 1
        while blocks and blocks[-1][0] / blocks[-1][1] > total / count:
            before, many = blocks.pop()
            total, count = total + before, count + many
        blocks.append((total, count))
    return [total / count for total, count in blocks for _ in range(count)]


def cells_of(chances: Floats) -> Floats:
    """(..., rungs + 1) the probability of each cell, of (..., rungs) chances that never fall.

    >>> cells_of(np.array([0.2, 0.5])).round(9).tolist()
    [0.2, 0.3, 0.5]
    """
    return np.diff(chances, axis=-1, prepend=0.0, append=1.0)


def _shifted(ladder: Dossier, chances: Floats, fit: Fit | None) -> Floats:
    """(draws, rungs) draws of the prior: the last rung's, the others moved with it.

    Deadlines share one frailty, a factor on the hazard; numbers a shift of their log odds.
    """
    last = ladder.rungs[-1]
    rng = generator(fit.seed if fit else 0, last.question)
    drawn = np.clip(prior_draws(last.basis, chances[:, -1], rng), LEAST, 1 - LEAST)[:, None]
    held = np.clip(chances, LEAST, 1 - LEAST)
    if ladder.by_deadline:
        frailty = np.log1p(-drawn) / np.log1p(-held[:, -1:])
        return np.asarray(-np.expm1(np.log1p(-held) * frailty))
    return expit(logit(held) + logit(drawn) - logit(held[:, -1:]))


def _later(chances: Floats, ladder: Dossier, at: datetime) -> Floats:
    """The chances of the rungs at an instant, while nothing has happened."""
    rung = ladder.rungs[-1]
    if rung.scheduled:
        return chances
    if not ladder.by_deadline:
        odds = logit(np.clip(chances, LEAST, 1 - LEAST))
        return expit(decayed(odds, elapsed(rung, until(rung, at))))
    hazards = -np.log1p(-np.clip(chances, 0.0, 1 - LEAST))
    start = days_between(EPOCH, rung.open_time)
    marks = np.array([start, *ladder.rung_marks])
    now = min(max(days_between(EPOCH, at), start), float(marks[-1]))
    knots = np.concatenate([np.zeros((len(hazards), 1)), hazards], axis=1)
    part = int(np.clip(np.searchsorted(marks, now, side="right") - 1, 0, len(marks) - 2))
    share = (now - marks[part]) / max(marks[part + 1] - marks[part], LEAST)
    gone = knots[:, part] + share * (knots[:, part + 1] - knots[:, part])
    return np.asarray(-np.expm1(-np.maximum(hazards - gone[:, None], 0.0)))


def _evidence(ladder: Dossier, fit: Fit | None, at: datetime, cells: Floats) -> Floats:
    """(draws or 1, cells) the log likelihood of all that was said of the rungs by ``at``."""
    places = {one.question: place for place, one in enumerate(ladder.rungs)}
    known = [one for rung in ladder.rungs for one in known_evidence(rung, at)]
    chances = np.cumsum(cells)[:-1]

    def vector(judged: Sequence[Evidence]) -> Floats:
        return vector_of({places[one.question]: one.weight for one in judged}, chances)

    found = evidence_of(signals(known, vector), fit, len(cells))
    for place, rung in enumerate(ladder.rungs):
        sign = decisive(known_evidence(rung, at))
        found = found + SETTLED * sign * (np.arange(len(cells)) <= place)
    return found


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
    moved = np.maximum(cells_of(after), LEAST) / np.maximum(cells_of(before), LEAST)
    group = np.searchsorted(places, np.arange(len(chances) + 1), side="left")
    return np.asarray(np.log(moved))[group]


def _known_at(rung: Dossier, at: datetime) -> datetime:
    """When its answer was known, or ``at`` if that comes first."""
    return min(at, rung.answered_at or at)


def _possible(rungs: Sequence[Dossier], at: datetime) -> Bools:
    """(cells,) which cells are left, once the answers to some rungs are known."""
    possible = np.ones(len(rungs) + 1, dtype=np.bool_)
    cells = np.arange(len(rungs) + 1)
    for place, rung in enumerate(rungs):
        if rung.answered_at is not None and rung.answered_at <= at:
            possible &= {"yes": cells <= place, "no": cells > place}.get(rung.answer, possible)
    return possible
