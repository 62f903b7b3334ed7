"""The crowd's value at an instant, and at every change."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from forecast.crowd.methods import NOT_FOR_CDFS, method_named, pool_options
from forecast.histories.history import Bools, History
from forecast.histories.targets import Target
from questions.errors import BadInput

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


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
    """The crowd's value at every change of any member's forecast.

    Raises:
        BadInput: a method that is not known, or does not suit the question's type.
    """
    suits(history.target, method)
    members = history.in_crowd
    edges = np.unique(np.concatenate([history.start[members], history.end[members]]))
    oldest_first = np.argsort(history.made, kind="stable")
    oldest_first = oldest_first[members[oldest_first]]
    start, end = history.start[oldest_first], history.end[oldest_first]
    ordered = history.values[oldest_first]
    counts, values = [], []
    for instant in edges[:-1]:
        standing = ordered[(start <= instant) & (instant < end)]
        counts.append(len(standing))
        values.append(pooled(history.target, standing, method))
    shape = (len(counts), *history.values.shape[1:])
    return CrowdPath(
        edges=edges,
        n=np.array(counts, dtype=np.int64),
        values=np.array(values, dtype=np.float64).reshape(shape),
    )


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
