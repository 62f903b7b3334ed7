"""The crowd's value at an instant, and at every change."""

from bisect import bisect_left, insort
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from forecast.crowd.methods import (
    EXTREMIZING,
    NOT_FOR_CDFS,
    beta_pool,
    log_odds,
    method_named,
    pool_options,
)
from forecast.histories.history import Bools, History
from forecast.histories.kernels import in_order
from forecast.histories.targets import Target
from forecast.probability import expit
from questions.errors import BadInput

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


Summed = tuple[Callable[[Floats], Floats], Callable[[Floats], Floats]]
"""What a value is made before a mean is taken, and what is made of the mean."""

SUMMED: Final[dict[str, Summed]] = {
    "mean": (lambda values: values, lambda mean: mean),
    "beta_pool": (lambda values: values, lambda mean: beta_pool(mean[None])),
    "log_odds_mean": (log_odds, expit),
    "extremized": (log_odds, lambda mean: expit(EXTREMIZING * mean)),
}
"""Methods that are a mean of something."""


@dataclass(frozen=True, slots=True, eq=False)
class CrowdPath:
    """The crowd's value between changes: constant on each ``[edges[i], edges[i + 1])``."""

    edges: NDArray[np.int64]
    """(m + 1,) microseconds since 1970; empty where nobody forecast."""
    n: NDArray[np.int64]
    """(m,) how many members were active."""
    values: Floats
    """(m,) or (m, k); NaN where nobody was."""


def crowd_path(history: History, method: str) -> CrowdPath:
    """The crowd's value at every change of any member's forecast, in one pass.

    Linear in the number of forecasts, once they are in the order of time: by running sums where
    a method needs no more than a mean, else by what stands from change to change.

    Raises:
        BadInput: a method that is not known, or does not suit the question's type.
    """
    suits(history.target, method)
    summed = method in SUMMED and history.target.type != "multiple_choice"
    everybody = np.ones(len(history.made), dtype=np.bool_)
    rows = np.flatnonzero(history.in_crowd) if summed else members_of(history, everybody)
    values = history.values[rows]
    if summed and len(rows):
        edges, n, found = _summed(_turns(history, rows), values, SUMMED[method])
    else:
        edges, first, last = edges_of(history.start[rows], history.end[rows])
        n, found = _followed(history.target, values, first, last, len(edges), method)
    return CrowdPath(edges=edges, n=n, values=found)


def edges_of(start: Ints, end: Ints) -> tuple[Ints, Ints, Ints]:
    """The instants at which anything changes, and which of them each start and end is.

    A stable sort, because what stands by forecaster and time is sorted but for its runs.
    """
    both = np.concatenate([start, end])
    order = in_order(both)
    rising = both[order]
    new = np.ones(len(both), dtype=np.bool_)
    new[1:] = rising[1:] != rising[:-1]
    place = np.empty(len(both), dtype=np.int64)
    place[order] = np.cumsum(new) - 1
    return rising[new], place[: len(start)], place[len(start) :]


@dataclass(frozen=True, slots=True, eq=False)
class _Turns:
    """When stretches begin, and when some end with no other of the same forecaster after them."""

    follows: Bools
    """(n,) it begins where the one before it, of the same forecaster, ends: one change for two."""
    left: Ints
    """(g,) the stretches after which there is nothing."""
    order: Ints
    """(n + g,) the beginnings, and then the ends of ``left``, in the order of time."""
    edges: Ints
    last: Bools
    """(n + g,) whether an ordered change is the last of its instant."""


def _turns(history: History, rows: Ints) -> _Turns:
    """The changes of (n,) stretches, at least one, which stand by forecaster and time."""
    some = slice(None) if len(rows) == len(history.who) else rows
    who, start, end = history.who[some], history.start[some], history.end[some]
    follows = np.zeros(len(rows), dtype=np.bool_)
    follows[1:] = (who[1:] == who[:-1]) & (end[:-1] == start[1:])
    left = np.flatnonzero(~np.append(follows[1:], False))
    when = np.concatenate([start, end[left]])
    order = in_order(when)
    rising = when[order]
    last = np.append(rising[1:] != rising[:-1], True)
    return _Turns(follows, left, order, rising[last], last)


def _summed(turns: _Turns, values: Floats, method: Summed) -> tuple[Ints, Ints, Floats]:
    """Edges, numbers and values by running sums; certain where all are certain."""
    before, after = method
    n = _standing(turns, np.ones(len(values), dtype=np.int8))
    several = n.reshape(-1, *[1] * (values.ndim - 1))
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = _standing(turns, before(values)) / np.where(several, several, np.nan)
    for end in (0.0, 1.0):
        if (sure := values == end).any():
            certain = _standing(turns, sure.astype(np.int8))
            mean = np.where(certain == several, before(np.array(end)), mean)
    return turns.edges, n, np.asarray(np.where(several, after(mean), np.nan))


def _standing(turns: _Turns, amounts: NDArray[Any]) -> NDArray[Any]:
    """(edges - 1, ...) the sum of (n, ...) amounts of what stands between edges."""
    steps = np.concatenate([amounts, -amounts[turns.left]])
    follows = turns.follows[1:].reshape(-1, *[1] * (amounts.ndim - 1))
    steps[1 : len(amounts)] -= amounts[:-1] * follows
    whole = np.float64 if amounts.dtype == np.float64 else np.int64
    return np.cumsum(steps[turns.order], axis=0, dtype=whole)[turns.last][:-1]


def _followed(
    target: Target, values: Floats, first: Ints, last: Ints, edges: int, method: str
) -> tuple[Ints, Floats]:
    """Numbers and values between edges, what stands being kept in the order of age."""
    found = np.full((max(edges - 1, 0), *values.shape[1:]), np.nan)
    n = np.zeros(len(found), dtype=np.int64)
    coming, going = (np.argsort(one, kind="stable").tolist() for one in (first, last))
    came, gone = (np.searchsorted(np.sort(one), np.arange(edges + 1)) for one in (first, last))
    standing: list[int] = []
    for edge in range(len(found)):
        for row in going[gone[edge] : gone[edge + 1]]:
            del standing[bisect_left(standing, row)]
        for row in coming[came[edge] : came[edge + 1]]:
            insort(standing, row)
        n[edge] = len(standing)
        found[edge] = pooled(target, values[standing], method)
    return n, found


def crowd_of(history: History, standing: Bools, method: str) -> tuple[int, Floats]:
    """How many members are among the (n,) standing stretches, and what they make together.

    Raises:
        BadInput: a method that is not known, or does not suit the question's type.
    """
    suits(history.target, method)
    rows = members_of(history, standing)
    return len(rows), pooled(history.target, history.values[rows], method)


def members_of(history: History, standing: Bools) -> Ints:
    """The stretches of the crowd's members among the (n,) standing ones, oldest first."""
    rows = np.flatnonzero(standing & history.in_crowd)
    return rows[np.argsort(history.made[rows], kind="stable")].astype(np.int64)


def pooled(target: Target, values: Floats, method: str) -> Floats:
    """One value of (n, ...) values, oldest first; NaN where there are none."""
    if len(values) == 0:
        return np.full(values.shape[1:], np.nan)
    if target.type == "multiple_choice":
        return pool_options(method, values)
    return method_named(method)(values)


def suits(target: Target, method: str) -> None:
    """Hold that a method is known and can pool values of the question's type.

    Raises:
        BadInput: it is not, or cannot.
    """
    method_named(method)
    if target.type in ("numeric", "discrete", "date") and method in NOT_FOR_CDFS:
        raise BadInput(f"method for {target.id}", method, f"one that suits {target.type} questions")
