"""The collapsed likelihood of one question: what its reports and forecasts say, given phi.

Given the parameters phi and the answer d (+1 yes, -1 no), all observations x are Gaussian:

    x = centre + mu d + u a + v a' + (a story's own term) + noise,    a, a' ~ N(0, 1)

so the narrative a that all share, the talk a' that only forecasts share and each story's
term integrate out: Sherman-Morrison for a story, a 2 x 2 Woodbury for (a, a'). Every
quantity is a vector over the draws of phi. A question's state is ten inner products under
the inverse covariance without a and a', its log determinant, and three sums a story, so
that one more report or forecast is an O(draws) update.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float64]
Matrix = NDArray[np.float64]

RR, RM, MM, RU, MU, UU, RV, MV, UV, VV = range(10)


@dataclass(frozen=True, slots=True)
class StorySums:
    """A story's reports so far: sums of 1/s^2, r/s^2 and mu/s^2 over the draws."""

    precision: Vector
    residual: Vector
    mean: Vector


@dataclass(frozen=True, slots=True)
class State:
    """A question's inner products of residual r, mean m, and the loadings u and v."""

    gram: Matrix
    """Shape (10, draws): rr, rm, mm, ru, mu, uu, rv, mv, uv, vv."""
    log_det: Vector
    stories: Mapping[str, StorySums] = field(default_factory=lambda: MappingProxyType({}))


def empty(draws: int) -> State:
    """A question of which nothing was seen."""
    return State(np.zeros((10, draws)), np.zeros(draws))


def add_report(
    state: State,
    story: str,
    *,
    residual: Vector,
    mean: Vector,
    variance: Vector,
    tau_narrative: Vector,
    tau_story: Vector,
) -> State:
    """The state with one more report: residual x - centre, signed mean mu, noise variance."""
    precision = 1.0 / variance
    before = state.stories.get(story)
    after = _story_plus(before, precision, residual, mean)
    gram = state.gram.copy()
    scaled_r, scaled_m = residual * precision, mean * precision
    gram[RR] += residual * scaled_r
    gram[RM] += residual * scaled_m
    gram[MM] += mean * scaled_m
    _apply_story(gram, after, tau_narrative, tau_story, 1.0)
    log_det = state.log_det + np.log(variance)
    log_det += np.log1p(tau_story**2 * after.precision)
    if before is not None:
        _apply_story(gram, before, tau_narrative, tau_story, -1.0)
        log_det -= np.log1p(tau_story**2 * before.precision)
    return replace(state, gram=gram, log_det=log_det, stories={**state.stories, story: after})


def _story_plus(
    before: StorySums | None, precision: Vector, residual: Vector, mean: Vector
) -> StorySums:
    if before is None:
        return StorySums(precision, residual * precision, mean * precision)
    return StorySums(
        before.precision + precision,
        before.residual + residual * precision,
        before.mean + mean * precision,
    )


def _apply_story(
    gram: Matrix, sums: StorySums, tau_narrative: Vector, tau_story: Vector, sign: float
) -> None:
    """Add or take away what a story's shared term does to the inner products."""
    kept = sign / (1.0 + tau_story**2 * sums.precision)
    shrink = kept * tau_story**2
    gram[RR] -= shrink * sums.residual**2
    gram[RM] -= shrink * sums.residual * sums.mean
    gram[MM] -= shrink * sums.mean**2
    loaded = kept * tau_narrative
    gram[RU] += loaded * sums.residual
    gram[MU] += loaded * sums.mean
    gram[UU] += loaded * tau_narrative * sums.precision


def add_forecast(
    state: State,
    *,
    residual: Vector,
    mean: Vector,
    variance: Vector,
    tau_narrative: Vector,
    tau_talk: Vector,
) -> State:
    """The state with one more person's forecast: residual f - centre, mean gamma, variance."""
    vectors = (residual, mean, tau_narrative, tau_talk)
    scaled = [vector / variance for vector in vectors]
    gram = state.gram.copy()
    for row, (first, second) in _PRODUCTS.items():
        gram[row] += vectors[first] * scaled[second]
    return replace(state, gram=gram, log_det=state.log_det + np.log(variance))


_PRODUCTS = {
    RR: (0, 0),
    RM: (0, 1),
    MM: (1, 1),
    RU: (0, 2),
    MU: (1, 2),
    UU: (2, 2),
    RV: (0, 3),
    MV: (1, 3),
    UV: (2, 3),
    VV: (3, 3),
}


def log_ratio(state: State) -> Vector:
    """The log of P(observations | yes) / P(observations | no) = 2 mu' V^-1 (x - centre)."""
    gram = state.gram
    return 2.0 * _product(gram, gram[RM], (gram[RU], gram[RV]), (gram[MU], gram[MV]))


def share_of(part: State, whole: State) -> Vector:
    """What some of a question's observations add to its log ratio: the shares add up to it.

    ``part`` is the state of those observations alone; each story must be in one part.
    """
    gram, own = whole.gram, part.gram
    return 2.0 * _product(gram, own[RM], (own[RU], own[RV]), (gram[MU], gram[MV]))


def stretched(state: State, stretch: Vector) -> State:
    """The state, were the narrative's variance ``stretch`` times as large."""
    gram, root = state.gram.copy(), np.sqrt(stretch)
    gram[[RU, MU, UV]] *= root
    gram[UU] *= stretch
    return replace(state, gram=gram)


def log_likelihood(state: State, sign: float) -> Vector:
    """The log of P(observations | d), up to a constant; ``sign`` is +1 for yes and -1 for no."""
    gram = state.gram
    residual, mean = (gram[RU], gram[RV]), (gram[MU], gram[MV])
    squared = (
        _product(gram, gram[RR], residual, residual)
        - 2.0 * sign * _product(gram, gram[RM], residual, mean)
        + _product(gram, gram[MM], mean, mean)
    )
    return -0.5 * (squared + state.log_det + np.log(_determinant(gram)))


def _determinant(gram: Matrix) -> Vector:
    return np.asarray((1.0 + gram[UU]) * (1.0 + gram[VV]) - gram[UV] ** 2)


def _product(
    gram: Matrix, plain: Vector, left: tuple[Vector, Vector], right: tuple[Vector, Vector]
) -> Vector:
    """An inner product once a and a' are integrated out; 2 x 2 Woodbury."""
    (lu, lv), (ru, rv) = left, right
    cross = gram[UV]
    taken = (1.0 + gram[VV]) * lu * ru - cross * (lu * rv + lv * ru) + (1.0 + gram[UU]) * lv * rv
    return np.asarray(plain - taken / _determinant(gram))
