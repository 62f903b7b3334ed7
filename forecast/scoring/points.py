"""Platform points: high is good, and time without a forecast earns nothing.

Points count over the scheduled life of a question, so that an early answer shrinks them,
and stop with the forecast. For numeric, discrete and date questions baseline and peer
points are halved. Source: Metaculus, scores FAQ and scoring code.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from forecast.crowd.paths import crowd_path, edges_of
from forecast.histories.grids import base_rate, bin_of
from forecast.histories.history import History, active_at, active_before, total
from forecast.histories.kernels import LARGE, compiled
from forecast.histories.outcomes import chances_of, grid_of, number_of
from forecast.histories.targets import close_of, spot_of
from forecast.scoring.kernels import gains_over_others
from questions.instants import micros

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


def baseline(history: History) -> Floats:
    """(forecasters,) points against a forecaster without knowledge, over the scheduled life.

    100 ln(p k) / ln k for k options, 100 (log2 p + 1) for P(yes), 50 ln(p / base) for a bin of
    a CDF, each weighing the share of the scheduled life that it was active. 0 is without
    knowledge, 100 certain and right (options), minus infinity ruled out.
    """
    return total(history, baseline_of_each(history) * history.duration) / _life(history)


def spot_baseline(history: History) -> Floats:
    """(forecasters,) baseline points of what stood at the spot time; NaN where nothing did."""
    return _at_spot(history, baseline_of_each(history))


def baseline_of_each(history: History) -> Floats:
    """(n,) baseline points of each forecast, unscaled by time."""
    log_p = _log_chances(history)
    if history.target.type == "binary":
        return 100 * (log_p / math.log(2) + 1)
    if history.target.type == "multiple_choice":
        log_k: Floats = np.log((~np.isnan(history.values)).sum(axis=1))
        return 100 * (log_p + log_k) / log_k
    inside = history.values.shape[1] - 1
    place = bin_of(number_of(history.target), grid_of(history.target), inside)
    return 50 * (log_p - math.log(base_rate(place, grid_of(history.target), inside)))


def peer(history: History) -> Floats:
    """(forecasters,) points against the geometric mean of the active members of the crowd.

    On each stretch of time with n > 1 members active: 100 n / (n - 1) ln(p / g), g their
    geometric mean, weighing its share of the scheduled life. While the crowd is one person
    nobody earns anything. One pass in the order of time: with S the sum of ln p, the integrals
    of n / (n - 1) and S / (n - 1) are kept, and a forecast takes their differences.

    Who ruled out what happened gets minus infinity, the others infinity. Points of members
    who are active all the time sum to zero.
    """
    return 100 * _halving(history) * over_others(history, _log_chances(history)) / _life(history)


def edge(history: History, losses: Floats) -> Floats:
    """(forecasters,) by how much one's losses lay below the other members', over the life.

    While n > 1 members are active: the mean loss of the others minus one's own, weighing its
    share of the scheduled life. High is good; 0 is as good as the others, and whoever is alone
    or silent earns nothing: entering late, when everybody knows, is worth nothing either. With
    the logarithmic score it is one hundredth of the peer points.
    """
    return over_others(history, -losses) / _life(history)


def over_others(history: History, scores: Floats) -> Floats:
    """(forecasters,) the integral of ``n / (n - 1) (score - mean)`` while n > 1 are active.

    ``scores`` are (n,) of each stretch, high is good, minus infinity for what ruled out what
    happened; the mean is over the active members. In microseconds times the unit of scores.
    """
    if len(scores) >= LARGE:
        return _over_others_at_once(history, scores)
    return _gain(history, scores, _peers(history, scores, clock_of(history)))


def _over_others_at_once(history: History, scores: Floats) -> Floats:
    """The same in one pass over events in the order of time."""
    opens, close = micros(history.target.open_time), micros(close_of(history.target))
    order = np.argsort(history.start, kind="stable")
    replaced = np.zeros(len(order), dtype=np.bool_)
    replaced[:-1] = (history.who[1:] == history.who[:-1]) & (history.start[1:] == history.end[:-1])
    leaving = np.flatnonzero(~replaced & (history.end < close))
    crowd = np.zeros(len(history.forecasters), dtype=np.bool_)
    crowd[history.who] = history.in_crowd
    at, row = events(history.start, history.end, order, leaving)
    who = history.who[np.where(row < 0, -1 - row, row)]
    return compiled(gains_over_others)(who, at, row, scores, crowd, opens, close)


def events(start: Ints, end: Ints, order: Ints, leaving: Ints) -> tuple[Ints, Ints]:
    """When something happens, and what: forecast r starts (r), or ends (-1 - r).

    The starts of all in ``order``, which is that of time, and the ends of those ``leaving``;
    at one instant ends come first, but of what ends as it starts.
    """
    leaving = leaving[np.argsort(end[leaving], kind="stable")]
    passing = start[leaving] >= end[leaving]
    before, after = leaving[~passing], leaving[passing]
    at = np.concatenate([end[before], start[order], end[after]])
    merged = np.argsort(at, kind="stable")
    return at[merged], np.concatenate([-1 - before, order, -1 - after])[merged]


def spot_peer(history: History) -> Floats:
    """(forecasters,) peer points of what stood at the spot time, unscaled by time.

    The geometric mean is that of the members active just before it. NaN where nothing of the
    forecaster's stood; 0 where fewer than two members were active.
    """
    spot = micros(spot_of(history.target))
    log_p = _log_chances(history)
    peers = log_p[active_before(history, spot) & history.in_crowd]
    n = len(peers)
    if n < 2:
        return _at_spot(history, np.zeros(len(log_p)))
    ruled_out = np.isneginf(peers).any()
    level = np.inf if ruled_out else -peers.mean()
    points = np.where(np.isneginf(log_p), -np.inf, np.nan_to_num(log_p, neginf=0) + level)
    return _at_spot(history, 100 * _halving(history) * n / (n - 1) * points)


def relative_legacy(history: History) -> Floats:
    """(forecasters,) log2 of p over the crowd's, averaged over the actual life.

    The crowd is the recency-weighted median of the members active (mean of CDFs). 0 is the
    crowd; 1 is twice its probability all the time; time without a forecast counts as the
    crowd. Source: Metaculus, relative log score of 2017.
    """
    log_p = _log_chances(history)
    life = micros(close_of(history.target)) - micros(history.target.open_time)
    return _gain(history, log_p, _crowd(history, clock_of(history))) / (life * math.log(2))


@dataclass(frozen=True, slots=True, eq=False)
class Clock:
    """The instants at which anything on a question starts or ends."""

    edges: Ints
    """(m + 1,) rising, microseconds."""
    first: Ints
    """(n,) the edge at which each stretch starts."""
    last: Ints
    """(n,) the edge at which it ends."""


@dataclass(frozen=True, slots=True, eq=False)
class Level:
    """What a forecast is measured against, constant from edge to edge of a clock.

    A forecast gains ``weight * ln p - level`` a microsecond; where ``ruled_out`` the level
    is minus infinity.
    """

    clock: Clock
    weight: Floats
    level: Floats
    ruled_out: Bools


def clock_of(history: History) -> Clock:
    """The clock of a history."""
    return Clock(*edges_of(history.start, history.end))


def _peers(history: History, log_p: Floats, clock: Clock) -> Level:
    """The other members: weight n / (n - 1), level S / (n - 1), nothing while n < 2."""
    members, finite = history.in_crowd, np.isfinite(log_p)
    n = _standing(clock, members.astype(np.float64)).round()
    zeros = _standing(clock, (members & ~finite).astype(np.float64)).round()
    sums = _standing(clock, np.where(members & finite, log_p, 0))
    shared = n > 1
    others = np.where(shared, n - 1, 1)
    return Level(
        clock=clock,
        weight=np.where(shared, n / others, 0),
        level=np.where(shared, sums / others, 0),
        ruled_out=shared & (zeros > 0),
    )


def _crowd(history: History, clock: Clock) -> Level:
    """The crowd's recency-weighted median: weight 1, level its ln p, nothing while n = 0."""
    path = crowd_path(history, "recency_median")
    log_p = np.full(len(path.n) + 1, np.nan)  # the last stands for before and after the path
    some = np.flatnonzero(path.n)
    log_p[some] = _log(chances_of(history.target, path.values[some]))
    piece = np.searchsorted(path.edges, clock.edges[:-1], side="right") - 1
    heights = log_p[piece]
    known, ruled_out = ~np.isnan(heights), np.isneginf(heights)
    return Level(
        clock=clock,
        weight=known.astype(np.float64),
        level=np.where(known & ~ruled_out, heights, 0),
        ruled_out=ruled_out,
    )


