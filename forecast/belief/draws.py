"""What a fit has learned: draws of the shared parameters, one row of a matrix for each name.

Someone or something that the fit never saw (a new source, judge or member) gets draws from
the population that the fit has learned, by a seed of its own name, so that a belief is the
same each time it is computed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from hashlib import sha256
from math import log, log1p
from typing import Final

import numpy as np
from numpy.typing import NDArray

from forecast.belief.grades import LETTERS
from forecast.belief.phi import BY_NAME, PARAMETERS, STRETCH
from forecast.records import Diagnostics

Vector = NDArray[np.float64]

SHARED: Final = (
    *(one.name for one in PARAMETERS if not one.dim and one.name != STRETCH),
    *(f"mu_grade[{letter}]" for letter in LETTERS),
)
"""Names of the draws that every fit has."""


@dataclass(frozen=True, slots=True)
class Fit:
    """A fit that went live: its draws, how it was made, what it had seen."""

    id: str
    made_at: datetime
    """It has seen what was on record by then."""
    seed: int
    data_hash: str
    diagnostics: Diagnostics
    draws: Mapping[str, Vector]

    @property
    def size(self) -> int:
        """How many draws there are of each parameter."""
        return len(self.draws["c0"])


GRAIN: Final = 0.5
"""How coarsely a weight of evidence is stated, nats: noise that every report has.

Likelihood ratios come in round numbers. Without it a source that always says the same would
seem free of noise, and settle every question by itself.
"""

HEAVY: Final = 0.3
"""The share of questions whose narrative has the stretched variance, in a robust fit."""


def heavy_tailed(plain: Vector, stretched: Vector) -> Vector:
    """The log likelihood of a question that may be one of those, from that of either kind."""
    return np.asarray(np.logaddexp(log1p(-HEAVY) + plain, log(HEAVY) + stretched))


def standard_normal(fit: Fit, name: str) -> Vector:
    """Normal draws that belong to a name, for what a fit never saw."""
    return _standard_normal(f"{fit.seed}/{name}", fit.size)


@lru_cache(maxsize=1024)
def _standard_normal(name: str, size: int) -> Vector:
    """The same draws each time: a page asks for those of a few names very often."""
    digest = sha256(name.encode()).digest()
    generator = np.random.Generator(np.random.PCG64(int.from_bytes(digest[:8])))
    found = generator.standard_normal(size)
    found.flags.writeable = False
    return found


def source_mean(fit: Fit, source: str, letter: str) -> Vector:
    """mu_s: the weight that a report of this source and grade carries per unit of truth."""
    deviation = _own(fit, "z_source", source)
    return fit.draws[f"mu_grade[{letter}]"] + fit.draws["sd_mu"] * deviation


def source_bias(fit: Fit, source: str) -> Vector:
    """b_s: how far a source's reports lean toward yes, in nats."""
    return np.asarray(fit.draws["sd_b"] * _own(fit, "z_b", source))


def source_variance(fit: Fit, source: str) -> Vector:
    """The noise of a source's reports: its own, sigma_s squared, and that of all weights."""
    return np.exp(2.0 * _own(fit, "log_sigma_source", source)) + GRAIN**2


def judge_bias(fit: Fit, judges: tuple[str, ...]) -> Vector:
    """b_judge: how far these judges, on average, lean toward yes, in nats."""
    biases = [_own(fit, "b_judge", judge) for judge in judges]
    return np.asarray(np.mean(biases, axis=0))


def member_bias(fit: Fit, member: str) -> Vector:
    """bias_i: how far a member's forecasts lean toward yes, in log odds."""
    return _own(fit, "bias", member)


def member_information(fit: Fit, member: str) -> Vector:
    """gamma_i: how far a member's forecasts move toward the truth, in log odds."""
    return fit.draws["g0"] + fit.draws["s_g"] * _own(fit, "z_gamma", member)


def member_variance(fit: Fit, member: str) -> Vector:
    """sigma_i squared: the noise of a member's forecasts."""
    return np.exp(2.0 * _own(fit, "log_sigma_member", member))


def _own(fit: Fit, what: str, whose: str) -> Vector:
    name = f"{what}[{whose}]"
    if name in fit.draws:
        return fit.draws[name]
    prior = BY_NAME[what]
    return np.asarray(prior.mean) + prior.sd * standard_normal(fit, name)
