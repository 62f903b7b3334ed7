"""How far importance weights can be trusted, and their largest made steadier, by Pareto's law.

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
    excess, _ = _tail(np.sort(np.exp(log_weights - np.max(log_weights))))
    return _generalised_pareto(excess)[0] if _is_tail(excess) else -np.inf


def smoothed(log_weights: Vector) -> Vector:
    """The log weights, the largest put in the places that a Pareto law expects of them.

    None of them is larger than the largest was before.

    >>> rng = np.random.Generator(np.random.PCG64(1))
    >>> raw = 2.0 * rng.standard_normal(4000)
    >>> found = smoothed(raw)
    >>> bool(found.max() <= 0.0), bool(np.array_equal(np.argsort(found), np.argsort(raw)))
    (True, True)
    """
    shifted = np.asarray(log_weights - np.max(log_weights))
    order = np.argsort(shifted, kind="stable")
    excess, cut = _tail(np.exp(shifted[order]))
    if not _is_tail(excess):
        return shifted
    form, scale = _generalised_pareto(excess)
    places = (np.arange(len(excess)) + 0.5) / len(excess)
    expected = cut + scale * np.expm1(-form * np.log1p(-places)) / form
    shifted[order[-len(excess) :]] = np.log(np.minimum(expected, 1.0))
    return shifted


def _tail(ordered: Vector) -> tuple[Vector, float]:
    """By how much the largest of sorted weights exceed the next, and that next one."""
    size = len(ordered)
    count = int(np.ceil(min(0.2 * size, 3 * np.sqrt(size))))
    cut, tail = ordered[-count - 1], ordered[-count:]
    return tail[tail > cut] - cut, float(cut)


def _is_tail(excess: Vector) -> bool:
    return len(excess) >= LEAST_TAIL and bool(excess[-1] > 1e-9)


def _generalised_pareto(excess: Vector) -> tuple[float, float]:
    """Shape and scale of sorted exceedances, with a prior of ten observations at one half."""
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
    form = (size * found + 10 * 0.5) / (size + 10)
    return form, -found / float(theta)
