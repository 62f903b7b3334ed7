"""The crowd recalibrated and pooled: what each forecaster's log-odds have been worth.

Each forecaster has a bias, a slope and a precision around the crowd's; the crowd has a slope
and shares some of its information, and what was said long ago may be worth less. With ``l``
the log-odds that the n members of a crowd give, k the rank of each from the oldest on, w
weights as shares of 1, and everything learned from resolved questions::

    log-odds of yes = exp(slope + sharing ln n) * sum of w_i (bias + bias_i + (1 + slope_i) l_i)
    ln w_i = precision_i + recency (sqrt k_i - sqrt n), less what makes their sum 1

    slope ~ N(0, .3)   sharing ~ N(0, .25)   bias ~ N(0, .3)   recency ~ N(0, .5)
    bias_i ~ N(0, s_1)   slope_i ~ N(0, s_2)   precision_i ~ N(0, s_3)
    each s^2 about .2^2, as though ten forecasters had been seen already

Sharing is 0 where all know the same and 1 where each knows something else: extremising, or
its opposite, comes of the fit and never of an exponent that was set. At the centre of the
priors the pool is the log-odds mean. Source: Turner, Steyvers, Merkle, Budescu and Wallsten
(2014), "Forecast aggregation via recalibration", whose hierarchical model this extends.

The mode is found by L-BFGS and the spreads by expectation and maximisation, with the
curvature at the mode for variances (Laplace): deterministic and fast enough to be repeated as
each answer comes in. :mod:`forecast.belief.recalibrated` samples the same model.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from forecast.probability import expit

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

SHARED: Final = 4
"""Parameters of the whole crowd: slope, sharing, bias, recency."""
OWN: Final = 3
"""Parameters of each forecaster: bias, slope, logarithm of the precision."""
PRIOR: Final = (0.3, 0.25, 0.3, 0.5)
"""Standard deviations of slope, sharing, bias and recency."""
SPREAD: Final = 0.2
"""What the spread of forecasters is taken to be before any is known."""
WORTH: Final = 10.0
"""How many forecasters that is worth."""
ROUNDS: Final = 2
"""How often the spreads are estimated anew."""
SEARCH: Final = {"maxiter": 500, "ftol": 1e-8, "gtol": 1e-4}


@dataclass(frozen=True, slots=True, eq=False)
class Crowds:
    """What crowds said of events; one row a forecaster and event, one entry an event."""

    event: Ints
    """(rows,) index of the event, rising."""
    who: Ints
    """(rows,) index of the forecaster."""
    log_odds: Floats
    """(rows,) of yes, nats, finite."""
    freshness: Floats
    """(rows,) the root of its rank from the oldest on, less that of the newest; ties alike."""
    size: Floats
    """(events,) how many spoke of each."""
    biased: Floats
    """(events,) 1 where yes can be favoured, 0 for an option among others."""
    outcome: Floats
    """(events,) 1 or 0; empty where nobody asks."""
    weight: Floats
    """(events,) how much of an observation each is worth."""


@dataclass(frozen=True, slots=True, eq=False)
class Recalibration:
    """What is known of a crowd and its members: one vector of parameters, or many draws."""

    forecasters: tuple[str, ...]
    draws: Floats
    """(draws, 4 + 3 forecasters): slope, sharing, bias and recency of the crowd, then the biases,
    the slopes and the logarithms of the precision of the forecasters, all about 0."""


UNLEARNED: Final = Recalibration((), np.zeros((1, SHARED)))
"""Nothing is resolved: the log-odds mean."""


@dataclass(frozen=True, slots=True, eq=False)
class Pooling:
    """How events come to their log-odds: what gradient and curvature are made of."""

    total: Floats
    """(events,) log-odds."""
    power: Floats
    """(events,) what the weighted mean is multiplied by."""
    mean: Floats
    """(events,) weighted mean of what the members say, recalibrated."""
    share: Floats
    """(rows,) weight of each row, as a share of its event's."""
    said: Floats
    """(rows,) recalibrated log-odds."""


def recalibrated(
    crowds: Crowds, names: Sequence[str], before: Recalibration = UNLEARNED
) -> Recalibration:
    """The most likely parameters of a crowd, given resolved events.

    ``names`` are the forecasters of ``crowds``. ``before`` is an earlier result to start from.
    """
    seen, who = np.unique(crowds.who, return_inverse=True)
    present = tuple(names[at] for at in seen.tolist())
    start = _columns(before, present)[0]
    mode = mode_of(replace(crowds, who=who.astype(np.int64)), len(present), start)
    return Recalibration(present, mode[None])


def log_odds_of(known: Recalibration, crowds: Crowds, names: Sequence[str]) -> Floats:
    """(events,) pooled log-odds: the median over the draws.

    ``names`` are the forecasters of ``crowds``; those whom nobody knows are as the crowd is.
    """
    vectors = _columns(known, names)
    found: Floats = np.median([pooling(one, crowds).total for one in vectors], axis=0)
    return found


