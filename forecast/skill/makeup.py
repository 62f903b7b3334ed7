"""The Brier score of forecasters with bias, information and noise, in closed form.

What happens is ``Y = 1[Z > 0]`` with Z ~ N(mu, 1). A forecaster reads a signal S ~ N(mu +
bias, information + noise) whose covariance with Z is the information, takes it for pure, and
says ``Phi(S / sqrt(1 - information))``. Source: Satopää, Salikhov, Tetlock and Mellers
(2021), "Bias, information, noise: the BIN model of forecasting", Management Science 67.
"""

from dataclasses import dataclass, replace
from itertools import permutations
from math import factorial
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]

PARTS: Final = ("bias", "information", "noise")
NODES, WEIGHTS = np.polynomial.legendre.leggauss(40)


@dataclass(frozen=True, slots=True, eq=False)
class Makeup:
    """What the forecasters of a group are made of: numbers, or (draws,) of them."""

    bias: ArrayLike
    """Of the signal, in standard deviations of what happens; above 0 leans toward yes."""
    information: ArrayLike
    """Covariance of signal and what happens, from 0 (none) to 1 (all): high is good."""
    noise: ArrayLike
    """Variance of the signal that has nothing to do with what happens; low is good."""


def expected_brier(mu: ArrayLike, makeup: Makeup) -> Floats:
    """The expected Brier score of one forecaster: E p^2 - 2 E p Y + E Y, from 0 to 1.

    Raises:
        ValueError: information not from 0 up to 1, or noise below 0.

    >>> float(expected_brier(-0.8, Makeup(-0.5, 0.1, 0.1)).round(6))
    0.174254
    >>> float(expected_brier(-0.8, Makeup(0.2, 0.3, 0.3)).round(6))
    0.179346
    """
    from scipy.special import ndtr

    middle, bias, information, noise = (
        np.asarray(one, dtype=np.float64)
        for one in (mu, makeup.bias, makeup.information, makeup.noise)
    )
    if not (((information >= 0) & (information < 1) & (noise >= 0)).all()):
        raise ValueError(f"information must lie from 0 up to 1 and noise from 0: {makeup}")
    signal, whole = information + noise, 1 + noise
    said = (middle + bias) / np.sqrt(whole)
    squared = both_below(said, said, signal / whole)
    hit = both_below(said, middle, information / np.sqrt(whole))
    score: Floats = squared - 2 * hit + ndtr(middle)
    return score


def contributions(mu: ArrayLike, control: Makeup, treatment: Makeup) -> dict[str, Floats]:
    """How much of the second group's lower Brier score is which part; they sum to all of it.

    Each part's effect is averaged over the orders in which the parts can be exchanged, so that
    none is favoured. Above 0 the treated are better by it. Source: Shapley (1953).

    >>> found = contributions(-0.8, Makeup(-0.5, 0.1, 0.1), Makeup(0.2, 0.3, 0.3))
    >>> round(float(sum(found.values())), 6)
    -0.005092
    """
    gained = {part: np.zeros(()) for part in PARTS}
    for order in permutations(PARTS):
        held, before = control, expected_brier(mu, control)
        for part in order:
            held = replace(held, **{part: getattr(treatment, part)})
            after = expected_brier(mu, held)
            gained[part] = gained[part] + (before - after) / factorial(len(PARTS))
            before = after
    return gained


def both_below(first: ArrayLike, second: ArrayLike, correlation: ArrayLike) -> Floats:
    """P(X < first, Y < second) of standard normal X and Y with a correlation.

    Source: Drezner and Wesolowsky (1990), equation 3, by Gauss-Legendre quadrature.

    >>> float(both_below(0.0, 0.0, 0.5).round(9))
    0.333333333
    """
    from scipy.special import ndtr

    h, k = np.asarray(first, dtype=np.float64), np.asarray(second, dtype=np.float64)
    end = np.arcsin(np.asarray(correlation, dtype=np.float64))[..., None] / 2
    angle = end * (1 + NODES)
    over = np.square(h) + np.square(k)
    height = np.exp(
        -(over[..., None] - 2 * (h * k)[..., None] * np.sin(angle)) / (2 * np.square(np.cos(angle)))
    )
    risen: Floats = (height * WEIGHTS * end).sum(axis=-1) / (2 * np.pi)
    below: Floats = ndtr(h) * ndtr(k) + risen
    return below
