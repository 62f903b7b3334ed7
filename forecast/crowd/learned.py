"""Methods that learn from resolved questions, and what they had learned by an instant.

A lesson knows from when it is; to pool at an earlier instant with it is refused, so that
nothing can look ahead.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
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

    ``past`` are the resolved questions, the oldest answer first.

    Raises:
        ValueError: a method that does not learn.
    """
    found: dict[int, Lesson] = {}
    last, learned_from = Lesson(method, 0), 0
    for instant in sorted(set(instants)):
        here = known_before(past, instant)
        if len(here) > learned_from and _due(method, len(here), learned_from):
            last, learned_from = _learn(here, instant, last), len(here)
        found[instant] = Lesson(method, instant, last.weights, last.others, last.known)
    return found


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


def _due(method: str, answers: int, learned_from: int) -> bool:
    """Whether to learn anew: weights always, parameters once there is enough more."""
    return method != "bayes" or answers >= GROWN * learned_from


def _learn(here: Sequence[Answered], instant: int, last: Lesson) -> Lesson:
    match last.method:
        case "single_aggregation":
            return Lesson(last.method, instant, _reputations(here), FLOOR)
        case "skill_weighted":
            return Lesson(last.method, instant, *_skills(here))
        case "contribution_weighted":
            return Lesson(last.method, instant, _contributions(here), 0.0)
        case "bayes":
            return Lesson(last.method, instant, known=_recalibration(here, last.known))
    raise ValueError(f"{last.method} learns nothing")


def _reputations(here: Sequence[Answered]) -> dict[str, float]:
    """Sum of peer points by 30 and the sum of coverage, at least 1e-6. Source: Metaculus."""
    points: dict[str, float] = defaultdict(float)
    coverage: dict[str, float] = defaultdict(float)
    for one in here:
        earned = np.clip(one.points, -BEYOND, BEYOND)
        for name, gain, share in zip(one.everybody, earned, one.coverage, strict=True):
            points[name] += float(gain)
            coverage[name] += float(share)
    return {name: max(points[name] / (SCALE + coverage[name]), FLOOR) for name in points}


def _skills(here: Sequence[Answered]) -> tuple[dict[str, float], float]:
    """One by the square of the shrunk mean loss, and that of who is not known."""
    lost, times = _sums(here, "losses")
    typical = sum(lost.values()) / max(1, sum(times.values()))
    typical = max(typical, FLOOR)

    def weight(loss: float, count: int) -> float:
        return float(((loss + PSEUDO * typical) / (count + PSEUDO)) ** -SKILL)

    return {name: weight(lost[name], times[name]) for name in lost}, weight(0.0, 0)


def _contributions(here: Sequence[Answered]) -> dict[str, float]:
    """The mean contribution where it is positive, else 0."""
    gained, times = _sums(here, "contributions")
    return {name: max(gained[name] / times[name], 0.0) for name in gained}


def _sums(here: Sequence[Answered], what: str) -> tuple[dict[str, float], dict[str, int]]:
    """Sum and number of what members earned, NaN left out."""
    sums: dict[str, float] = defaultdict(float)
    times: dict[str, int] = defaultdict(int)
    for one in here:
        for name, amount in zip(one.members, getattr(one, what).tolist(), strict=True):
            if amount == amount:
                sums[name] += amount
                times[name] += 1
    return sums, times


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