def _standing(clock: Clock, amounts: Floats) -> Floats:
    """(m,) the sum of the (n,) amounts of what stands between edges."""
    count = len(clock.edges)
    steps = np.bincount(clock.first, amounts, count) - np.bincount(clock.last, amounts, count)
    return np.cumsum(steps)[:-1]


def _gain(history: History, log_p: Floats, against: Level) -> Floats:
    """(forecasters,) the integral of ``weight * ln p - level`` over what each was active."""
    weight = _integral(against.clock, against.weight)
    level = _integral(against.clock, against.level)
    ruled_out = _integral(against.clock, against.ruled_out.astype(np.float64))
    zero = np.isneginf(log_p)
    gains = np.where(zero, 0, log_p) * weight - level
    gains[ruled_out > 0] = np.inf
    gains[zero & (weight > 0)] = -np.inf
    return total(history, gains)


def _integral(clock: Clock, heights: Floats) -> Floats:
    """(n,) the integral of (m,) heights between edges over each stretch."""
    risen = np.concatenate([[0.0], np.cumsum(heights * np.diff(clock.edges))])
    area: Floats = risen[clock.last] - risen[clock.first]
    return area


def _at_spot(history: History, amounts: Floats) -> Floats:
    """(forecasters,) the (n,) amounts of what stood at the spot time, else NaN."""
    standing = active_at(history, micros(spot_of(history.target)))
    found = np.full(len(history.forecasters), np.nan)
    found[history.who[standing]] = amounts[standing]
    return found


def _life(history: History) -> int:
    """The scheduled life, microseconds."""
    target = history.target
    return micros(target.scheduled_close_time) - micros(target.open_time)


def _halving(history: History) -> float:
    return 1.0 if history.target.type in ("binary", "multiple_choice") else 0.5


def _log_chances(history: History) -> Floats:
    """(n,) ln of the probability that each forecast gave to what happened."""
    return _log(chances_of(history.target, history.values))


def _log(chances: Floats) -> Floats:
    with np.errstate(divide="ignore"):
        logs: Floats = np.log(chances)
    return logs
