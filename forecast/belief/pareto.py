"""How far importance weights can be trusted: the shape of their largest, by Pareto's law.

Vehtari, Simpson, Gelman, Yao and Gabry (2024), "Pareto smoothed importance sampling"; the fit
of the shape is that of Zhang and Stephens (2009).
"""

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float64]

LEAST_TAIL = 5


def shape(log_weights: Vector) -> float:
    """k-hat: under .5 the weights have a variance, over .7 they are not to be used.

    ``log_weights`` may have any constant added. Weights that are all alike have no tail: -inf.

    >>> rng = np.random.Generator(np.random.PCG64(1))
    >>> [round(shape(sd * rng.standard_normal(4000)), 1) for sd in (0.1, 1.0, 3.0)]
    [0.0, 0.3, 1.0]
    """
    size = len(log_weights)
    count = int(np.ceil(min(0.2 * size, 3 * np.sqrt(size))))
    weights = np.exp(log_weights - np.max(log_weights))
    ordered = np.sort(weights)
    cut, tail = ordered[-count - 1], ordered[-count:]
    excess = tail[tail > cut] - cut
    if len(excess) < LEAST_TAIL or excess[-1] <= 1e-9:
        return -np.inf
    return _generalised_pareto(excess)


def _generalised_pareto(excess: Vector) -> float:
    """The shape of sorted exceedances, with a prior of ten observations at one half."""
    size = len(excess)
    grid = 30 + int(np.sqrt(size))
    at = 1.0 - np.sqrt(grid / (np.arange(grid) + 0.5))
    quarter = excess[int(size / 4 + 0.5) - 1]
    thetas = at / (3.0 * quarter) + 1.0 / excess[-1]
    shapes = np.log1p(-thetas[:, None] * excess).mean(axis=1)
    profile = size * (np.log(-thetas / shapes) - shapes - 1.0)
    share = 1.0 / np.exp(profile - profile[:, None]).sum(axis=1)
    theta = np.dot(thetas, share) / share.sum()
    found = float(np.log1p(-theta * excess).mean())
    return (size * found + 10 * 0.5) / (size + 10)