def weights_of(known: Recalibration, names: Sequence[str], freshness: Floats) -> Floats:
    """(names,) what each forecaster weighs, 1 for the newest of one who is as the crowd is."""
    vectors = _columns(known, names)
    logs = [_parts(one)[2] + one[3] * freshness for one in vectors]
    found: Floats = np.exp(np.median(logs, axis=0))
    return found


def pooling(vector: Floats, crowds: Crowds) -> Pooling:
    """How the events come to their log-odds under one vector of parameters."""
    (slope, sharing, bias, recency), own = vector[:SHARED], _parts(vector)
    count = len(crowds.size)
    precision = np.exp(own[2][crowds.who] + recency * crowds.freshness)
    share = precision / np.bincount(crowds.event, precision, count)[crowds.event]
    leaning = crowds.biased[crowds.event] * (bias + own[0][crowds.who])
    said = leaning + (1 + own[1])[crowds.who] * crowds.log_odds
    mean = np.bincount(crowds.event, share * said, count)
    power = np.exp(slope + sharing * np.log(crowds.size))
    return Pooling(power * mean, power, mean, share, said)


def mode_of(crowds: Crowds, forecasters: int, start: Floats) -> Floats:
    """(4 + 3 forecasters,) the parameters that resolved events and priors make most likely.

    ``start`` is where the search begins; a near one makes it shorter, not different.
    """
    from scipy.optimize import minimize

    vector = start
    spreads = np.full(OWN, SPREAD)
    for _ in range(ROUNDS):
        scale = np.concatenate([PRIOR, np.repeat(spreads, forecasters)])
        found = minimize(
            _loss, vector, args=(crowds, scale), jac=True, method="L-BFGS-B", options=SEARCH
        )
        vector = found.x
        spreads = _spreads(vector, crowds, scale)
    return vector


def _columns(known: Recalibration, names: Sequence[str]) -> Floats:
    """(draws, 4 + 3 names) the parameters of those names, 0 of whom nobody knows."""
    place = {name: at for at, name in enumerate(known.forecasters)}
    columns = np.array([place.get(name, -1) for name in names], dtype=np.int64)
    count = len(known.draws)
    own = known.draws[:, SHARED:].reshape(count, OWN, len(place))
    own = np.concatenate([own, np.zeros((count, OWN, 1))], axis=2)[:, :, columns]
    return np.concatenate([known.draws[:, :SHARED], own.reshape(count, OWN * len(names))], axis=1)


def _loss(vector: Floats, crowds: Crowds, scale: Floats) -> tuple[float, Floats]:
    """The negative logarithm of the posterior density, and its gradient."""
    how = pooling(vector, crowds)
    surprise = crowds.weight * (np.logaddexp(0, how.total) - crowds.outcome * how.total)
    loss = float(surprise.sum() + 0.5 * np.square(vector / scale).sum())
    pull = crowds.weight * (expit(how.total) - crowds.outcome)
    gradient = vector / scale**2
    gradient[0] += pull @ how.total
    gradient[1] += pull @ (how.total * np.log(crowds.size))
    gradient[2] += pull @ (how.power * crowds.biased)
    effects = _effects(how, crowds)
    gradient[3] += pull[crowds.event] @ (effects[2] * crowds.freshness)
    for own, effect in zip(_parts(gradient), effects, strict=True):
        own += np.bincount(crowds.who, pull[crowds.event] * effect, len(own))
    return loss, gradient


def _effects(how: Pooling, crowds: Crowds) -> tuple[Floats, Floats, Floats]:
    """(rows,) what each row's own bias, slope and log precision do to its event's log-odds."""
    reach = how.power[crowds.event] * how.share
    apart = how.said - how.mean[crowds.event]
    return reach * crowds.biased[crowds.event], reach * crowds.log_odds, reach * apart


def _parts(vector: Floats) -> Floats:
    """(3, forecasters) a view of the forecasters' own biases, slopes and log precisions."""
    return vector[SHARED:].reshape(OWN, -1)


def _spreads(vector: Floats, crowds: Crowds, scale: Floats) -> Floats:
    """(3,) the spread of forecasters, given where they are and how well that is known."""
    how = pooling(vector, crowds)
    chance = expit(how.total)
    known = (crowds.weight * chance * (1 - chance))[crowds.event]
    spreads = np.empty(OWN)
    seen = np.bincount(crowds.who, minlength=_parts(vector).shape[1]) > 0
    for part, (own, effect) in enumerate(zip(_parts(vector), _effects(how, crowds), strict=True)):
        curvature = np.bincount(crowds.who, known * effect**2, len(own))
        square = own**2 + 1 / (curvature + 1 / _parts(scale)[part] ** 2)
        spreads[part] = (WORTH * SPREAD**2 + square[seen].sum()) / (WORTH + seen.sum())
    return np.sqrt(spreads)
