"""Methods that learn from resolved questions, and what they had learned by an instant.

A lesson knows from when it is; to pool at an earlier instant with it is refused, so that
nothing can look ahead.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from forecast.crowd.methods import log_odds_mean, mean, pool_weighted
from forecast.crowd.past import Answered, crowds_of, freshness_of, joined, known_before
from forecast.crowd.recalibration import (
    UNLEARNED,
    Recalibration,
    log_odds_of,
    recalibrated,
    weights_of,
)
from forecast.histories.history import History
from forecast.histories.targets import Target
from forecast.probability import expit
from questions.instants import micros

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Told = tuple[Sequence[str], Sequence[float], Sequence[float]]
"""Of whom a question tells, what each earned, and how much that is out of."""

SKILL: Final = 2.0
"""The power of a forecaster's Brier score that divides the weight."""
PSEUDO: Final = 20.0
"""At how many questions everybody is taken to have scored the mean before any is known."""
SCALE: Final = 30.0
"""What is added to the coverage that peer points are divided by."""
FLOOR: Final = 1e-6
"""The lowest reputation."""
BEYOND: Final = 100 * float(np.log(999))
"""Peer points that no forecast within 0.001 and 0.999 exceeds: infinite ones count so."""
GROWN: Final = 1.05
"""By how much the number of answers grows before the parameters of ``bayes`` are renewed."""


@dataclass(frozen=True, slots=True, eq=False)
class Lesson:
    """What a method had learned before an instant."""

    method: str
    before: int
    """Only answers known before this instant, in microseconds, have been used."""
    weights: Mapping[str, float] = field(default_factory=dict)
    others: float = 1.0
    """The weight of a forecaster of whom nothing is known."""
    known: Recalibration = UNLEARNED


def lessons(past: Sequence[Answered], method: str, instants: Iterable[int]) -> dict[int, Lesson]:
    """What a method had learned before each of many instants, in microseconds.

    ``past`` are the resolved questions, the oldest answer first. Weights are learned anew with
    each answer, the parameters of ``bayes`` once there are enough more.

    Raises:
        ValueError: a method that does not learn.
    """
    rising = sorted(set(instants))
    if method == "bayes":
        return _recalibrations(past, rising)
    if method not in WEIGHED:
        raise ValueError(f"{method} learns nothing")
    return _weights(past, method, rising)


def pooled_by(lesson: Lesson, history: History, rows: Ints, instant: int) -> Floats:
    """One value of the stretches at ``rows``, as of an instant in microseconds.

    Raises:
        ValueError: the lesson knows of answers that came later.
    """
    if lesson.before > instant:
        raise ValueError(f"a lesson of {lesson.before} would look ahead from {instant}")
    target, values = history.target, history.values[rows]
    names = [history.forecasters[who] for who in history.who[rows].tolist()]
    if lesson.method == "bayes":
        return _recalibrated(lesson.known, target, values, history.made[rows], names)
    weights = np.array([lesson.weights.get(name, lesson.others) for name in names])
    if lesson.method == "single_aggregation":
        life = micros(target.scheduled_close_time) - micros(target.open_time)
        weights = (np.exp((history.made[rows] - instant) / life) * weights) ** 3
    if not weights.any():
        weights = np.ones(len(names))
    numeric = target.type not in ("binary", "multiple_choice")
    pool = log_odds_mean if lesson.method == "skill_weighted" and not numeric else mean
    if target.type == "multiple_choice":
        return pool_weighted(pool, values, weights)
    return pool(values, weights)


def _weights(past: Sequence[Answered], method: str, instants: Iterable[int]) -> dict[int, Lesson]:
    """Weights from sums that grow with each answer, so that each is read once."""
    told, weight = WEIGHED[method]
    found: dict[int, Lesson] = {}
    earned: dict[str, float] = defaultdict(float)
    times: dict[str, float] = defaultdict(float)
    last, used = Lesson(method, 0), 0
    for instant in instants:
        here = known_before(past, instant)
        for one in here[used:]:
            for name, amount, count in zip(*told(one), strict=True):
                earned[name] += amount
                times[name] += count
        if len(here) > used:
            sums = (np.array([*one.values(), 0.0]) for one in (earned, times))
            *known, others = weight(*sums).tolist()
            last = Lesson(method, instant, dict(zip(earned, known, strict=True)), others)
            used = len(here)
        found[instant] = replace(last, before=instant)
    return found


def _points(one: Answered) -> Told:
    return one.everybody, np.clip(one.points, -BEYOND, BEYOND).tolist(), one.coverage.tolist()


def _reputation(points: Floats, coverage: Floats) -> Floats:
    """Sum of peer points by 30 and the sum of coverage, at least 1e-6. Source: Metaculus."""
    return np.maximum(points / (SCALE + coverage), FLOOR)


def _losses(one: Answered) -> Told:
    return one.members, one.losses.tolist(), [1] * len(one.members)


def _skill(lost: Floats, times: Floats) -> Floats:
    """One by the square of the mean loss, shrunk toward that of all."""
    typical = max(lost.sum() / max(1, times.sum()), FLOOR)
    weights: Floats = ((lost + PSEUDO * typical) / (times + PSEUDO)) ** -SKILL
    return weights


def _contributions(one: Answered) -> Told:
    """Who stood alone contributed nothing that could be told."""
    shared = ~np.isnan(one.contributions)
    return one.members, np.where(shared, one.contributions, 0).tolist(), shared.tolist()


def _contribution(gained: Floats, times: Floats) -> Floats:
    """The mean contribution where it is positive, else 0."""
    return np.maximum(gained, 0) / np.maximum(times, 1)


WEIGHED: Final = {
    "single_aggregation": (_points, _reputation),
    "skill_weighted": (_losses, _skill),
    "contribution_weighted": (_contributions, _contribution),
}
"""What a question tells of its forecasters, and what weights the sums make: who is not known
has sums of 0."""


def _recalibrations(past: Sequence[Answered], instants: Iterable[int]) -> dict[int, Lesson]:
    found: dict[int, Lesson] = {}
    known, used = UNLEARNED, 0
    for instant in instants:
        here = known_before(past, instant)
        if len(here) > used and len(here) >= GROWN * used:
            known, used = _recalibration(here, known), len(here)
        found[instant] = Lesson("bayes", instant, known=known)
    return found


def _recalibration(here: Sequence[Answered], before: Recalibration) -> Recalibration:
    names = sorted({name for one in here for name in one.members})
    crowds = joined(here, {name: at for at, name in enumerate(names)})
    return recalibrated(crowds, names, before) if len(crowds.who) else before


def _recalibrated(
    known: Recalibration, target: Target, values: Floats, made: Ints, names: Sequence[str]
) -> Floats:
    """Yes or no, and options, by their log-odds; CDFs by their weights alone."""
    if target.type not in ("binary", "multiple_choice"):
        return mean(values, weights_of(known, names, freshness_of(made)))
    probs = expit(log_odds_of(known, crowds_of(target, values, made), names))
    if target.type == "binary":
        return np.asarray(probs[0])
    shares = np.full(values.shape[1], np.nan)
    shares[~np.isnan(values).all(axis=0)] = probs
    return np.asarray(shares / np.nansum(shares))
