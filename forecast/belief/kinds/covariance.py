"""What reports and forecasts have in common: their covariance V, given the parameters.

V has the noise of each on its diagonal and what a group of them shares, as the reports of a story
share tau_k squared; all share the narrative, by tau_R and tau_F, and members their talk, by tau_F2.
Sherman and Morrison once a group, Woodbury for the two that are shared. Arrays are (reports and
forecasts, draws).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Covariance:
    """V, by its parts."""

    noise: Floats
    groups: Sequence[tuple[NDArray[np.int64], Floats]]
    """Rows that share a term, such as those of a story, and (draws,) its standard deviation."""
    narrative: Floats
    talk: Floats


def solved(of: Covariance, vector: Floats) -> Floats:
    """V^-1 v.

    >>> ones = np.ones((2, 1))
    >>> alone = Covariance(2 * ones, (), 0 * ones, 0 * ones)
    >>> solved(alone, ones).ravel().tolist()
    [0.5, 0.5]
    >>> solved(replace(alone, narrative=ones), ones).ravel().tolist()
    [0.25, 0.25]
    """
    u, v, kept = of.narrative, of.talk, _within(of, vector)
    uu, vv, uv, by_u, by_v = _shared(of)
    mu, mv = (u * kept).sum(axis=0), (v * kept).sum(axis=0)
    a, b = np.array([vv * mu - uv * mv, uu * mv - uv * mu]) / (uu * vv - uv**2)
    return np.asarray(kept - by_u * a - by_v * b)


def log_det(of: Covariance) -> Floats:
    """(draws,) ln det V.

    >>> ones = np.ones((2, 1))
    >>> float(np.exp(log_det(Covariance(2 * ones, (), ones, 0 * ones)))[0].round(9))
    8.0
    """
    uu, vv, uv, _, _ = _shared(of)
    found = np.log(of.noise).sum(axis=0) + np.log(uu * vv - uv**2)
    for rows, tau in of.groups:
        found = found + np.log1p(tau**2 * (1 / of.noise[rows]).sum(axis=0))
    return np.asarray(found)


def stretched(of: Covariance, stretch: Floats) -> Covariance:
    """V, were the narrative's variance so many times as large."""
    return replace(of, narrative=of.narrative * np.sqrt(stretch))


def _shared(of: Covariance) -> tuple[Floats, Floats, Floats, Floats, Floats]:
    """1 + u'W^-1u, 1 + v'W^-1v, u'W^-1v, W^-1u and W^-1v; W is V without what all share."""
    u, v = of.narrative, of.talk
    by_u, by_v = _within(of, u), _within(of, v)
    return (
        1 + (u * by_u).sum(axis=0),
        1 + (v * by_v).sum(axis=0),
        (u * by_v).sum(axis=0),
        by_u,
        by_v,
    )


def _within(of: Covariance, vector: Floats) -> Floats:
    """W^-1 v: noise on the diagonal and the term that each group shares."""
    found = vector / of.noise
    for rows, tau in of.groups:
        precision, square = 1 / of.noise[rows], tau**2
        shared = square * found[rows].sum(axis=0) / (1 + square * precision.sum(axis=0))
        found[rows] = found[rows] - precision * shared
    return found
