"""The posterior density of phi and its gradient, as a function that needs no compiler.

It is the density that :mod:`forecast.belief.model` states in PyMC: there a sampler waits for
half a minute of compilation in each new process, here for nothing. What is sampled is a vector:
the parameters in the order of :mod:`forecast.belief.phi`, with these exceptions. Of what is
positive it is the logarithm, or the value with a sign where only its square matters (a logarithm
would wander off where nothing keeps it from zero); of what lies between two ends the logit of
its place. In place of a member's bias it is where the member's forecasts lie for a middling
question, which the data show more directly: a bias of all members is hard to tell from one of
the priors.

Imported by the sampling alone, because Numba is slow to start.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from forecast.belief.dataset import Dataset, columns
from forecast.belief.grades import LETTERS
from forecast.belief.kernel import Data, log_likelihood
from forecast.belief.phi import PARAMETERS
from forecast.probability import expit

Vector = NDArray[np.float64]
Places = NDArray[np.int64]
LogDensity = Callable[[Vector], tuple[float, Vector]]


@dataclass(frozen=True, slots=True, eq=False)
class Layout:
    """Which entry of the vector is what, for so many sources, judges and members."""

    slices: Mapping[str, slice]
    mean: Vector
    sd: Vector
    half_normal: Places
    positive: Places
    """Those whose logarithm is sampled."""
    folded: Places
    """Those that are sampled with a sign, which means nothing."""
    between: Places
    """Those of which the logit of their place between two ends is sampled."""
    size: int
    """How many entries are sampled; what comes after them is fixed at 1."""
    room: Places
    middle: float
    """The questions' mean log odds by their reference classes."""


def layout(data: Dataset, *, robust: bool = False) -> Layout:
    """The vector for a dataset; ``robust`` samples how heavy the narrative's tail is."""
    room = {"source": len(data.sources), "judge": len(data.judges), "member": len(data.members)}
    many = {"": 1, "letter": len(LETTERS), **room}
    counts = [many[one.dim] for one in PARAMETERS]
    ends = np.cumsum(counts)
    size = int(ends[-1]) - (not robust)
    family = np.repeat([one.family for one in PARAMETERS], counts)[:size]
    means = [np.broadcast_to(one.mean, many[one.dim]) for one in PARAMETERS]
    return Layout(
        slices={
            one.name: slice(int(end) - count, int(end))
            for one, end, count in zip(PARAMETERS, ends, counts, strict=True)
        },
        mean=np.concatenate(means)[:size].astype(np.float64),
        sd=np.repeat([one.sd for one in PARAMETERS], counts)[:size],
        half_normal=np.flatnonzero(family == "half_normal"),
        positive=np.flatnonzero((family == "half_normal") | (family == "log_normal")),
        folded=np.flatnonzero(family == "folded"),
        between=np.flatnonzero(family == "uniform"),
        size=size,
        room=np.array(list(room.values())),
        middle=float(data.m.sum() / max(len(data.m), 1)),
    )


def parameters_at(x: Vector, where: Layout) -> Vector:
    """(..., parameters) phi, one after another, of (..., size) sampled vectors."""
    phi = np.ones((*x.shape[:-1], where.slices["stretch"].stop))
    phi[..., : where.size] = x
    phi[..., where.positive] = np.exp(x[..., where.positive])
    phi[..., where.folded] = np.abs(x[..., where.folded])
    low, high = where.mean[where.between], where.sd[where.between]
    phi[..., where.between] = low + (high - low) * expit(x[..., where.between])
    phi[..., where.slices["bias"]] -= _expected(phi, where)
    return phi


def _expected(phi: Vector, where: Layout) -> Vector:
    """(..., 1) where an unbiased member's forecast of a middling question lies, log odds."""
    c0, c1, delta = (phi[..., where.slices[name]] for name in ("c0", "c1", "delta"))
    return np.asarray(delta * (c0 + c1 * where.middle))


def log_density(data: Dataset, where: Layout) -> LogDensity:
    """The log of p(x, data) up to a constant, with its gradient, as a function of the vector x.

    It never raises: where numbers overflow, what it gives is not finite.
    """
    held = columns(data)
    arrays = tuple(held[name] for name in Data._fields)

    @np.errstate(all="ignore")
    def at(x: Vector) -> tuple[float, Vector]:
        phi = parameters_at(x, where)
        likelihood, _, _, by_phi = log_likelihood(phi, where.room, arrays)
        prior, slope = _prior(x, phi, where)
        slope += by_phi[: where.size] * _stretching(x, phi, where)
        return likelihood + prior, _by_leaning(slope, phi, where)

    return at


def _prior(x: Vector, phi: Vector, where: Layout) -> tuple[float, Vector]:
    """The log prior of the vector, and how it changes with each entry (a bias with itself)."""
    value, half, between = x.copy(), where.half_normal, where.between
    value[half] = phi[half]
    value[where.slices["bias"]] = phi[where.slices["bias"]]
    z = (value - where.mean) / where.sd
    slope = -z / where.sd
    slope[half] = 1.0 - z[half] ** 2
    place = expit(x[between])
    z[between], slope[between] = 0.0, 1.0 - 2.0 * place
    total = x[half].sum() - 0.5 * float(z @ z) + float(np.log(place * (1.0 - place)).sum())
    return total, slope


def _stretching(x: Vector, phi: Vector, where: Layout) -> Vector:
    """How much each parameter changes with the entry that is sampled for it."""
    found = np.ones(where.size)
    found[where.positive] = phi[where.positive]
    found[where.folded] = np.sign(x[where.folded])
    low, high = where.mean[where.between], where.sd[where.between]
    inside = phi[where.between]
    found[where.between] = (inside - low) * (high - inside) / (high - low)
    return found


def _by_leaning(slope: Vector, phi: Vector, where: Layout) -> Vector:
    """The gradient by what is sampled for the biases; what they are measured from moves too."""
    of = where.slices
    pulled = slope[of["bias"]].sum()
    c0, c1, delta = (float(phi[of[name]][0]) for name in ("c0", "c1", "delta"))
    slope[of["c0"]] -= pulled * delta
    slope[of["c1"]] -= pulled * delta * where.middle
    slope[of["delta"]] -= pulled * (c0 + c1 * where.middle)
    return slope


def from_prior(where: Layout, rng: np.random.Generator) -> Vector:
    """(size,) a vector drawn from the prior, to start from."""
    drawn = where.mean + where.sd * rng.standard_normal(where.size)
    drawn[where.half_normal] = np.log(np.abs(drawn[where.half_normal]))
    drawn[where.between] = rng.standard_normal(len(where.between))
    phi = parameters_at(drawn, where)
    drawn[where.slices["bias"]] += _expected(phi, where)
    return drawn
