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
    terms: Matrix
    """Shape (6, draws): what the story's shared term does to rr, rm, mm, ru, mu, uu."""
    log_det: Vector
    """What it does to the log determinant."""


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
    scaled_r, scaled_m = residual * precision, mean * precision
    before = state.stories.get(story)
    sums = precision, scaled_r, scaled_m
    if before is not None:
        sums = (before.precision + precision, before.residual + scaled_r, before.mean + scaled_m)
    after = _story(*sums, tau_narrative, tau_story)
    gram, log_det = state.gram.copy(), state.log_det + np.log(variance) + after.log_det
    gram[RR] += residual * scaled_r
    gram[RM] += residual * scaled_m
    gram[MM] += mean * scaled_m
    gram[:RV] += after.terms
    if before is not None:
        gram[:RV] -= before.terms
        log_det -= before.log_det
    return replace(state, gram=gram, log_det=log_det, stories={**state.stories, story: after})


def _story(
    precision: Vector, residual: Vector, mean: Vector, tau_narrative: Vector, tau_story: Vector
) -> StorySums:
    """A story with what its shared term does: Sherman and Morrison."""
    square = tau_story**2
    grown = square * precision
    kept = 1.0 / (1.0 + grown)
    shrink, loaded = -kept * square, kept * tau_narrative
    terms = np.empty((RV, len(precision)))
    shrunk_r = shrink * residual
    terms[RR] = shrunk_r * residual
    terms[RM] = shrunk_r * mean
    terms[MM] = shrink * mean * mean
    terms[RU] = loaded * residual
    terms[MU] = loaded * mean
    terms[UU] = loaded * tau_narrative * precision
    return StorySums(precision, residual, mean, terms, np.log1p(grown))


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
    gram, det = state.gram, _determinant(state.gram)
    squared = gram[RR] - 2.0 * sign * gram[RM] + gram[MM]
    u, v = gram[RU] - sign * gram[MU], gram[RV] - sign * gram[MV]
    taken = (1.0 + gram[VV]) * u * u - 2.0 * gram[UV] * u * v + (1.0 + gram[UU]) * v * v
    return np.asarray(-0.5 * (squared - taken / det + state.log_det + np.log(det)))


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
