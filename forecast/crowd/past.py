"""What resolved questions tell of the crowd: the ground of every method that learns.

Questions stand in the order in which they were answered, so that what was known before an
instant is the first few of them, and nothing else can be reached from there.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from forecast.crowd.methods import log_odds
from forecast.crowd.recalibration import Crowds
from forecast.histories.grids import bin_of
from forecast.histories.history import History, active_before, active_time
from forecast.histories.outcomes import grid_of, number_of, outcomes_of, settled
from forecast.histories.targets import Target, close_of
from questions.instants import micros

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Points = Callable[[History], Floats]
"""(forecasters,) points of the forecasters of a history, such as peer points."""

MIRRORED: Final = 0.5
"""What an option's row weighs: of two options each row is the other's mirror."""


@dataclass(frozen=True, slots=True, eq=False)
class Answered:
    """What one resolved question says of those who forecast it."""

    known_at: int
    """When its answer was known, microseconds."""
    members: tuple[str, ...]
    """Who stood in the crowd just before its close."""
    losses: Floats
    """(members,) from 0 to 1: Brier scores; of CDFs the mean squared distance to the step."""
    contributions: Floats
    """(members,) by how much the mean would have lost without each; NaN for one alone."""
    everybody: tuple[str, ...]
    """Who ever forecast it."""
    points: Floats
    """(everybody,) peer points."""
    coverage: Floats
    """(everybody,) active time over the scheduled life."""
    crowds: Crowds
    """Its events, rows numbered by ``members``."""


def answered(histories: Iterable[History], points: Points) -> tuple[Answered, ...]:
    """The resolved questions among many, the oldest answer first."""
    found = (_answered(one, points) for one in histories if settled(one.target))
    return tuple(sorted(found, key=lambda one: one.known_at))


def known_before(past: Sequence[Answered], instant: int) -> Sequence[Answered]:
    """What had been answered before an instant, in microseconds; ``past`` rises in time."""
    return past[: bisect_left(past, instant, key=lambda one: one.known_at)]


def losses_of(target: Target, values: Floats) -> Floats:
    """(n,) the loss of each value, from 0 to 1, low is good.

    Brier scores; of CDFs the mean over their points of the squared distance to what happened.
    """
    places = outcomes_of(target, values)
    if target.type == "binary":
        return np.square(values - places)
    if target.type == "multiple_choice":
        happened = np.arange(values.shape[1]) == places[:, None]
        whole: Floats = np.square(np.nan_to_num(values) - happened).sum(axis=1) / 2
        return whole
    place = bin_of(number_of(target), grid_of(target), values.shape[1] - 1)
    reached = np.arange(values.shape[1]) >= place
    mean: Floats = np.square(values - reached).mean(axis=1)
    return mean


def contributions_of(target: Target, values: Floats) -> Floats:
    """(n,) the loss of the mean without each value less its loss with it; NaN for one alone.

    Source: Budescu and Chen (2015), "Identifying expertise to extract the wisdom of crowds".

    >>> from datetime import UTC, datetime
    >>> from questions.values import YES
    >>> day = datetime(2025, 1, 1, tzinfo=UTC)
    >>> contributions_of(Target("Q1", "binary", day, day, YES), np.array([0.5, 0.9])).round(9)
    array([-0.08,  0.16])
    """
    n = len(values)
    if n < 2:
        return np.full(n, np.nan)
    plain = np.nan_to_num(values)
    whole = plain.mean(axis=0)
    without = (n * whole - plain) / (n - 1)
    return losses_of(target, without) - losses_of(target, whole[None])


def freshness_of(made: Ints) -> Floats:
    """(n,) the root of each rank from the oldest on, less that of the newest; ties share theirs.

    >>> freshness_of(np.array([5, 9, 5, 1])).round(3).tolist()
    [-0.419, 0.0, -0.419, -1.0]
    """
    _, place, times = np.unique(made, return_inverse=True, return_counts=True)
    ranks = np.sqrt(np.cumsum(times) - (times - 1) / 2)
    fresh: Floats = (ranks - ranks.max(initial=0.0))[place]
    return fresh


def crowds_of(target: Target, values: Floats, made: Ints) -> Crowds:
    """What a crowd said of a yes-or-no question, or of each option of another.

    ``values`` are (n, ...), ``made`` (n,) the instants. A question that is answered with a
    number has no events.
    """
    n, fresh = len(values), freshness_of(made)
    if target.type == "binary":
        yes = np.ones(1)
        return _events(values[None], fresh, yes, yes, _truth(target, values, 1))
    if target.type == "multiple_choice" and n:
        offered = np.flatnonzero(~np.isnan(values).all(axis=0))
        truth = _truth(target, values, values.shape[1])[offered]
        half = np.full(len(offered), MIRRORED)
        return _events(values[:, offered].T, fresh, np.zeros(len(offered)), half, truth)
    return _events(np.zeros((0, n)), fresh, np.zeros(0), np.zeros(0), np.zeros(0))


def joined(parts: Sequence[Answered], place: dict[str, int]) -> Crowds:
    """The events of many questions, rows numbered by the places of their members."""
    counts = [len(one.crowds.size) for one in parts]
    first = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
    who = [
        np.array([place[name] for name in one.members], dtype=np.int64)[one.crowds.who]
        for one in parts
    ]
    events = [one.crowds.event + at for one, at in zip(parts, first, strict=False)]

    def whole(name: str) -> Floats:
        return np.concatenate([getattr(one.crowds, name) for one in parts])

    return Crowds(
        event=np.concatenate(events),
        who=np.concatenate(who),
        log_odds=whole("log_odds"),
        freshness=whole("freshness"),
        size=whole("size"),
        biased=whole("biased"),
        outcome=whole("outcome"),
        weight=whole("weight"),
    )


def _answered(history: History, points: Points) -> Answered:
    target = history.target
    close = micros(close_of(target))
    rows = np.flatnonzero(active_before(history, close) & history.in_crowd)
    values = history.values[rows]
    life = micros(target.scheduled_close_time) - micros(target.open_time)
    return Answered(
        known_at=max(close, micros(target.resolved_at) if target.resolved_at else close),
        members=tuple(history.forecasters[who] for who in history.who[rows].tolist()),
        losses=losses_of(target, values),
        contributions=contributions_of(target, values),
        everybody=history.forecasters,
        points=points(history),
        coverage=active_time(history) / life,
        crowds=crowds_of(target, values, history.made[rows]),
    )


def _truth(target: Target, values: Floats, events: int) -> Floats:
    """(events,) 1 where it happened; 0 where it did not, or is not known."""
    if not settled(target) or not len(values):
        return np.zeros(events)
    if target.type == "binary":
        return outcomes_of(target, values[:1]).astype(np.float64)
    together = np.where(np.isnan(values).all(axis=0), np.nan, 0.0)
    happened: Floats = (np.arange(events) == outcomes_of(target, together[None])).astype(np.float64)
    return happened


def _events(
    probs: Floats, fresh: Floats, biased: Floats, weight: Floats, outcome: Floats
) -> Crowds:
    """(events, members) probabilities of yes, NaN where nobody said one, as rows."""
    event, who = np.nonzero(~np.isnan(probs))
    return Crowds(
        event=event.astype(np.int64),
        who=who.astype(np.int64),
        log_odds=log_odds(probs[event, who]),
        freshness=fresh[who],
        size=np.bincount(event, minlength=len(probs)).astype(np.float64),
        biased=biased,
        outcome=outcome,
        weight=weight,
    )
